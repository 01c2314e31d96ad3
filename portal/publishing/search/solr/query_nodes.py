"""A query of Solr as values: words, phrases, ranges, presence; clauses that must, may or must not hold."""

from __future__ import annotations

from dataclasses import dataclass

ANY_SIGNS, ONE_SIGN = "\x00", "\x01"
"""What stands in a word for an asterisk and a question mark that are no plain characters."""
QUERY_CHARACTERS_MAX = 32_768
"""Characters of a query of CKAN's search; a longer one is refused."""
CLAUSES_MAX = 1_024
"""Words, phrases and ranges of one query of CKAN's search, as in Solr; more are refused."""


class UnreadableQuery(ValueError):
    """A query that cannot be understood; its text is for the asker."""


@dataclass(frozen=True, slots=True)
class Match:
    """A value of one field, or some of its words; *is_phrase* where the words must follow each other."""

    field: str
    text: str
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class AnyField:
    """Words in any of some fields, each with its weight."""

    weights: tuple[tuple[str, float], ...]
    text: str
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A value between two bounds, None for an open end."""

    field: str
    low: str | None
    high: str | None
    with_low: bool = True
    with_high: bool = True


@dataclass(frozen=True, slots=True)
class Present:
    """Any value of a field."""

    field: str


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A query that counts *factor* times in the order of relevance."""

    node: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Clauses:
    """All *required* hold, none of *prohibited*, and *at_least* so many of *optional*."""

    required: tuple[Node, ...] = ()
    optional: tuple[Node, ...] = ()
    prohibited: tuple[Node, ...] = ()
    at_least: int = 0


Node = Match | AnyField | Span | Present | Everything | Weighed | Clauses
