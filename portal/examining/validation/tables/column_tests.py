"""Conditions in SQL on columns and keys (primary, foreign, unique) of a table in DuckDB.

The conditions are over the table's cells ``c0``, ``c1`` and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from frictionless import Field

from portal.examining.validation.tables.chosen_rows import Frame, NotProvable
from portal.examining.validation.tables.proofs import Proof, missing_texts, proof_of, sql_text
from portal.examining.validation.tables.structure import Regular
from portal.examining.validation.tables.table_keys import Key


@dataclass(frozen=True)
class ColumnTest:
    """One column. *text* is a cell's text, NULL where it is missing.

    *condition* proves a cell that is there clean, None where nothing can. *is_value* proves that it is a value of its
    type. *key* is that value as text; keys of the same *kind* are equal where their texts are.
    """

    text: str
    condition: str | None
    is_value: str | None
    key: str | None
    is_required: bool
    proof: Proof
    kind: str

    @property
    def suspect(self) -> str:
        """Where a cell may have an error."""
        missing = f"({self.text}) IS NULL"
        if self.condition == "true":
            return missing if self.is_required else "false"
        unproved = f"NOT coalesce({self.condition or 'false'}, false)"
        return f"({missing} OR {unproved})" if self.is_required else f"(NOT ({missing}) AND {unproved})"

    def with_bad_texts(self, table: str | None) -> ColumnTest:
        """Return the test after every different text was read: those in *table* are bad, None: there are none."""
        condition = "true" if table is None else f"({self.text}) NOT IN (SELECT t FROM {table})"  # noqa: S608 - a name of our own
        return replace(self, condition=condition)


@dataclass(frozen=True)
class KeyTest:
    """Fields that are looked at together: *expression* is the key as text, NULL where it is missing.

    *strange* is where only Frictionless can tell the key. *known* is the table of SQL that has the keys a foreign key
    may have; *is_compared* says that no two rows may have the same.
    """

    fields: Key
    expression: str
    strange: str
    is_primary: bool = False
    is_compared: bool = False
    known: str | None = None


def column_test(field: Field, at: int) -> ColumnTest:
    """Make the test of the field at position *at*."""
    missing = dict.fromkeys(missing_texts(field))
    others = ", ".join(sql_text(text) for text in missing if text)
    cell = f"c{at}" if "" in missing else f"coalesce(c{at}, '')"
    text = f"(CASE WHEN {cell} IN ({others}) THEN NULL ELSE {cell} END)" if others else cell
    proof = proof_of(field)
    is_known = proof.value is not None and proof.rules is not None
    parts = [part for part in (proof.value, proof.rules) if part not in (None, "true")]
    return ColumnTest(
        text=text,
        condition=" AND ".join(f"({part})" for part in parts).format(x=text) or "true" if is_known else None,
        is_value=proof.value.format(x=text) if proof.value else None,
        key=proof.key.format(x=text) if proof.key else None,
        is_required=bool(field.constraints.get("required")),
        proof=proof,
        kind="string" if field.type == "any" else field.type,
    )


def key_tests(frame: Frame, tests: Sequence[ColumnTest]) -> tuple[KeyTest, ...]:
    """Return the tests of all keys of a table. Raises NotProvable for a key of a type that SQL cannot compare."""
    keys = [key_test(frame, tests, (name,), is_compared=True) for name in frame.unique]
    if frame.primary_key:
        is_new = len(frame.primary_key) > 1 or frame.primary_key[0] not in frame.unique
        keys.append(key_test(frame, tests, frame.primary_key, is_compared=is_new, is_primary=True))
    keys += [key_test(frame, tests, key, is_compared=True) for key in frame.unique_keys]
    keys += [
        key_test(frame, tests, key.fields, known=f"known{number}") for number, key in enumerate(frame.foreign_keys)
    ]
    return tuple(keys)


def key_test(
    frame: Frame,
    tests: Sequence[ColumnTest],
    fields: Key,
    *,
    is_compared: bool = False,
    is_primary: bool = False,
    known: str | None = None,
) -> KeyTest:
    """Make the test of one key. Raises NotProvable for a type that SQL cannot compare."""
    parts, strange = [], []
    for name in fields:
        test = tests[frame.index(name)]
        if test.key is None or test.is_value is None:
            raise NotProvable
        parts.append((test.text, test.key))
        if test.is_value != "true":
            strange.append(f"(({test.text}) IS NOT NULL AND NOT coalesce({test.is_value}, false))")
    if len(parts) == 1:
        expression = parts[0][1]
    else:
        missing = " AND ".join(f"({text}) IS NULL" for text, _ in parts)
        joined = " || ".join(f"coalesce('v' || length({key}) || ':' || {key}, 'n')" for _, key in parts)
        expression = f"CASE WHEN {missing} THEN NULL ELSE {joined} END"
    return KeyTest(fields, expression, " OR ".join(strange) or "false", is_primary, is_compared, known)


def key_of(tests: Sequence[ColumnTest], values: Sequence[Any]) -> str | None:
    """Return the text that SQL makes of a key with these values; None where all are missing or no cell can have one.

    >>> from frictionless import Field
    >>> tests = [column_test(Field.from_descriptor({"name": name, "type": "string"}), 0) for name in "ab"]
    >>> key_of(tests, ("x", None)), key_of(tests[:1], ("x",)), key_of(tests, (None, None))
    ('v1:xn', 'x', None)
    """
    if all(value is None for value in values):
        return None
    texts = [None if value is None else test.proof.to_key(value) for test, value in zip(tests, values, strict=True)]
    if any(text is None and value is not None for text, value in zip(texts, values, strict=True)):
        return None
    if len(texts) == 1:
        return texts[0]
    return "".join("n" if text is None else f"v{len(text)}:{text}" for text in texts)


def cells_sql(regular: Regular, width: int) -> str:
    """Return the regular rows of a table as a table of SQL, each cell as text."""
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(width))
    options: dict[str, Any] = {
        "auto_detect": "false",
        "header": "false",
        "skip": regular.skip_lines,
        "delim": sql_text(regular.delimiter),
        "quote": "'\"'",
        "escape": "'\"'",
        **({"new_line": "'\\n'"} if regular.new_line == "\n" else {}),
        "columns": f"{{{columns}}}",
        "strict_mode": "true",
        "null_padding": "false",
        "parallel": "false",
        "max_line_size": 1 << 24,
        "buffer_size": 1 << 25,
    }
    return (
        f"read_csv({sql_text(str(regular.path))}, {', '.join(f'{name} = {value}' for name, value in options.items())})"
    )
