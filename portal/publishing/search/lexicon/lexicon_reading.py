"""Reading the lexicon of search: the YAML files that come with the portal, and lexicon.yaml beside catalog.yaml.

A file that cannot be read, a key that is not known or a word that is none is a finding, and everything else counts.
What stands wrong between groups is found by `portal.publishing.search.lexicon.lexicon_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from portal.findings.finding import Finding, found
from portal.model.text import LocalText
from portal.publishing.search.lexicon.citizens_words import WORD_UNITS_MAX, Group
from portal.publishing.search.lexicon.units import units
from portal.yamlfile import UnreadableFile, read_document

LEXICON_FOLDER = Path(__file__).parent
OPERATORS_FILES = ("lexicon.yaml", "lexicon-*.yaml")
"""The names of an operator's files, in the folder of datasets."""

LEXICON_FILES_MAX = 200
"""Files of one lexicon that are read."""
LEXICON_GROUPS_MAX = 20_000
"""Groups of the lexicon that count, those of all files together."""
GROUP_WORDS_MAX = 200
"""Words of one list of a group that count."""

_LISTS = ("words", "same", "plain", "english", "broader")
_KEYS = frozenset([*_LISTS, "dialect"])


@dataclass(frozen=True)
class ReadLexicon:
    """The groups of all files in the order of reading, and what was found in the files."""

    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]


def read_lexicon(datasets_dir: Path | None, folder: Path = LEXICON_FOLDER) -> ReadLexicon:
    """Read the lexicon in *folder* and that of the operator in *datasets_dir*."""
    reader = _portals_own() if folder == LEXICON_FOLDER else _read_folder(folder)
    reader = _Reader(reader.groups, reader.findings)
    if datasets_dir:
        own = {path for pattern in OPERATORS_FILES for path in datasets_dir.glob(pattern)}
        for path in sorted(own)[:LEXICON_FILES_MAX]:
            reader.read(path, path.name)
    return ReadLexicon(tuple(reader.groups), tuple(reader.findings))


def _read_folder(folder: Path) -> _Reader:
    reader = _Reader()
    for path in sorted(folder.glob("*.yaml"))[:LEXICON_FILES_MAX]:
        reader.read(path, path.name)
    return reader


@lru_cache(maxsize=1)
def _portals_own() -> _Reader:
    """Return the lexicon that comes with the portal, read once in a process; nobody may change it."""
    return _read_folder(LEXICON_FOLDER)


class _Reader:
    """Reads file after file; gathers groups and findings."""

    def __init__(self, groups: Iterable[Group] = (), findings: Iterable[Finding] = ()) -> None:
        self.groups: list[Group] = list(groups)
        self.findings: list[Finding] = list(findings)

    def read(self, path: Path, name: str) -> None:
        """Read one file, called *name* in findings."""
        try:
            document = read_document(path)
        except UnreadableFile as error:
            self._say(name, error.row, "", error.reason)
            return
        if document is None:
            return
        if not isinstance(document, dict) or not isinstance(document.get("groups", []), list):
            self._say(name, 1, "groups", LocalText("应是键值对，groups 是列表", "it should hold groups, a list"))
            return
        places = _Places(path)
        for key in sorted(document.keys() - {"topic", "groups"}):
            self._say(name, places.of_key(key), key, _NOT_KNOWN)
        topic = document.get("topic", "")
        if not isinstance(topic, str):
            self._say(name, places.of_key("topic"), "topic", LocalText("应是文字", "it should be text"))
            topic = ""
        for number, entry in enumerate(document.get("groups", ())):
            if len(self.groups) == LEXICON_GROUPS_MAX:
                reason = LocalText(f"超过 {LEXICON_GROUPS_MAX} 组", f"there are over {LEXICON_GROUPS_MAX} groups")
                self._say(name, places.of_group(number), "groups", reason)
                return
            self._read_group(entry, topic, name, number, places)

    def _read_group(self, entry: Any, topic: str, name: str, number: int, places: _Places) -> None:
        row = places.of_group(number)
        if not isinstance(entry, Mapping):
            self._say(name, row, "groups", LocalText("每组应是键值对", "a group should be a mapping"))
            return
        for key in sorted(entry.keys() - _KEYS):
            self._say(name, places.of_word(number, key), key, _NOT_KNOWN)
        told = _Telling(self, name, number, places)
        lists = {key: told.words(entry.get(key), key) for key in _LISTS}
        dialect = entry.get("dialect", {})
        if not isinstance(dialect, Mapping):
            self._say(name, row, "dialect", LocalText("应是键值对：方言和它的词", "it should be dialects with words"))
            dialect = {}
        spoken = tuple((where, told.words(words, f"dialect.{where}")) for where, words in dialect.items())
        if not lists["words"]:
            self._say(name, row, "words", LocalText("一个正式的词也没有", "there is no official word"))
            return
        self.groups.append(Group(**lists, dialect=spoken, topic=topic, file=name, row=row))

    def _say(self, file: str, row: int | None, field: str, reason: Any) -> None:
        self.findings.append(found("lexicon-invalid", file=file, row=row, field=field or "groups", reason=reason))


@dataclass(frozen=True)
class _Telling:
    """Reads the lists of one group."""

    reader: _Reader
    file: str
    number: int
    places: _Places

    def words(self, value: Any, key: str) -> tuple[str, ...]:
        """Return the words of a list that can be used."""
        if value is None:
            return ()
        if not isinstance(value, list):
            self.reader._say(self.file, self.places.of_group(self.number), key, _NO_LIST)
            return ()
        if len(value) > GROUP_WORDS_MAX:
            reason = LocalText(f"超过 {GROUP_WORDS_MAX} 个词", f"there are over {GROUP_WORDS_MAX} words")
            self.reader._say(self.file, self.places.of_group(self.number), key, reason)
        return tuple(word for item in value[:GROUP_WORDS_MAX] if (word := self._word(item, key)))

    def _word(self, item: Any, key: str) -> str:
        """Return one word, "" for what is none. Digits without quotes, as in 12345, are words."""
        word = str(item).strip() if isinstance(item, str | int | float) and not isinstance(item, bool) else ""
        cut = units(word)
        row = self.places.of_word(self.number, word)
        if not word or len(cut) > WORD_UNITS_MAX:
            self.reader._say(self.file, row, key, LocalText("不是词，或者太长", "it is no word, or too long"))
            return ""
        if is_too_short(cut):
            self.reader.findings.append(found("lexicon-word-short", file=self.file, row=row, field=key, value=word))
            return ""
        return word


def is_too_short(cut: list[str]) -> bool:
    """Whether units make no word: a single character, Chinese or not.

    >>> [is_too_short(units(word)) for word in ("水", "水价", "x", "EV", "5G", "A股")]
    [True, False, True, False, False, False]
    """
    return not cut or (len(cut) == 1 and len(cut[0]) < 2)


_NOT_KNOWN = LocalText("没有这个键", "there is no such key")
_NO_LIST = LocalText("应是列表", "it should be a list")


class _Places:
    """Where the groups and words of a file stand: rows from 1. The file was read before, so it is known to be YAML."""

    def __init__(self, path: Path) -> None:
        self._keys: dict[str, int] = {}
        self._groups: list[tuple[int, dict[str, int]]] = []
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            self._keys[str(key.value)] = _row(key)
            if key.value == "groups" and isinstance(value, yaml.SequenceNode):
                self._groups = [(_row(item), dict(_scalars([item]))) for item in value.value]

    def of_key(self, key: str) -> int:
        """Return the row of a key at the top."""
        return self._keys.get(key, 1)

    def of_group(self, number: int) -> int:
        """Return the row in which a group begins."""
        return self._groups[number][0] if number < len(self._groups) else 1

    def of_word(self, number: int, word: str) -> int:
        """Return the row of a word or key of a group."""
        return self._groups[number][1].get(word, self.of_group(number)) if number < len(self._groups) else 1


def _row(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _scalars(nodes: Iterable[yaml.Node]) -> Iterator[tuple[str, int]]:
    """Yield the scalars within *nodes* with their rows, the last of equal ones last."""
    for node in nodes:
        if isinstance(node, yaml.ScalarNode):
            yield str(node.value), _row(node)
        elif isinstance(node, yaml.SequenceNode):
            yield from _scalars(node.value)
        elif isinstance(node, yaml.MappingNode):
            yield from _scalars(part for pair in node.value for part in pair)
