"""The committed queries over the sample: what citizens type, and which datasets or rows of tables answer it.

They stand in ``relevance_queries/``, a file a kind. Half of them, by their ids, are for tuning; the other half is
reported, and nobody looks at which of those fail. A query keeps its id for good, and so its half; new ones come last.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "relevance_queries"
KINDS = ("words", "question", "dialect", "pinyin", "initials", "typo", "homophone", "english", "row", "none")


@dataclass(frozen=True)
class WantedRow:
    """A row that answers: the *title* is the value of its name-like column, or its code."""

    dataset: str
    resource: str
    title: str


@dataclass(frozen=True)
class AskedQuery:
    """A query as a citizen types it; any of *fits* answers it, of kind ``row`` any of *rows*, of ``none`` nothing."""

    id: str
    kind: str
    text: str
    fits: tuple[str, ...] = ()
    rows: tuple[WantedRow, ...] = ()
    dialect: str = ""

    @property
    def is_reported(self) -> bool:
        """Whether it belongs to the half that is only ever reported."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 1


def read_queries(folder: Path = FOLDER) -> tuple[AskedQuery, ...]:
    """Read all queries, kind by kind."""
    return tuple(
        AskedQuery(
            id=item["id"],
            kind=kind,
            text=item["text"],
            fits=tuple(item.get("fits", ())),
            rows=tuple(WantedRow(**row) for row in item.get("rows", ())),
            dialect=item.get("of", ""),
        )
        for kind in KINDS
        for item in yaml.safe_load((folder / f"{kind}.yaml").read_text(encoding="utf-8"))
    )
