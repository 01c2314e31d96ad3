"""Dismax syntax (q of CKAN without a colon): plain words, +word, -word, "phrases", OR; mm, qf: how many must be found.

As in CKAN of one or two words all must be found, of three to five all but one, of more four fifths (``2<-1 5<80%``).
Words around OR count as one of which any will do, for that is what people mean by it; a query of nothing but ``-word``
is everything else. Signs that mean something in Lucene's syntax are plain characters here. The text is cut up as
searches of people are (`engines.query_pieces`), so that signs, phrases and operators mean the same in both.
"""

from __future__ import annotations

import re

from portal.publishing.search.engines.query_pieces import query_pieces
from portal.publishing.search.solr.query_nodes import (
    CLAUSES_MAX,
    QUERY_CHARACTERS_MAX,
    AnyField,
    Clauses,
    Everything,
    Node,
    UnreadableQuery,
)
from portal.publishing.search.solr.search_parameters import ENOUGH, FIELDS
from portal.publishing.search.tokeniser import word_runs

FIELDS_MAX = 20
"""Fields that ``qf`` may name."""

_FIELD = re.compile(r"([\w.-]+)(?:\^(\d{1,6}(?:\.\d{1,6})?))?")
_ENOUGH = re.compile(r"(-?)(\d{1,6})(%?)")
_CONDITION = re.compile(r"(\d{1,6})<(-?\d{1,6}%?)")


def parse_dismax(text: str, fields: str = FIELDS, enough: str = ENOUGH) -> Node:
    """Return what *text* asks for. Raises UnreadableQuery where it is too large, or *fields* or *enough* are broken."""
    if len(text) > QUERY_CHARACTERS_MAX:
        raise UnreadableQuery(f"The query has more than {QUERY_CHARACTERS_MAX} characters")
    weights = field_weights(fields)
    groups: dict[str, list[list[Node]]] = {"": [], "+": [], "-": []}
    sign, is_joined, last = "", False, ""
    for piece in query_pieces(text):
        if piece.operator:
            sign = {"AND": "+", "NOT": "-"}.get(piece.operator, sign)
            if piece.operator == "AND" and last == "" and groups[""]:
                groups["+"].append(groups[""].pop())
            is_joined = piece.operator == "OR"
            continue
        if word_runs(piece.whole):
            kind = piece.sign or sign
            word = AnyField(weights, piece.whole, is_phrase=piece.is_phrase)
            if is_joined and kind == last and groups[kind] and kind != "-":
                groups[kind][-1].append(word)
            else:
                groups[kind].append([word])
            last = kind
        sign, is_joined = "", False
    if sum(map(len, (group for kind in groups.values() for group in kind))) > CLAUSES_MAX:
        raise UnreadableQuery(f"The query has more than {CLAUSES_MAX} words")
    required, optional, prohibited = (tuple(map(_any_of, groups[kind])) for kind in ("+", "", "-"))
    if not (required or optional or prohibited):
        return Clauses(prohibited=(Everything(),))
    least = words_enough(enough, len(optional))
    return Clauses(required, optional, prohibited, least if required else min(max(least, 1), len(optional)))


def field_weights(text: str) -> tuple[tuple[str, float], ...]:
    """Return fields with their weights, 1 where none is stated. Raises UnreadableQuery for what is no such list.

    >>> field_weights("title^4 text")
    (('title', 4.0), ('text', 1.0))
    """
    found = [(part, _FIELD.fullmatch(part)) for part in text.split()[: FIELDS_MAX + 1]]
    wrong = [part for part, matched in found if not matched]
    if wrong or not found or len(found) > FIELDS_MAX:
        raise UnreadableQuery(f"qf is no list of fields: {text[:100]!r}")
    return tuple((matched[1], float(matched[2] or 1)) for _, matched in found if matched)


def words_enough(text: str, number: int) -> int:
    """Return how many of *number* words must be found, by Solr's rules for ``mm``.

    Raises UnreadableQuery for what is no such rule.

    >>> [words_enough("2<-1 5<80%", number) for number in (1, 2, 3, 5, 6, 10)]
    [1, 2, 2, 4, 4, 8]
    """
    wanted = number
    parts = re.sub(r"\s*<\s*", "<", text.strip()[:200]).split()
    if len(parts) == 1 and "<" not in parts[0]:
        return _so_many(parts[0], number)
    for part in parts:
        condition = _CONDITION.fullmatch(part)
        if not condition:
            raise UnreadableQuery(f"mm is no rule: {text[:100]!r}")
        if number <= int(condition[1]):
            return wanted
        wanted = _so_many(condition[2], number)
    return wanted


def _so_many(text: str, number: int) -> int:
    matched = _ENOUGH.fullmatch(text)
    if not matched:
        raise UnreadableQuery(f"mm is no rule: {text[:100]!r}")
    sign, digits, percent = matched.groups()
    amount = number * int(digits) // 100 if percent else int(digits)
    return min(max(number - amount if sign else amount, 0), number)


def _any_of(group: list[Node]) -> Node:
    return group[0] if len(group) == 1 else Clauses(optional=tuple(group), at_least=1)
