"""Looks one query's values, words and ranges up in CKAN's index (solr.sqlite), and counts what it reads."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from portal.publishing.search.solr.query_nodes import ANY_SIGNS, ONE_SIGN, UnreadableQuery
from portal.publishing.search.solr.solr_fields import CONSTANTS
from portal.publishing.search.tokeniser import asked_words, word_runs

DOCUMENTS_READ_MAX = 3_000_000
"""Documents that the parts of one query may find together; a query of more is given up."""

_COLUMNS = {"title": "title", "title_ngram": "title", "text": "text"}
_BETWEEN = "§"
"""Stands between a field and a word of it: no sign of either, and to FTS5 a letter."""


def mark_of(field: str) -> str:
    """Return what stands before the words of a field in the column of marked words."""
    return f"{''.join(filter(str.isalnum, field.casefold()))}{_BETWEEN}"


class SolrReader:
    """An open index, for one query."""

    def __init__(self, database: sqlite3.Connection, fields: Mapping[str, int], everything: frozenset[int]) -> None:
        self._database = database
        self._fields = fields
        self._left = DOCUMENTS_READ_MAX
        self.everything = everything

    def rows(self, field: str) -> Iterator[tuple[str, int]]:
        """Yield all values of a field with their documents, in the order of values."""
        found = "SELECT value, document FROM value WHERE field = ? ORDER BY value, document"
        yield from self._database.execute(found, (self._fields.get(field, -1),))

    def with_value(self, field: str, value: str) -> set[int] | frozenset[int]:
        """Return the documents that have a value of a field; it may hold signs that stand for others."""
        is_pattern = ANY_SIGNS in value or ONE_SIGN in value
        if field in CONSTANTS:
            return self.everything if fits(value, CONSTANTS[field]) else set()
        if not is_pattern:
            return self._found("value = ?", field, value)
        start = re.split(f"[{ANY_SIGNS}{ONE_SIGN}]", value)[0]
        within = "value >= ? AND value < ?"
        statement = f"SELECT value, document FROM value WHERE field = ? AND {within}"  # noqa: S608
        rows = self._database.execute(statement, (self._fields.get(field, -1), _key(start), _key(start) + "\U0010ffff"))
        fitting: dict[str, bool] = {}
        return self._counted(document for text, document in rows if _known_fit(value, text, fitting))

    def between(self, field: str, low: str | None, high: str | None, *, with_low: bool, with_high: bool) -> set[int]:
        """Return the documents with a value of a field between two bounds."""
        conditions, bounds = ["value != ''"], []
        if low is not None:
            conditions.append("value >= ?" if with_low else "value > ?")
            bounds.append(low)
        if high is not None:
            conditions.append("value <= ?" if with_high else "value < ?")
            bounds.append(high)
        return self._found(" AND ".join(conditions), field, *bounds)

    def with_any(self, field: str) -> set[int] | frozenset[int]:
        """Return the documents that have any value of a field."""
        return self.everything if field in CONSTANTS else self._found("1", field)

    def with_words(self, asked: str) -> set[int]:
        """Return the documents that answer a query of FTS5."""
        return self._counted(
            number for (number,) in self._database.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,))
        )

    def scores(self, asked: str, weights: Sequence[float]) -> dict[int, float]:
        """Return the documents that answer a query of FTS5 with how well they do; *weights* are those of columns."""
        rank = f"-bm25(words, {', '.join(f'{weight:.6f}' for weight in weights)})"
        statement = f"SELECT rowid, {rank} FROM words WHERE words MATCH ?"  # noqa: S608
        return {number: score for number, score in self._database.execute(statement, (asked,)) if self._takes(1)}

    def _found(self, condition: str, field: str, *values: str) -> set[int]:
        statement = f"SELECT document FROM value WHERE field = ? AND {condition}"  # noqa: S608
        rows = self._database.execute(statement, (self._fields.get(field, -1), *map(_key, values)))
        return self._counted(number for (number,) in rows)

    def _counted(self, numbers: Iterator[int]) -> set[int]:
        found = set(numbers)
        self._takes(len(found))
        return found

    def _takes(self, number: int) -> bool:
        self._left -= number
        if self._left < 0:
            raise UnreadableQuery("The query finds too much; ask for less at once")
        return True


def words_asked(field: str, text: str, *, is_phrase: bool) -> str:
    """Return the query of FTS5 for words in a field of texts, "" where *text* has no words.

    >>> words_asked("title", "空气质量 daily", is_phrase=True)
    'title : ("空气 气质 质量" AND "daily")'
    """
    column = _COLUMNS.get(field, "marked")
    parts = _parts(text, mark_of(field) if column == "marked" else "", is_phrase=is_phrase)
    return f"{column} : ({' AND '.join(parts)})" if parts else ""


def words_anywhere(columns: Sequence[str], text: str, *, is_phrase: bool) -> str:
    """Return the query of FTS5 for words in any of some columns, "" where there are none."""
    parts = _parts(text, "", is_phrase=is_phrase)
    return f"{{{' '.join(columns)}}} : ({' AND '.join(parts)})" if parts else ""


def _parts(text: str, mark: str, *, is_phrase: bool) -> list[str]:
    parts: list[str] = []
    for piece in re.split(f"(?<=[{ANY_SIGNS}{ONE_SIGN}])", text):
        runs = word_runs(piece) if is_phrase else [[word] for word in asked_words(piece)]
        parts += [f'"{" ".join(mark + word for word in run)}"' for run in runs]
        if runs and piece.endswith(ANY_SIGNS):
            parts[-1] += " *"
    return list(dict.fromkeys(parts))


def _known_fit(pattern: str, text: str, known: dict[str, bool]) -> bool:
    if text not in known:
        known.clear()  # values come in their order, so only the last one can come again
        known[text] = fits(pattern, text)
    return known[text]


def fits(pattern: str, text: str) -> bool:
    """Whether a text is as a pattern says; in time that grows with the text, whatever the pattern.

    >>> fits("a\\x00c\\x01", "abbcd"), fits("a\\x00c\\x01", "abb")
    (True, False)
    """
    signs, (first, *others) = _pieces(pattern)
    if signs > len(text):
        return False
    if not others:
        return signs == len(text) and _is_at(first, text, 0)
    if not _is_at(first, text, 0):
        return False
    place = len(first)
    for piece in others[:-1]:
        found = re.compile(_as_expression(piece), re.DOTALL).search(text, place)
        if not found:
            return False
        place = found.end()
    end = len(text) - len(others[-1])
    return end >= place and _is_at(others[-1], text, end)


@lru_cache(maxsize=64)
def _pieces(pattern: str) -> tuple[int, tuple[str, ...]]:
    """Return how many signs a pattern asks for at least, and its pieces between those that stand for any number."""
    first, *others = pattern.split(ANY_SIGNS)
    pieces = (first, *filter(None, others[:-1]), *others[-1:])
    return sum(map(len, pieces)), pieces


def _is_at(piece: str, text: str, place: int) -> bool:
    return all(sign in (ONE_SIGN, text[place + number]) for number, sign in enumerate(piece))


def _as_expression(piece: str) -> str:
    return re.escape(piece).replace(re.escape(ONE_SIGN), ".")


def _key(text: str) -> str:
    return text.encode(errors="replace").decode()
