"""terms.sqlite of a release: terms by keys, lexicon, values in tables, and what of documents counts beside their words.

It is written at build and opened read only. Equal catalogues give equal files.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np

from portal.model.errors import ReleaseError
from portal.publishing.search.lexicon.citizens_words import Group, Lexicon, lexicon_of
from portal.publishing.search.lexicon.stored_lexicon import dump_lexicon, load_lexicon
from portal.publishing.search.meaning.question_words import INTENTS
from portal.publishing.search.meaning.second_list import SUPERSEDED, Kinds
from portal.publishing.search.terms.sounds import Readings, dump_readings, load_readings, usual_readings
from portal.publishing.search.terms.term_keys import TERMS_A_KEY_MAX, Term, keys_of, rank
from portal.publishing.search.terms.value_words import NO_PLACES, Places

FILE_NAME = "terms.sqlite"

_MARKS = {
    "begin": "b",
    "end": "e",
    "around": "a",
    "sound": "s",
    "pinyin": "p",
    "initials": "i",
    "text": "t",
    "value": "v",
}
"""The letter before a key that says what kind of key it is."""
_PLACES = np.dtype("<u4")
_KINDS = (*INTENTS, SUPERSEDED)
_TABLES = """
CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT, key TEXT, kind TEXT, datasets INTEGER);
CREATE TABLE term_key (key TEXT, term INTEGER, PRIMARY KEY (key, term)) WITHOUT ROWID;
CREATE TABLE value (word TEXT PRIMARY KEY, places BLOB) WITHOUT ROWID;
CREATE TABLE content (name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
"""
_BY_KEY = (
    "SELECT text, term.key, kind, datasets FROM term_key JOIN term ON id = term"
    " WHERE term_key.key = ? ORDER BY term LIMIT ?"
)
_ALL_KEYS = (
    "SELECT term_key.key, text, term.key, kind, datasets FROM term_key JOIN term ON id = term"
    " ORDER BY term_key.key, term"
)
_BY_BEGINNING = (
    "SELECT text, term.key, kind, datasets FROM (SELECT DISTINCT term FROM"
    " (SELECT term FROM term_key WHERE key >= ? AND key < ? LIMIT ?) ORDER BY term LIMIT ?)"
    " JOIN term ON id = term ORDER BY id"
)


def write_terms(
    path: Path,
    terms: Iterable[Term],
    groups: Sequence[Group],
    kinds: Kinds,
    values: Mapping[str, Places] = MappingProxyType({}),
) -> None:
    """Write a new file at *path*; terms of most datasets get the lowest ids, so that keys lead to them in order.

    *values* are where words stand in the values of tables.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = sorted(terms, key=rank)
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_TABLES)
        database.executemany(
            "INSERT INTO term VALUES (?, ?, ?, ?, ?)",
            ((number, term.text, term.key, term.kind, term.datasets) for number, term in enumerate(kept)),
        )
        database.executemany("INSERT OR IGNORE INTO term_key VALUES (?, ?)", sorted(_keys(kept)))
        database.executemany(
            "INSERT INTO value VALUES (?, ?)",
            ((word, places.astype(_PLACES).tobytes()) for word, places in sorted(values.items())),
        )
        database.executemany("INSERT INTO content VALUES (?, ?)", sorted(_contents(groups, kinds)))
    with closing(sqlite3.connect(path)) as database:
        database.execute("VACUUM")


def _keys(terms: Sequence[Term]) -> Iterator[tuple[str, int]]:
    """Yield every key with the number of its term; that of the whole text stands for what begins with it."""
    for number, term in enumerate(terms):
        for kind, key in keys_of(term):
            yield _MARKS[kind] + key, number
        if term.kind not in ("part", "english", "value"):
            yield _MARKS["text"] + term.key, number


def _contents(groups: Sequence[Group], kinds: Kinds) -> Iterator[tuple[str, bytes]]:
    yield "readings", dump_readings(usual_readings()).encode()
    yield "lexicon", dump_lexicon(lexicon_of(groups)).encode()
    for kind in _KINDS:
        yield f"kind-{kind}", kinds[kind].astype("?").tobytes()


class TermsFile:
    """Looks terms up in a file that `write_terms` wrote. May be used from several threads at once."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises ReleaseError where it is none, or of another version."""
        self._path = path
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []
        weakref.finalize(self, _close, self._opened)  # a release that was left goes with the last who asks it
        try:
            self._connection.execute("SELECT places FROM value LIMIT 1")
            self.kinds: Kinds = {kind: np.frombuffer(self._content(f"kind-{kind}"), "?") for kind in _KINDS}
        except (sqlite3.Error, ValueError) as error:
            self.close()
            raise self._unusable() from error

    def _content(self, name: str) -> bytes:
        """Return one of the contents. Raises ValueError where there is none of this name."""
        ((data,),) = self._connection.execute("SELECT data FROM content WHERE name = ?", (name,))
        return bytes(data)

    def _unusable(self) -> ReleaseError:
        return ReleaseError(
            f"{self._path} 不是可用的词表文件。请重新运行 portal build。",
            f"{self._path} is no file of terms that can be used. Run portal build again.",
        )

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexicon of the catalogue; read when words are first asked for. Raises ReleaseError where it cannot be."""
        try:
            return load_lexicon(self._content("lexicon"))
        except (sqlite3.Error, KeyError, ValueError) as error:
            raise self._unusable() from error

    @cached_property
    def readings(self) -> Readings:
        """How characters are read; looked up where a slip is first looked for."""
        return load_readings(self._content("readings").decode())

    @property
    def _connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        known: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if known is None:
            known = sqlite3.connect(self._address, uri=True, check_same_thread=False)
            self._own.connection = known
            self._opened.append(known)
        return known

    def look_up(self, kind: str, key: str) -> Sequence[Term]:
        """Return the terms of a key; see `Terms`."""
        return [Term(*row) for row in self._connection.execute(_BY_KEY, (_MARKS[kind] + key, TERMS_A_KEY_MAX))]

    def beginning(self, kind: str, key: str, looked_at_max: int, limit: int) -> Sequence[Term]:
        """Return terms whose key of this kind begins with *key*: the best of the first *looked_at_max*."""
        start = _MARKS[kind] + key
        row = (start, start + "\U0010ffff", looked_at_max, limit)
        return [Term(*row) for row in self._connection.execute(_BY_BEGINNING, row)]

    def places(self, word: str) -> Places:
        """Return the values in tables that have a word; see `Values`."""
        row = self._connection.execute("SELECT places FROM value WHERE word = ?", (word,)).fetchone()
        return np.frombuffer(row[0], _PLACES) if row else NO_PLACES

    def values(self) -> Iterator[tuple[str, Places]]:
        """Yield every word in the values of tables with where it stands."""
        for word, places in self._connection.execute("SELECT word, places FROM value ORDER BY word"):
            yield word, np.frombuffer(places, _PLACES)

    def keyed(self) -> Iterator[tuple[str, str, Term]]:
        """Yield every kind of key and key but those of whole texts, with their terms, the best first."""
        kinds = {mark: kind for kind, mark in _MARKS.items() if kind != "text"}
        for marked, *row in self._connection.execute(_ALL_KEYS):
            if marked[0] in kinds:
                yield kinds[marked[0]], marked[1:], Term(*row)

    def close(self) -> None:
        """Let go of the file."""
        _close(self._opened)


def _close(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()
    connections.clear()
