"""Texts that spreadsheet programs and databases leave in a CSV: 9.13501E+17, \\N, '001, ="001", #REF!.

Each stands in the place of something else, which is lost or has a sign too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from portal.examining.validation.cells.cell_rules import Fault

_EXPONENT = re.compile(r"[-+]?[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}")
_SIGN_OF_TEXT = re.compile(r"(?:\A|\0)\s*(?:'|=\"|#)")
_TEXT_WITH_SIGN = re.compile(r"'[0-9][0-9.,:/-]*|=\"[^\"]*\"")
"""What spreadsheet programs take for the text ``001``."""
_ERROR = re.compile(r"#(?:N/A|DIV/0!|VALUE!|REF!|NAME\?|NULL!|NUM!|#{3,})")
"""What they show where a formula fails, or a column is too narrow."""
_NULL_MARKS = frozenset(["\\N", "NULL", "(null)", "<NULL>"])
"""How databases and their tools write that there is no value."""
_NULL_MARK = re.compile(r"(?:\A|\0)(?:" + "|".join(map(re.escape, sorted(_NULL_MARKS))) + r")(?:\Z|\0)")
_LONG_EXPONENT = 11
"""Spreadsheet programs write a whole number of more than eleven digits in this way by themselves."""


@dataclass(frozen=True)
class SpoiltTexts:
    """Texts that a program put into place of others: ``9.13501E+17``, ``\\\\N``, ``'001``, ``="001"``, ``#REF!``."""

    codes: ClassVar[frozenset[str]] = frozenset(["code-in-exponent", "null-mark", "text-sign", "cell-error"])

    is_key: bool = False

    def suspicion(self, cell: str) -> str:
        """Whatever holds an E before a plus sign, is the mark, or begins like what a spreadsheet program makes."""
        # Ranges of the first character spare most cells the closer look.
        below = f"{cell} < ')' AND (starts_with({cell}, '''') OR starts_with({cell}, '#') OR {cell} = '(null)')"
        above = f"{cell} >= '<' AND {cell} < '>' AND (starts_with({cell}, '=\"') OR {cell} = '<NULL>')"
        spoilt = f"{cell} = '\\N' OR {cell} = 'NULL' OR ({below}) OR ({above})"
        return f"(contains({cell}, '+') AND (contains({cell}, 'E+') OR contains({cell}, 'e+'))) OR {spoilt}"

    def is_clean(self, column: str) -> bool:
        """Whether none does."""
        return not ("E+" in column or "e+" in column or _NULL_MARK.search(column) or _SIGN_OF_TEXT.search(column))

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield at most one fault.

        >>> [code for text in ("9.13501E+17", "1.2E+05", "\\\\N", "E+") for code, _ in SpoiltTexts().faults(text)]
        ['code-in-exponent', 'null-mark']
        >>> [code for text in ("#REF!", "#####", "#1楼") for code, _ in SpoiltTexts().faults(text)]
        ['cell-error', 'cell-error']
        >>> [code for text in ("'001", '="01"', "'90s", "'a'", "='a'!B1") for code, _ in SpoiltTexts().faults(text)]
        ['text-sign', 'text-sign']
        """
        if text in _NULL_MARKS:
            yield "null-mark", {}
        elif _ERROR.fullmatch(text.strip()):
            yield "cell-error", {}
        elif _TEXT_WITH_SIGN.fullmatch(text.strip()):
            yield "text-sign", {}
        elif _EXPONENT.fullmatch(text.strip()):
            exponent = int(re.split("[eE]", text)[1])
            if exponent >= _LONG_EXPONENT or self.is_key:
                yield "code-in-exponent", {}
