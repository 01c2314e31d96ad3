"""The lexicon as JSON in a release, with all its look-ups worked out; groups are made of it when asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, overload

from portal.publishing.search.lexicon.citizens_words import Group, Lexicon

_LISTS = ("words", "same", "plain", "english", "broader")


def dump_lexicon(lexicon: Lexicon) -> str:
    """Return a lexicon as JSON; where its groups were written is left out."""
    keys = [field.name for field in fields(Group) if field.name not in ("file", "row")]
    groups = [{key: value for key in keys if (value := getattr(group, key))} for group in lexicon.groups]
    record = {"groups": groups, "by_key": lexicon.by_key, "wider": lexicon.wider, "narrower": lexicon.narrower}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def load_lexicon(text: str | bytes) -> Lexicon:
    """Read what `dump_lexicon` gave. Raises ValueError or KeyError for anything else."""
    record: Mapping[str, Any] = json.loads(text)
    return Lexicon(
        groups=_Groups(record["groups"]),
        by_key=record["by_key"],
        wider={int(number): others for number, others in record["wider"].items()},
        narrower={int(number): others for number, others in record["narrower"].items()},
    )


class _Groups(Sequence[Group]):
    """Groups that are made when they are first asked for: a question leads to few of them."""

    def __init__(self, records: Sequence[Mapping[str, Any]]) -> None:
        self._records = records
        self._made: dict[int, Group] = {}

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, number: int) -> Group: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Group]: ...

    def __getitem__(self, number: int | slice) -> Group | Sequence[Group]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        if number not in self._made:
            self._made[number] = _group(self._records[number])
        return self._made[number]

    def __iter__(self) -> Iterator[Group]:
        return (self[number] for number in range(len(self)))


def _group(record: Mapping[str, Any]) -> Group:
    lists: dict[str, Any] = {key: tuple(record.get(key, ())) for key in _LISTS}
    dialect = tuple((where, tuple(words)) for where, words in record.get("dialect", ()))
    return Group(**lists, dialect=dialect, topic=record.get("topic", ""))
