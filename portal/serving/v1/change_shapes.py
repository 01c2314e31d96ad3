"""JSON of what changed in /api/v1: datasets that were added, changed or withdrawn, each with the time of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from portal.serving.v1.shapes import DatasetItem

ChangeKind = Literal["added", "changed", "withdrawn"]


class ChangeItem(BaseModel):
    """A dataset whose record changed. Of one that was withdrawn nothing is told but its name."""

    name: str
    change: ChangeKind = Field(description="since the moment that was asked for; of several changes the last")
    time: datetime = Field(description="the end of the day of the build that brought it")
    dataset: DatasetItem | None = Field(description="the dataset as it is now, null where it was withdrawn")


class ChangeList(BaseModel):
    """What changed, the newest first."""

    total: int
    items: list[ChangeItem]
    next: str | None = Field(description="the cursor of the next page, null on the last one")
    latest: datetime | None = Field(
        description="the time of the newest change that the catalogue knows: what to ask for next as since"
    )
