"""Rules on cells: numbers too large or precise, full-width digits, blanks and invisible characters in keys.

What may be wrong with one cell that Frictionless accepts. Each rule looks twice. The first look is at whole columns:
``suspicion`` is a condition of SQL that holds for every faulty cell and few others, and ``is_clean`` asks the same of a
small table. ``faults`` then says exactly what is wrong with one text. A cell without value never comes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Protocol

from portal.examining.reading.normalise import groups_pattern
from portal.examining.validation.cells.check_digits import FAULTS
from portal.model.cn_codes import ID_CHECK_CHARACTERS, ID_WEIGHTS, PROVINCE_PATTERN, USCC_CHARACTERS, USCC_WEIGHTS
from portal.model.terms import CODE_FORMATS
from portal.model.text import LocalText

Fault = tuple[str, dict[str, Any]]
"""A code and the details that its texts name."""

INTEGER_MIN, INTEGER_MAX = -(2**63), 2**63 - 1
"""A larger whole number does not fit into the 64 bits that Parquet gives it."""
FLOAT_MAX = Decimal("1.7976931348623157e308")
"""A larger number does not fit into a double."""
FLOAT_MIN = Decimal("5e-324")
FLOAT_DIGITS = 17
"""No float of 64 bits keeps more significant digits."""

_NO_PLAIN_NUMBER = re.compile(rf"[^-+0-9.\0]|[^\0]{{{FLOAT_DIGITS + 1}}}")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_DATE_SHAPED = re.compile(r"[\d\s:./TZ+年月日时分秒-]+")


class Rule(Protocol):
    """One thing to look for in a column; *codes* are those of the faults that it can find."""

    codes: ClassVar[frozenset[str]]

    def suspicion(self, cell: str) -> str:
        """Return the condition of SQL over *cell*, the name of a column."""

    def is_clean(self, column: str) -> bool:
        """Whether it is sure that no cell of a column is faulty, given all of them with NUL between."""

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield what is wrong with *text*."""


@dataclass(frozen=True)
class Numbers:
    """Numbers that a standard integer or float does not hold, are none, or are written with other digits than ASCII."""

    codes: ClassVar[frozenset[str]] = frozenset(
        ["number-too-large", "number-precision", "number-not-finite", "full-width-digits", "number-grouping"]
    )

    is_integer: bool
    group_char: str = ""
    decimal_char: str = "."
    is_bare: bool = True

    def suspicion(self, cell: str) -> str:
        """Whatever is not up to 17 plain signs, digits and points; an exponent, a word, a full-width digit, a group."""
        is_odd = f"NOT regexp_full_match({cell}, '[-+0-9.]{{1,{FLOAT_DIGITS}}}')"
        if not self.has_groups:
            return is_odd
        sign, pattern = (text.replace("'", "''") for text in (self.group_char, self._groups))
        return f"{is_odd} OR (contains({cell}, '{sign}') AND NOT regexp_full_match({cell}, '{pattern}'))"

    def is_clean(self, column: str) -> bool:
        """Whether all are up to 17 plain signs, digits and points, and none has groups."""
        return not (self.has_groups and self.group_char in column) and not _NO_PLAIN_NUMBER.search(column)

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield the faults of a text that Frictionless reads as a number; it reports others itself.

        >>> rule = Numbers(is_integer=False)
        >>> [code for text in ("1e400", "0.1234567890123456789", "NaN", "１２", "1.5") for code, _ in rule.faults(text)]
        ['number-too-large', 'number-precision', 'number-not-finite', 'full-width-digits']
        """
        value = self._value(text)
        if value is None:
            return
        if self.has_groups and self.group_char in text and not re.fullmatch(self._groups, self._bare(text)):
            yield "number-grouping", {"sign": self.group_char}
        if _FOREIGN_DIGIT.search(text):
            yield "full-width-digits", {}
        if not value.is_finite():
            yield "number-not-finite", {}
        elif self.is_integer:
            if not INTEGER_MIN <= value <= INTEGER_MAX:
                yield "number-too-large", {"range": LocalText("-2^63 到 2^63-1", "-2^63 to 2^63-1")}
        elif value and not FLOAT_MIN <= value.copy_abs() <= FLOAT_MAX:
            yield (
                "number-too-large",
                {"range": LocalText("绝对值 5e-324 到 1.8e308", "5e-324 to 1.8e308 on either side of 0")},
            )
        elif len("".join(map(str, value.as_tuple().digits)).strip("0")) > FLOAT_DIGITS:
            yield "number-precision", {}

    @property
    def has_groups(self) -> bool:
        """Whether a sign between groups is taken out before the number is read, wherever it stands."""
        return bool(self.group_char) and not self.is_integer

    @property
    def _groups(self) -> str:
        return groups_pattern(self.group_char, self.decimal_char)

    def _bare(self, text: str) -> str:
        plain = text.strip()
        return plain if self.is_bare else re.sub(r"^[^-+\d.]+|[^\d.]+$", "", plain)

    def _value(self, text: str) -> Decimal | None:
        plain = self._bare(text)
        plain = plain.replace(self.group_char, "") if self.group_char else plain
        if self.decimal_char != "." and "." in plain:
            return None
        try:
            value = Decimal(plain.replace(self.decimal_char, "."))
        except InvalidOperation:
            return None
        return None if self.is_integer and not re.fullmatch(r"[-+]?[\d_]+", plain) else value


@dataclass(frozen=True)
class Dates:
    """Days and times whose digits are not ASCII: Python's strptime reads them, hardly anything else does."""

    codes: ClassVar[frozenset[str]] = frozenset(["full-width-digits"])

    def suspicion(self, cell: str) -> str:
        """Whatever holds a character beyond ASCII."""
        return f"strlen({cell}) <> length({cell})"

    def is_clean(self, column: str) -> bool:
        """Whether all are ASCII."""
        return column.isascii()

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield the fault of a text that could be a date.

        >>> list(Dates().faults("２０２６-01-31")), list(Dates().faults("２月？"))
        ([('full-width-digits', {})], [])
        """
        if _FOREIGN_DIGIT.search(text) and _DATE_SHAPED.fullmatch(text):
            yield "full-width-digits", {}


@dataclass(frozen=True)
class CodeFormat:
    """Codes of a declared kind: their form and their check digit."""

    codes: ClassVar[frozenset[str]] = frozenset(["check-digit"])

    name: str

    def suspicion(self, cell: str) -> str:
        """Whatever has not the common form with the right check digit."""
        return f"NOT ({_CODE_CONDITIONS[self.name].format(cell=cell)})"

    def is_clean(self, column: str) -> bool:
        """Only one by one can codes be proved right."""
        return not column.strip("\0")

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield the fault of a code.

        >>> [code for code, _ in CodeFormat("postcode").faults("10010")]
        ['check-digit']
        """
        reason = FAULTS[self.name](text)
        if reason:
            yield "check-digit", {"kind": CODE_FORMATS[self.name], "reason": reason}


_BLANKS = r"\s\x{0B}\x{1C}-\x{1F}\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}"
_INVISIBLE = re.compile(
    "[\u00a0\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202f\u2060-\u206f\u3164\ufeff\uffa0]"
)


_INVISIBLE_IN_RE2 = re.sub(r"[^\[\]-]", lambda match: f"\\x{{{ord(match[0]):X}}}", _INVISIBLE.pattern)
_NO_PLAIN_KEY = re.compile(rf"(?:\A|\0)\s|\s(?:\Z|\0)|{_INVISIBLE.pattern}")


@dataclass(frozen=True)
class Keys:
    """Texts that must match others by character: nothing invisible in them and, with *is_key*, no blanks around."""

    codes: ClassVar[frozenset[str]] = frozenset(["invisible-character", "key-padding"])

    is_key: bool = True

    def suspicion(self, cell: str) -> str:
        """Whatever begins or ends with a blank or holds an invisible character."""
        return f"regexp_matches({cell}, '^[{_BLANKS}]|[{_BLANKS}]$|{_INVISIBLE_IN_RE2}')"

    def is_clean(self, column: str) -> bool:
        """Whether no cell begins or ends with a blank or holds an invisible character."""
        return not _NO_PLAIN_KEY.search(column)

    def faults(self, text: str) -> Iterator[Fault]:
        r"""Yield at most one fault.

        >>> list(Keys().faults("A1\u200b")), list(Keys().faults(" A1")), list(Keys().faults("A 1"))
        ([('invisible-character', {'characters': 'U+200B'})], [('key-padding', {})], [])
        """
        invisible = dict.fromkeys(_INVISIBLE.findall(text))
        if invisible:
            yield "invisible-character", {"characters": ", ".join(f"U+{ord(char):04X}" for char in invisible)}
        elif self.is_key and text != text.strip():
            yield "key-padding", {}


def number_rule(type_: str, field: Mapping[str, Any]) -> Numbers:
    """Return the rule for an integer or number field as its properties say how numbers are written."""
    group, decimal = field.get("groupChar"), field.get("decimalChar")
    return Numbers(
        is_integer=type_ == "integer",
        group_char=group if isinstance(group, str) else "",
        decimal_char=decimal if isinstance(decimal, str) and decimal else ".",
        is_bare=field.get("bareNumber") is not False,
    )


def _digits(cell: str, weights: tuple[int, ...], alphabet: str) -> str:
    terms = (
        f"(strpos('{alphabet}', substr({cell}, {place}, 1)) - 1) * {weight}"
        for place, weight in enumerate(weights, start=1)
    )
    return " + ".join(terms)


_PROVINCE = f"({PROVINCE_PATTERN})"

# Days after the 28th are left to the second look: whether there is one depends on the month.
_CODE_CONDITIONS = {
    "uscc": (
        "regexp_full_match({cell}, '[0-9A-HJ-NPQRTUWXY]{{2}}[0-9]{{6}}[0-9A-HJ-NPQRTUWXY]{{10}}')"
        f" AND (strpos('{USCC_CHARACTERS}', substr({{cell}}, 18, 1)) - 1"
        f" + {_digits('{cell}', USCC_WEIGHTS, USCC_CHARACTERS)}) % 31 = 0"
    ),
    "id-card": (
        f"regexp_full_match({{cell}}, '{_PROVINCE}[0-9]{{{{4}}}}(18|19|20)[0-9]{{{{2}}}}(0[1-9]|1[0-2])"
        "(0[1-9]|1[0-9]|2[0-8])[0-9]{{3}}[0-9X]')"
        f" AND substr('{ID_CHECK_CHARACTERS}', ({_digits('{cell}', ID_WEIGHTS, '0123456789')}) % 11 + 1, 1)"
        " = substr({cell}, 18, 1)"
    ),
    "division-code": (
        f"regexp_full_match({{cell}}, '{_PROVINCE}"
        "(0000|(0[1-9]|[1-9][0-9])[0-9]{{2}}(000(000)?|([1-9][0-9]{{2}}|0[1-9][0-9]|00[1-9])([0-9]{{3}})?)?)')"
    ),
    "postcode": "regexp_full_match({cell}, '[0-9]{{6}}')",
}
