"""Proof in SQL that cells are valid: integers, numbers, dates, booleans, enum, minimum, maximum, pattern.

The conditions in DuckDB never hold for a cell which Frictionless refuses. They may fail for a cell that Frictionless
accepts (full-width digits, ``1_000``, a date with a space): such a cell is asked of Frictionless itself. A bare cast
proves nothing, since DuckDB casts more than Frictionless reads; a strict pattern and the cast together do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from frictionless import Field

from portal.examining.reading.cells_in_duckdb import quoted
from portal.examining.validation.tables.chosen_rows import NotProvable
from portal.examining.validation.tables.patterns import as_re2

_BOUNDS = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
# Whatever matches the next two has a value in BIGINT and DECIMAL(38, 15).
_INTEGER = "[+-]?[0-9]{1,15}"
_NUMBER = r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?"
_LEAP_YEAR = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)"
DAY = (
    "(?:[12][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    f"|{_LEAP_YEAR}-02-29)"
)
"""Every date of the years 1000 to 2999, and nothing else: no cast is needed to prove it."""
MOMENT = f"{DAY}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_YEARMONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
_STRING_FORMATS_READ = frozenset(["email", "uri", "uuid", "binary", "wkt"])
_INTEGER_MAX = 10**15
"""Up to here a double holds every whole number as it was written."""
_DECIMAL = "DECIMAL(38, 15)"


@dataclass(frozen=True)
class Proof:
    """What is known of a column in SQL; ``{x}`` stands for a cell that is not missing.

    *value* proves that it is one of the type, *rules* that it then obeys all constraints; None: no proof. *key* is a
    text that equal values share and others do not, for cells with *value*; *to_key* gives the same of a value that
    Frictionless read, None where no such cell equals it.
    """

    value: str | None
    rules: str | None
    key: str | None = None
    to_key: Callable[[Any], str | None] = lambda value: None


def missing_texts(field: Field) -> tuple[str, ...]:
    """Return the texts that stand for a missing value in the field, as its cell reader decides."""
    if not field.has_defined("missing_values") and field.schema:
        return tuple(field.schema.missing_values)
    return tuple(field.missing_values)


def proof_of(field: Field) -> Proof:
    """Return what can be proved of a field's cells."""
    make = _MAKERS.get(field.type)
    proof = make(field) if make else Proof(None, None)
    listed = field.constraints.get("enum")
    if isinstance(listed, list) and "enum" in field.supported_constraints:
        return Proof(proof.value or "true", _is_one_of(field, listed), proof.key if proof.value else None, proof.to_key)
    return proof


def sql_text(text: str) -> str:
    """Return a text as a literal of SQL. Raises NotProvable for what none can hold."""
    if "\0" in text:
        raise NotProvable
    return quoted(text)


def matches(pattern: str) -> str:
    """Return the condition that a whole cell matches a pattern of RE2."""
    return f"regexp_full_match({{x}}, {_braced(sql_text(pattern))})"


def _braced(text: str) -> str:
    """Keep braces of a text from being taken for the place of a cell."""
    return text.replace("{", "{{").replace("}", "}}")


def _is_one_of(field: Field, texts: Iterable[Any]) -> str:
    """A cell is clean where its text is one that the reader of Frictionless takes without a note."""
    read = field.create_cell_reader()
    clean = [str(text) for text in texts]
    clean = [text for text in dict.fromkeys(clean) if read(text)[0] is not None and not read(text)[1]]
    return f"{{x}} IN ({', '.join(_braced(sql_text(text)) for text in clean)})" if clean else "false"


def _text(field: Field) -> Proof:
    def to_key(value: Any) -> str | None:
        return value if type(value) is str else None

    if field.type == "string" and field.format in _STRING_FORMATS_READ:
        return Proof(None, None)
    rules = []
    limits = field.constraints
    if field.type == "string":
        if limits.get("minLength") is not None:
            rules.append(f"length({{x}}) >= {int(limits['minLength'])}")
        if limits.get("maxLength") is not None:
            rules.append(f"length({{x}}) <= {int(limits['maxLength'])}")
        if limits.get("pattern") is not None:
            pattern = as_re2(limits["pattern"])
            if pattern is None:
                return Proof("true", None, "{x}", to_key)
            rules.append(matches(pattern))
    return Proof("true", _all(rules), "{x}", to_key)


def _integer(field: Field) -> Proof:
    if field.list_defined() and "bare_number" in field.list_defined():
        return Proof(None, None)
    return Proof(
        matches(_INTEGER),
        _bounds(field, "try_cast({x} AS BIGINT)", lambda bound: str(bound) if abs(bound) < 10**37 else None),
        "CAST(try_cast({x} AS BIGINT) AS VARCHAR)",
        _integer_key,
    )


def _integer_key(value: Any) -> str | None:
    try:
        whole = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return str(whole) if not isinstance(value, str) and whole == value and abs(whole) < _INTEGER_MAX else None


def _number(field: Field) -> Proof:
    if {"group_char", "decimal_char", "bare_number"} & set(field.list_defined()):
        return Proof(None, None)
    value = matches(_NUMBER)
    if getattr(field, "float_number", False):
        return Proof(value, None if set(_BOUNDS) & set(field.constraints) else "true")

    def literal(bound: Any) -> str | None:
        text = _number_key(bound)
        return f"{text}::{_DECIMAL}" if text else None

    return Proof(
        value,
        _bounds(field, f"try_cast({{x}} AS {_DECIMAL})", literal),
        f"CAST(try_cast({{x}} AS {_DECIMAL}) AS VARCHAR)",
        _number_key,
    )


def _number_key(value: Any) -> str | None:
    if not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= _INTEGER_MAX:
        return None
    _, digits, exponent = number.as_tuple()
    if isinstance(exponent, int) and exponent < -15:
        stripped = number.normalize() if len(digits) <= 28 else number
        _, _, exponent = stripped.as_tuple()
        if not isinstance(exponent, int) or exponent < -15:
            return None
    text = f"{number:.15f}"
    return text.removeprefix("-") if not number else text


def _date(field: Field) -> Proof:
    def to_key(value: Any) -> str | None:
        return value.isoformat() if type(value) is date else None

    if field.format == "default":
        value, iso = matches(DAY), "{x}"
    else:
        found = _date_format(field.format)
        if found is None:
            return Proof(None, None)
        pattern, order = found
        iso = f"regexp_replace({{x}}, {_braced(sql_text(pattern))}, {_braced(sql_text(order))})"
        value = f"({matches(pattern)} AND try_cast({iso} AS DATE) IS NOT NULL)"
    bounds = _bounds(field, f"try_cast({iso} AS DATE)", lambda bound: f"DATE '{bound.isoformat()}'")
    return Proof(value, bounds, iso, to_key)


_DIRECTIVES = {"%Y": "([12][0-9]{3})", "%m": "(0[1-9]|1[0-2])", "%d": "(0[1-9]|[12][0-9]|3[01])"}


def _date_format(text: str) -> tuple[str, str] | None:
    r"""Return the pattern of a date's format and how its groups make an ISO date; None for anything unusual.

    >>> _date_format("%d.%m.%Y")
    ('(0[1-9]|[12][0-9]|3[01])\\x{2E}(0[1-9]|1[0-2])\\x{2E}([12][0-9]{3})', '\\3-\\2-\\1')
    """
    pattern, seen, at = "", [], 0
    while at < len(text):
        if text[at] == "%":
            directive = text[at : at + 2]
            if directive not in _DIRECTIVES or directive in seen:
                return None
            pattern += _DIRECTIVES[directive]
            seen.append(directive)
            at += 2
            continue
        if text[at] not in "-/. 年月日_":
            return None
        pattern += f"\\x{{{ord(text[at]):X}}}"
        at += 1
    if len(seen) != 3:
        return None
    year, month, day = (seen.index(item) + 1 for item in ("%Y", "%m", "%d"))
    return pattern, f"\\{year}-\\{month}-\\{day}"


def _datetime(field: Field) -> Proof:
    def to_key(value: Any) -> str | None:
        is_plain = type(value) is datetime and value.tzinfo is None and not value.microsecond
        return value.isoformat() if is_plain else None

    def literal(bound: Any) -> str | None:
        return f"TIMESTAMP '{bound.isoformat(' ')}'" if type(bound) is datetime and bound.tzinfo is None else None

    if field.format != "default":
        return Proof(None, None)
    return Proof(
        matches(MOMENT), _bounds(field, "try_cast({x} AS TIMESTAMP)", literal), "replace({x}, ' ', 'T')", to_key
    )


def _year(field: Field) -> Proof:
    def to_key(value: Any) -> str | None:
        return f"{value:04d}" if type(value) is int and 0 <= value <= 9999 else None

    return Proof(matches("[0-9]{4}"), _bounds(field, "try_cast({x} AS INTEGER)", str), "{x}", to_key)


def _yearmonth(field: Field) -> Proof:
    def to_key(value: Any) -> str | None:
        is_one = isinstance(value, tuple) and len(value) == 2 and 0 <= value[0] <= 9999
        return f"{value[0]:04d}-{value[1]:02d}" if is_one else None

    return Proof(matches(_YEARMONTH), None if set(_BOUNDS) & set(field.constraints) else "true", "{x}", to_key)


def _boolean(field: Field) -> Proof:
    texts = [*getattr(field, "true_values", []), *getattr(field, "false_values", [])]
    return Proof(_is_one_of(field, texts), "true")


_MAKERS: dict[str, Callable[[Field], Proof]] = {
    "string": _text,
    "any": _text,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "datetime": _datetime,
    "year": _year,
    "yearmonth": _yearmonth,
    "boolean": _boolean,
}


def _bounds(field: Field, cast: str, literal: Callable[[Any], str | None]) -> str | None:
    """Return the conditions of minimum and maximum; None where a bound has no literal of the same value."""
    read = field.create_value_reader()
    rules = []
    for name, operator in _BOUNDS.items():
        declared = field.constraints.get(name)
        if declared is None:
            continue
        bound = read(declared)
        text = literal(bound) if bound is not None else None
        if text is None:
            return None
        rules.append(f"{cast} {operator} {text}")
    return _all(rules)


def _all(rules: list[str]) -> str:
    return " AND ".join(rules) or "true"
