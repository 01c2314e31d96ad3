"""Cuts a typed search into pieces: signs (+ -), "phrases" in any quotation marks, words, OR, AND, NOT.

People's searches and CKAN's dismax are cut alike, so that one text means one thing in both. Nothing is an error: a
quotation mark without a second one is a blank, signs of control and of direction are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

OPERATORS = {"OR": "OR", "或": "OR", "|": "OR", "||": "OR", "AND": "AND", "&&": "AND", "NOT": "NOT"}
"""What stands alone between words, in capitals, and says how they hang together."""

_MARKS = str.maketrans(dict.fromkeys("“”„‟＂「」『』«»", '"') | dict.fromkeys("－−", "-") | {"＋": "+", "：": ":"})
_PIECE = re.compile(r'([+-]*)([^\s":]{1,20}:)?("[^"]*"|[^\s"]+)')


@dataclass(frozen=True, slots=True)
class QueryPiece:
    """One piece: *sign* is "", "+" or "-", *field* what stands before a colon, *text* a word or what a phrase holds.

    *operator* is "" but for a word that is one of `OPERATORS`, whose text it is then, too.
    """

    sign: str
    field: str
    text: str
    is_phrase: bool = False
    operator: str = ""

    @property
    def whole(self) -> str:
        """Field and text as they were typed, for where that field is none."""
        return f"{self.field}:{self.text}" if self.field else self.text


def query_pieces(text: str) -> Iterator[QueryPiece]:
    """Yield the pieces of *text* in order.

    >>> [(piece.sign, piece.field, piece.text, piece.is_phrase) for piece in query_pieces("-“bus stop” year:2024 水")]
    [('-', '', 'bus stop', True), ('', 'year', '2024', False), ('', '', '水', False)]
    """
    for sign, field, piece in _PIECE.findall(visible(text).translate(_MARKS)):
        is_phrase = piece.startswith('"')
        operator = "" if sign or field or is_phrase else OPERATORS.get(piece, "")
        yield QueryPiece(sign[-1:], field[:-1], piece.strip('"') if is_phrase else piece, is_phrase, operator)


def visible(text: str) -> str:
    r"""Return *text* without signs that nobody sees: those of control become blanks, those of format nothing.

    >>> visible("a\x00b\u202e水")
    'a b水'
    """
    if text.isprintable():
        return text
    kinds = {sign: unicodedata.category(sign) for sign in set(text)}
    return "".join({"Cc": " ", "Cf": "", "Cs": " "}.get(kinds[sign], sign) for sign in text)
