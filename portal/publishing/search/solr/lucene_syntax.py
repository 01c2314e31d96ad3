"""Lucene's query syntax (q and fq of CKAN with a colon): fields, ranges, AND, OR, NOT, +, -, parentheses, wildcards.

luqum parses; what Solr takes and luqum does not (``&&``, ``||``, ``!``) is written in its words before. As in CKAN
clauses without an operator between them must all hold. OR binds its neighbours: ``a OR b c`` is either of the first
two, and c. (Solr would take both for optional there, and a harvester that asks for two organisations and a time would
get all organisations.) Nothing here raises anything but UnreadableQuery.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from luqum import tree
from luqum.exceptions import ParseError
from luqum.thread import parse

from portal.publishing.search.solr.query_nodes import (
    ANY_SIGNS,
    CLAUSES_MAX,
    ONE_SIGN,
    QUERY_CHARACTERS_MAX,
    Clauses,
    Everything,
    Match,
    Node,
    Present,
    Span,
    UnreadableQuery,
    Weighed,
)

LEVELS_MAX = 40
"""How deep parentheses and signs may stand in each other in a query."""
WEIGHT_MAX = 1_000.0
"""The largest weight (``^2``) that counts."""

TEXT = "text"
"""The field that is searched where none is stated."""

_PIECE = re.compile(
    r"""
    (?P<phrase>"(?:[^"\\]|\\.)*")
  | (?P<escaped>\\.)
  | (?P<operator>&&|\|\|)(?=\s|$)
  | (?P<mark>[!'])
  | (?P<sign>[+-])
  | (?P<opening>[(\[{:])
  | (?P<blank>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS_FOR = {"&&": "AND", "||": "OR"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SIGN = re.compile(r"\\(.)|([*?])", re.DOTALL)


def parse_lucene(text: str, field: str = TEXT) -> Node:
    """Return what *text* asks for. Raises UnreadableQuery where it is broken or too large.

    >>> parse_lucene("tags:water -organization:x")
    Clauses(required=(Match(field='tags', text='water', is_phrase=False),), optional=(), \
prohibited=(Match(field='organization', text='x', is_phrase=False),), at_least=0)
    """
    if len(text) > QUERY_CHARACTERS_MAX:
        raise UnreadableQuery(f"The query has more than {QUERY_CHARACTERS_MAX} characters")
    plain = _as_luqum_writes(text)
    if not plain.strip():
        return Everything()
    try:
        parsed = parse(plain)
    except (ParseError, ValueError, ArithmeticError) as error:
        raise UnreadableQuery(f"Cannot parse '{text[:200]}': {str(error)[:200]}") from error
    return _node(parsed, field, LEVELS_MAX)


def _as_luqum_writes(text: str) -> str:
    """Return *text* with signs before clauses as words: luqum binds ``-`` closer than OR, and knows not all of Solr's.

    A ``+`` says nothing where all must hold anyway.
    """
    if ANY_SIGNS in text or ONE_SIGN in text:
        raise UnreadableQuery("The query holds control characters")
    pieces: list[str] = []
    clauses, depth, is_range, at_start = 0, 0, False, True
    for found in _PIECE.finditer(text):
        kind, piece = found.lastgroup, found.group()
        clauses += at_start and kind in ("phrase", "escaped", "other")
        depth += (piece in ("(", "[", "{")) - (piece in (")", "]", "}"))
        is_range = piece in ("[", "{") or (is_range and piece not in ("]", "}"))
        if clauses > CLAUSES_MAX or depth > LEVELS_MAX:
            raise UnreadableQuery(f"The query has more than {CLAUSES_MAX} clauses, or more than {LEVELS_MAX} levels")
        if kind == "mark" or (kind == "sign" and not is_range):
            is_word = piece == "'" or not at_start
            piece = (
                (piece if kind == "sign" else f"\\{piece}") if is_word else {"+": "", "-": "NOT ", "!": "NOT "}[piece]
            )
            at_start = not is_word
        else:
            piece = _WORDS_FOR[piece] if kind == "operator" and at_start else piece
            at_start = kind in ("opening", "blank", "operator")
        pieces.append(piece)
    plain = "".join(pieces)
    if text.strip() and not plain.strip():
        raise UnreadableQuery(f"Cannot parse '{text[:200]}': no clause")
    return plain


def _node(item: tree.Item, field: str, levels: int) -> Node:
    """Return a part of luqum's tree as ours; *levels* more may stand in each other."""
    if not levels:
        raise UnreadableQuery(f"The query has more than {LEVELS_MAX} levels")
    match item:
        case tree.Word() | tree.Phrase():
            return _value(item, field)
        case tree.SearchField():
            return _in_field(item, levels)
        case tree.Range() | tree.From() | tree.To():
            return _span(item, field)
        case tree.OrOperation():
            return _clauses(_members(item.children, field, levels), is_or=True)
        case tree.BaseOperation():
            return _clauses(_members(item.children, field, levels), is_or=False)
        case tree.UnaryOperator():
            return _clauses(_members([item], field, levels), is_or=False)
        case tree.BaseGroup():
            return _node(item.expr, field, levels - 1)
        case tree.Fuzzy():
            return _node(item.term, field, levels - 1)
        case tree.Proximity():
            return Match(field, _plain(item.term.value[1:-1]))
        case tree.Boost():
            return Weighed(_node(item.expr, field, levels - 1), min(float(item.force), WEIGHT_MAX))
        case tree.Regex():
            raise UnreadableQuery("Regular expressions are not answered")
    raise UnreadableQuery("The query has a part that is not understood")


def _members(items: Iterable[tree.Item], field: str, levels: int) -> Iterator[tuple[bool, Node]]:
    """Yield the members of an operation: whether each is prohibited, and what it asks for."""
    for item in items:
        is_prohibited, inner, below = False, item, levels - 1
        while isinstance(inner, tree.UnaryOperator) and below:
            is_prohibited ^= not isinstance(inner, tree.Plus)
            inner, below = inner.a, below - 1
        yield is_prohibited, _node(inner, field, below)


def _clauses(members: Iterable[tuple[bool, Node]], *, is_or: bool) -> Node:
    wanted: list[Node] = []
    prohibited: list[Node] = []
    for is_prohibited, node in members:
        (prohibited if is_prohibited else wanted).append(node)
    if not prohibited and len(wanted) == 1:
        return wanted[0]
    if is_or and wanted:
        return Clauses(optional=tuple(wanted), prohibited=tuple(prohibited), at_least=1)
    return Clauses(required=tuple(wanted), prohibited=tuple(prohibited))


def _in_field(item: tree.SearchField, levels: int) -> Node:
    name, asked = _plain(item.name), item.expr
    if isinstance(asked, tree.SearchField):
        raise UnreadableQuery(f"Cannot parse '{name}:{asked.name}:': a field within a field")
    if name == "*":
        if isinstance(asked, tree.Word) and asked.value == "*":
            return Everything()
        raise UnreadableQuery('undefined field: "*"')
    return _node(asked, name, levels - 1)


def _value(item: tree.Word | tree.Phrase, field: str) -> Node:
    if isinstance(item, tree.Phrase):
        return Match(field, _plain(item.value[1:-1]), is_phrase=True)
    if item.value == "*":
        return Everything() if field == TEXT else Present(field)
    return Match(field, _SIGN.sub(_sign, item.value))


def _span(item: tree.Range | tree.From | tree.To, field: str) -> Node:
    if isinstance(item, tree.Range):
        low, high = _bound(item.low), _bound(item.high)
        return Span(field, low, high, bool(item.include_low), bool(item.include_high))
    bound = _bound(item.a)
    if isinstance(item, tree.From):
        return Span(field, bound, None, with_low=bool(item.include))
    return Span(field, None, bound, with_high=bool(item.include))


def _bound(item: tree.Item) -> str | None:
    if isinstance(item, tree.Prohibit):
        return f"-{_bound(item.a) or ''}"
    text = item.value
    if text == "*":
        return None
    return _plain(text[1:-1] if isinstance(item, tree.Phrase) else text)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _sign(found: re.Match[str]) -> str:
    escaped, sign = found.groups()
    return escaped or {"*": ANY_SIGNS, "?": ONE_SIGN}[sign]
