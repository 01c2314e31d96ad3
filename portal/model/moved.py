"""Names that datasets and publishers had before: their addresses lead to the present ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    """Yield every former name once; a name that something bears now, or that two claim, leads to what has it first."""
    datasets, publishers = tuple(datasets), tuple(publishers)
    yield from _moved("datasets", ((item.name, item.former_names) for item in datasets))
    yield from _moved("publishers", ((item.id, item.former_ids) for item in publishers))


def _moved(kind: MovedKind, names: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Moved]:
    names = tuple(names)
    taken = {name for name, _ in names}
    for name, former in names:
        for old in former:
            if old not in taken:
                taken.add(old)
                yield Moved(kind, old, name)
