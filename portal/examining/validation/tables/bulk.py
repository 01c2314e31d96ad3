"""Small tables: a quick test that every integer, number, date or text of a column is clean, by one regex.

Many texts at once, asked before each is read by itself. A pattern over all texts of a column, joined by line ends, runs
in C from end to end. As in `proofs`, no means only that Frictionless has to read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from frictionless import Field

from portal.examining.validation.tables.proofs import DAY, MOMENT

_LINES = {
    "integer": "[+-]?[0-9]{1,15}",
    "number": r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?",
    "date": DAY,
    "datetime": MOMENT,
    "year": "[0-9]{4}",
}
_COMPILED = {name: re.compile(f"(?:{line}\n)*") for name, line in _LINES.items()}
_CONVERT: dict[str, Callable[[str], Any]] = {"integer": int, "number": Decimal, "year": int}
_ODD_OPTIONS = frozenset(["group_char", "decimal_char", "bare_number", "float_number"])
_BOUNDS: dict[str, Callable[[Any, Any, Any], bool]] = {
    "minimum": lambda least, _, bound: least >= bound,
    "maximum": lambda _, most, bound: most <= bound,
    "exclusiveMinimum": lambda least, _, bound: least > bound,
    "exclusiveMaximum": lambda _, most, bound: most < bound,
}


def are_clean(field: Field, texts: Collection[str]) -> bool:
    """Whether *texts*, none of which is missing, are all certainly values of *field* that obey its constraints.

    >>> field = Field.from_descriptor({"name": "n", "type": "integer", "constraints": {"minimum": 3}})
    >>> are_clean(field, ["3", "40"]), are_clean(field, ["3", "1_0"]), are_clean(field, ["2"])
    (True, False, False)
    """
    if not texts:
        return True
    if "enum" in field.constraints:
        return False
    if field.type == "any":
        return True
    if field.type == "string":
        return field.format == "default" and _are_clean_strings(field, texts)
    if field.type not in _LINES or field.format != "default" or _ODD_OPTIONS & set(field.list_defined()):
        return False
    joined = "\n".join(texts) + "\n"
    if joined.count("\n") != len(texts) or not _COMPILED[field.type].fullmatch(joined):
        return False
    return _are_within(field, texts)


def _are_clean_strings(field: Field, texts: Collection[str]) -> bool:
    rules = field.constraints
    if rules.get("minLength") is not None and min(map(len, texts)) < rules["minLength"]:
        return False
    if rules.get("maxLength") is not None and max(map(len, texts)) > rules["maxLength"]:
        return False
    return rules.get("pattern") is None or all(map(re.compile(f"^{rules['pattern']}$").match, texts))


def _are_within(field: Field, texts: Collection[str]) -> bool:
    rules = {name: field.constraints[name] for name in _BOUNDS if field.constraints.get(name) is not None}
    if not rules:
        return True
    convert = _CONVERT.get(field.type)
    if convert is None:
        return False
    read = field.create_value_reader()
    values = list(map(convert, texts))
    least, most = min(values), max(values)
    return all(_BOUNDS[name](least, most, read(bound)) for name, bound in rules.items())
