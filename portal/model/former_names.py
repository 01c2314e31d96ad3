"""Former names of datasets and publishers, dissolved departments: where redirects of old addresses lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from portal.model.catalog import Dataset, Publisher

MovedKind = Literal["datasets", "publishers"]
"""The first part of the addresses."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What stood at ``/<kind>/<old>/`` stands at ``/<kind>/<new>/``."""

    kind: MovedKind
    old: str
    new: str


def moved_names(datasets: Iterable[Dataset], publishers: Iterable[Publisher]) -> Iterator[Moved]:
    """Yield every former name once; a name that something bears now, or that two claim, leads to what has it first.

    A dissolved department without a page of its own leads to its successor, and so do its former ids.
    """
    datasets, publishers = tuple(datasets), tuple(publishers)
    yield from _moved("datasets", ((item.name, item.former_names) for item in datasets))
    followed = followed_by(publishers, {item.publisher.id for item in datasets})
    for old, new in followed.items():
        yield Moved("publishers", old, new)
    for item in _moved("publishers", ((item.id, item.former_ids) for item in publishers)):
        yield Moved(item.kind, item.old, followed.get(item.new, item.new))


def followed_by(publishers: Iterable[Publisher], shown: Collection[str]) -> dict[str, str]:
    """Return for each dissolved department that is not *shown* the id of the first successor that is.

    One whose successors have no datasets either leads nowhere, and so does a circle. Each department is walked over
    once, so that long chains cost no more than short ones.

    >>> from portal.model.text import LocalText
    >>> land, plan = Publisher("land", LocalText("国土局"), successor="plan"), Publisher("plan", LocalText("规划局"))
    >>> followed_by([land, plan], {"plan"}), followed_by([land, plan], set())
    ({'land': 'plan'}, {})
    """
    next_of = {item.id: item.successor for item in publishers}
    ends: dict[str, str] = {}
    for start in next_of:
        way: dict[str, None] = {}
        id_ = start
        while id_ in next_of and id_ not in shown and id_ not in way and id_ not in ends:
            way[id_] = None
            id_ = next_of[id_]
        end = ends.get(id_, id_ if id_ in shown else "")
        ends.update(dict.fromkeys(way, end))
    return {id_: end for id_, end in ends.items() if end}


def taken_over(publishers: Iterable[Publisher], shown: Collection[str]) -> dict[str, tuple[Publisher, ...]]:
    """Return by the id of a department those that lead to it, in the order of the file; see `followed_by`."""
    publishers = tuple(publishers)
    followed = followed_by(publishers, shown)
    found: dict[str, list[Publisher]] = {}
    for item in publishers:
        if item.id in followed:
            found.setdefault(followed[item.id], []).append(item)
    return {id_: tuple(items) for id_, items in found.items()}


def _moved(kind: MovedKind, names: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Moved]:
    names = tuple(names)
    taken = {name for name, _ in names}
    for name, former in names:
        for old in former:
            if old not in taken:
                taken.add(old)
                yield Moved(kind, old, name)
