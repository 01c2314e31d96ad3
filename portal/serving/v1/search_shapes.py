"""JSON of a search in /api/v1, field by field (pydantic): exact hits, what may be meant and why, rows, suggestions."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from portal.serving.v1.shapes import DatasetItem, FacetCount


class TextPieceShape(BaseModel):
    """A piece of a text, and whether it is what was asked for."""

    text: str
    match: bool


class HighlightsShape(BaseModel):
    """A title and a part of a description in pieces, so that what was asked for can be marked."""

    title: list[TextPieceShape]
    description: list[TextPieceShape]


class FoundItem(DatasetItem):
    """A dataset that was found."""

    highlights: HighlightsShape | None = Field(description="null where no words were asked for")


class BecauseShape(BaseModel):
    """A reason why a dataset may be meant."""

    kind: Literal["words", "synonym", "broader", "narrower", "translation", "typo", "homophone", "pinyin", "value"]
    typed: str = Field(description="a part of what was asked")
    meant: str = Field(description="the words found instead of it")


class MeantItem(FoundItem):
    """A dataset that may be meant."""

    because: list[BecauseShape] = Field(description="why it may be meant, the strongest reason first")


class MeantList(BaseModel):
    """Datasets that may be meant, the likeliest first; they are no exact hits and in no total."""

    items: list[MeantItem]


class CellShape(BaseModel):
    """A cell of a row that was found."""

    name: str = Field(description="the name of the column")
    title: str = Field(description="what the column is called")
    value: str = Field(description="the cell as text; for a code the name that it stands for")


class FoundRowShape(BaseModel):
    """A row of an open table that names what was asked for."""

    dataset: str = Field(description="the name of its dataset")
    dataset_title: str
    resource: str = Field(description="the name of its table")
    row: int = Field(description="the row of the table, counted from 1 with the header as row 1")
    title: str = Field(description="the name that was found")
    cells: list[CellShape]
    updated: date | None = Field(description="when the dataset was updated")
    place: str = Field(description="the place that the dataset is about")
    url: str = Field(description="the page on which the row is shown")


class ThingShape(BaseModel):
    """A thing that was asked for."""

    typed: str
    meant: list[str] = Field(description="other words for it that were looked for, too")


class BroaderShape(BaseModel):
    """A wider query that finds something."""

    q: str
    left_out: list[str] = Field(description="what it leaves out of what was asked")
    total: int


class UnderstoodShape(BaseModel):
    """What was understood of the words of a search, beyond the letter."""

    things: list[ThingShape]
    dropped: list[str] = Field(description="words that say nothing of the thing, such as where can I find")
    intents: list[str] = Field(description="kinds of data that are raised: places, statistics, matters, lists, series")
    is_personal: bool = Field(description="whether one person's record is asked for, which is never open")
    broader: BroaderShape | None = Field(description="where nothing was found: the nearest wider query")


class DatasetList(BaseModel):
    """A page of search results. What may be meant and rows that answer stand on the first page."""

    total: int = Field(description="how many datasets have every word")
    items: list[FoundItem]
    facets: dict[str, list[FacetCount]]
    page: int
    pages: int
    query: dict[str, Any] = Field(description="the query as it was understood")
    also: MeantList
    answers: list[FoundRowShape]
    understood: UnderstoodShape


class SuggestionShape(BaseModel):
    """A completion of what is being typed."""

    text: str = Field(description="what to search for")
    kind: Literal["title", "publisher", "word"]
    because: BecauseShape | None = Field(description="null where it begins with what was typed")


class SuggestionList(BaseModel):
    """Completions of what is being typed, the best first."""

    query: str
    items: list[SuggestionShape]
