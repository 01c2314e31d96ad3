"""What every rule on metadata gets (facts of the whole catalogue), and how it makes a finding.

A rule is asked once for each dataset, so all that it needs to know of the whole catalogue is gathered beforehand, once,
in `Facts`; no rule goes through the catalogue itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.findings.details import Listed, listed
from portal.findings.finding import Finding, found
from portal.model.catalog import Catalog, Dataset, Theme
from portal.model.text import LANGUAGES, LIST_SIGNS, LocalText

NAMES_SHOWN_MAX = 5
"""How many names of datasets, items and the like one finding tells."""


@dataclass(frozen=True)
class Facts:
    """What rules know of the whole catalogue, of what was released before, and of the day.

    *codes* are the names of the datasets that state each resource code, *former_names* those that claim each former
    name, in the order of names. *released* is the code of each dataset that was ever released, *owners* the reverse.
    """

    names: frozenset[str] = frozenset()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    former_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    columns: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    """The declared columns of each resource of each dataset; none where nobody declared them."""
    released: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_national: bool = False
    today: date | None = None


Rule = Callable[[Dataset, Facts], Iterator[Finding]]


def facts_of(
    catalog: Catalog, *, is_national: bool, today: date | None, released: Mapping[str, str] | None = None
) -> Facts:
    """Gather the facts in one pass over *catalog*; *released* is the code of each dataset released before."""
    released = released or {}
    return Facts(
        names=frozenset(item.name for item in catalog.datasets),
        codes=_gathered((item.code, item.name) for item in catalog.datasets if item.code),
        former_names=_gathered((name, item.name) for item in catalog.datasets for name in item.former_names),
        themes=catalog.themes,
        columns={
            item.name: {table.name: frozenset(one.name for one in table.schema.fields) for table in item.resources}
            for item in catalog.datasets
        },
        released=released,
        owners=_gathered((code, name) for name, code in released.items()),
        is_national=is_national,
        today=today,
    )


def _gathered(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in gathered.items()}


def catalogue_of(dataset: Dataset) -> Mapping[str, Any]:
    """Return the block ``catalogue`` as the publisher wrote it."""
    return dataset.catalogue


def is_stated(value: object) -> bool:
    """Whether a key holds anything.

    >>> [is_stated(value) for value in (None, "", " ", [], {}, 0, False, "无")]
    [False, False, False, False, False, True, True, True]
    """
    return not (value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip()))


def find(dataset: Dataset, code: str, **details: Any) -> Finding:
    """Make a finding in the description of *dataset*."""
    return found(code, dataset=dataset.name, file=dataset.descriptor_file, **details)


def with_codes(terms: Mapping[str, LocalText]) -> LocalText:
    """Return the terms of a closed list, each after the code by which a descriptor names it.

    >>> with_codes({"1": LocalText("党中央", "Party"), "2": LocalText("国务院", "State Council")}).en
    '1 Party, 2 State Council'
    """
    told = [LocalText(f"{code} {title.zh}", f"{code} {title.en}") for code, title in terms.items()]
    return LocalText(*(LIST_SIGNS["en"].join(text.to(lang) for text in told) for lang in LANGUAGES))


def joined(texts: Sequence[str]) -> Listed:
    """Return the first of *texts* as a list, with how many there are where some are left out.

    >>> from portal.findings.words import said
    >>> said(joined([*"abcdefg"]), "en")
    'a, b, c, d, e and others, 7 in all'
    """
    return listed(texts[:NAMES_SHOWN_MAX], len(texts))
