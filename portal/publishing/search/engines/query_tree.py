"""The query language of people as a small tree: words, "phrases", -not, OR, publisher:, year:; parsed once.

- All words must occur: ``公交 线路``. Next to each other, in this order: ``"公交线路"``, in any quotation marks.
- Not: ``-客流`` or ``NOT 客流``. Either: ``公交 OR 地铁``, ``或`` and ``|`` standing alone too; OR binds its neighbours
  alone, so ``公交 OR 地铁 线路`` is either of the first two, and the third. ``AND`` says what holds anyway.
- A value of a facet: ``publisher:transport``, ``部门:交通``, ``format:csv``, ``year:2024``; by its id, by its title, or
  by a part of the title. `FIELDS` lists the names.
- Anything else is text: a colon after no field, one quotation mark alone, nothing but operators.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.publishing.search.engines.query_pieces import QueryPiece, query_pieces
from portal.publishing.search.tokeniser import QUERY_CHARACTERS_MAX, fold, query_words, spelled_phrase

FIELDS = {
    "publisher": "publisher",
    "organization": "publisher",
    "department": "publisher",
    "部门": "publisher",
    "提供方": "publisher",
    "theme": "theme",
    "topic": "theme",
    "主题": "theme",
    "area": "area",
    "领域": "area",
    "format": "format",
    "格式": "format",
    "license": "license",
    "licence": "license",
    "许可": "license",
    "sharing": "sharing",
    "共享": "sharing",
    "open": "open",
    "开放": "open",
    "update_cycle": "update_cycle",
    "更新周期": "update_cycle",
    "spatial": "spatial",
    "place": "spatial",
    "地区": "spatial",
    "year": "year",
    "年份": "year",
}
"""What may stand before a colon, and the facet that it is."""


@dataclass(frozen=True, slots=True)
class Word:
    """What was typed in one piece; all its *words*, those of the tokeniser, must occur."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other; *spelled* stands in the `spelled` text of what holds them."""

    text: str
    words: tuple[str, ...]
    spelled: str


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a facet, folded: its id, its title or a part of the title."""

    facet: str
    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All must hold; of none, everything does."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One must hold; of none, nothing does."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Field | Not | And | Or

EVERYTHING = And(())
NOTHING = Or(())


def parse_query(text: str) -> Node:
    """Return what *text* asks for; blank text for everything, text without a word in it for nothing.

    >>> parse_query("bus -ridership")
    And(nodes=(Word(text='bus', words=('bus',)), Not(node=Word(text='ridership', words=('ridership',)))))
    """
    text = text[:QUERY_CHARACTERS_MAX]
    if not text.strip():
        return EVERYTHING
    groups: list[list[Node]] = []
    sign, is_joined = "", False
    for piece in query_pieces(text):
        if piece.operator:
            is_joined = piece.operator == "OR"
            sign = "-" if piece.operator == "NOT" else sign
            continue
        leaf = _leaf(piece)
        if leaf:
            is_not = (piece.sign or sign) == "-"
            if is_joined and groups and not is_not and not isinstance(groups[-1][-1], Not):
                groups[-1].append(leaf)
            else:
                groups.append([Not(leaf) if is_not else leaf])
        sign, is_joined = "", False
    nodes = tuple(group[0] if len(group) == 1 else Or(tuple(group)) for group in groups)
    if not nodes:
        words = tuple(query_words(text))
        return Word(text.strip(), words) if words else NOTHING
    return nodes[0] if len(nodes) == 1 else And(nodes)


def wanted(node: Node) -> Iterator[Word | Phrase]:
    """Yield the words and phrases that are asked for, those after a minus left out, in order."""
    match node:
        case Word() | Phrase():
            yield node
        case And() | Or():
            for child in node.nodes:
                yield from wanted(child)


def wanted_text(node: Node) -> str:
    """Return the words and phrases that are asked for as text, without operators and fields.

    >>> wanted_text(parse_query('公交 OR "bus stop" -客流 year:2024'))
    '公交 bus stop'
    """
    return " ".join(leaf.text for leaf in wanted(node))


def conditions(node: Node) -> Node:
    """Return what *node* demands besides words: its fields and what must not hold; both narrow whatever is meant.

    >>> conditions(parse_query("公交 -客流 year:2024"))
    And(nodes=(Not(node=Word(text='客流', words=('客流',))), Field(facet='year', text='2024')))
    """
    parts = node.nodes if isinstance(node, And) else (node,)
    return And(tuple(part for part in parts if isinstance(part, Field | Not) or _is_of_fields(part)))


def _is_of_fields(node: Node) -> bool:
    return isinstance(node, Or) and bool(node.nodes) and all(isinstance(part, Field) for part in node.nodes)


def _leaf(piece: QueryPiece) -> Word | Phrase | Field | None:
    facet = FIELDS.get(piece.field.casefold())
    if facet and (value := fold(piece.text).strip()):
        return Field(facet, value)
    text = piece.whole
    words = tuple(query_words(text))
    if not words:
        return None
    if piece.is_phrase and len(spelled := spelled_phrase(text)) > 1 and not piece.field:
        return Phrase(text, words, spelled)
    return Word(text, words)
