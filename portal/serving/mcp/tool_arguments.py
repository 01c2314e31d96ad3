"""Arguments of the tools for agents (pydantic): what each may be, its bounds, its JSON Schema, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from portal.model.errors import QueryError
from portal.publishing.rows.row_parameters import CURSOR_CHARACTERS_MAX, WORDS_CHARACTERS_MAX
from portal.publishing.search.query import PAGE_MAX, VALUES_MAX
from portal.publishing.search.tokeniser import QUERY_CHARACTERS_MAX
from portal.serving.rows.known_columns import shown

FOUND_SHOWN = 10
"""Datasets of a search where nobody says how many."""
FOUND_FOR_AGENTS_MAX = 50
"""Datasets of one page of a search."""
ROWS_SHOWN_TO_AGENTS = 20
"""Rows of an answer where nobody says how many."""
ROWS_FOR_AGENTS_MAX = 500
"""Rows of one page that an agent may ask for; larger answers are files."""
ROWS_PREVIEWED_MAX = 50
"""Rows of a preview."""
FILES_FOR_AGENTS_MAX = 200
"""Addresses of files of one answer."""
NAME_CHARACTERS_MAX = 200
"""Characters of a name that an agent asks for: of a dataset, a resource, a column."""
FILTERS_MAX = 50
"""Filters of one question of an agent."""
COLUMNS_LISTED_MAX = 40
"""Columns of one list in a question of an agent."""

Asked = TypeVar("Asked", bound="Arguments")


def _listed(value: object) -> object:
    """Return a single text as a list of one; agents write both."""
    return [value] if isinstance(value, str) else value


_Text = Annotated[str, Field(max_length=NAME_CHARACTERS_MAX)]
_Name = Annotated[str, Field(min_length=1, max_length=NAME_CHARACTERS_MAX)]
_Values = Annotated[list[_Text], BeforeValidator(_listed), Field(max_length=VALUES_MAX)]
_Columns = Annotated[list[_Name], BeforeValidator(_listed), Field(max_length=COLUMNS_LISTED_MAX)]
_Cell = str | int | float | bool | None


class Arguments(BaseModel):
    """What every tool takes; an argument that there is not is refused."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["zh", "en"] = Field("zh", description="language of titles and explanations")


class OverviewArguments(Arguments):
    """How much of the whole is told."""

    full: bool = Field(False, description="all publishers and topics, not the largest alone; the trend")


class SearchArguments(Arguments):
    """What is looked for."""

    q: str = Field(
        "",
        max_length=QUERY_CHARACTERS_MAX,
        description="words that all must occur, or a question; empty for everything",
    )
    publisher: _Values = Field([], description="ids of publishers, of which one must hold")
    theme: _Values = Field([], description="ids of topics")
    format: _Values = Field([], description="formats of files, e.g. CSV")
    license: _Values = Field([], description="names of licences")
    spatial: _Values = Field([], description="codes of places (GB/T 2260)")
    year: _Values = Field([], description="years that the data cover")
    area: _Values = Field([], description="ids of areas of supervision")
    sharing: _Values = Field([], description="unconditional, conditional or none")
    update_cycle: _Values = Field([], description="e.g. monthly")
    open: _Values = Field([], description="open, conditional, planned or closed")
    sort: Literal["", "relevance", "updated", "title", "quality", "used"] = ""
    page: int = Field(1, ge=1, le=PAGE_MAX)
    limit: int = Field(FOUND_SHOWN, ge=1, le=FOUND_FOR_AGENTS_MAX, description="datasets a page")
    counts: bool = Field(False, description="also the values to filter by, with their numbers")
    full: bool = Field(False, description="whole descriptions, topics, formats and licence of each")


class DescribeArguments(Arguments):
    """Which dataset is described, and how fully."""

    dataset: _Name = Field(description="name of the dataset, as search_datasets gives it")
    resource: str = Field("", max_length=NAME_CHARACTERS_MAX, description="this resource alone, with all columns")
    full: bool = Field(False, description="everything the catalogue knows, with every file")


class FilesArguments(Arguments):
    """Which files are wanted."""

    dataset: _Name = Field(description="name of the dataset")
    resource: str = Field("", max_length=NAME_CHARACTERS_MAX, description="files of this resource alone")
    format: str = Field("", max_length=20, description="files of this format alone, e.g. csv")


class _TableArguments(Arguments):
    dataset: _Name = Field(description="name of the dataset")
    resource: str = Field(
        "",
        max_length=NAME_CHARACTERS_MAX,
        description="name of the table; without it the only one, or all as one where they have the same columns",
    )
    fields: _Columns = Field([], description="columns to give; without them all")
    full_cells: bool = Field(False, description="long cells whole, not their beginning alone")


class PreviewArguments(_TableArguments):
    """Which rows are looked at."""

    rows: int = Field(5, ge=1, le=ROWS_PREVIEWED_MAX)


class QueryArguments(_TableArguments):
    """What is asked of the rows of a table, in the grammar of the API."""

    filters: dict[_Name, _Cell | list[_Cell]] = Field(
        {},
        max_length=FILTERS_MAX,
        description="all must hold: column = value, or column__op with op of eq ne gt gte lt lte in contains "
        'startswith isnull; e.g. {"year__gte": 2020, "district": ["A", "B"], "note__contains": "x"}. '
        "A dot follows a foreign key: market.name",
    )
    where: dict[str, Any] | None = Field(
        None,
        description='a tree beside filters: {"field", "op", "value"}, or {"and": […]}, {"or": […]}, {"not": …}',
    )
    q: str = Field("", max_length=WORDS_CHARACTERS_MAX, description="words that stand anywhere in the row")
    sort: _Columns = Field([], description="columns to sort by, - in front for descending; also an aggregate")
    group_by: _Columns = Field([], description="columns; of days and times also column:year, :quarter, :month …")
    aggregate: _Columns = Field([], description="count, count(c), sum(c), avg(c), min(c), max(c), median(c)")
    distinct: bool = Field(False, description="equal rows once")
    limit: int = Field(ROWS_SHOWN_TO_AGENTS, ge=1, le=ROWS_FOR_AGENTS_MAX)
    cursor: str = Field("", max_length=CURSOR_CHARACTERS_MAX, description="next of the page before")


def read_arguments(shape: type[Asked], given: Mapping[str, Any]) -> Asked:
    """Return what was *given* as *shape*. Raises QueryError with the argument and what it may be."""
    try:
        return shape.model_validate(dict(given))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
    except RecursionError:
        raise QueryError("arguments", "参数嵌套太深", "The arguments are nested too deep.") from None
    place = ".".join(str(part) for part in first["loc"]) or "arguments"
    zh, en = _sentence(first["type"], first.get("ctx", {}), first["msg"], shape)
    raise QueryError(shown(place), f"{shown(place)}：{zh}", f"{shown(place)}: {en}")


def schema_of(shape: type[Arguments]) -> dict[str, Any]:
    """Return the JSON Schema of arguments, without the titles that only repeat their names."""
    schema = _untitled(shape.model_json_schema())
    schema.pop("description", None)
    return {"type": "object", **schema}


def _sentence(kind: str, context: Mapping[str, Any], said: str, shape: type[Arguments]) -> tuple[str, str]:
    """Return what is wrong and what may be, in both languages."""
    match kind:
        case "missing":
            return "必须填写", "it must be given."
        case "extra_forbidden":
            names = ", ".join(shape.model_fields)
            return f"没有这个参数。可用：{names}", f"there is no such argument. Use {names}."
        case "less_than_equal":
            return f"最大 {context['le']}", f"at most {context['le']}."
        case "greater_than_equal":
            return f"最小 {context['ge']}", f"at least {context['ge']}."
        case "string_too_long":
            return f"最多 {context['max_length']} 个字符", f"at most {context['max_length']} characters."
        case "string_too_short":
            return "不能为空", "it must not be empty."
        case "too_long":
            return f"最多 {context['max_length']} 项", f"at most {context['max_length']} items."
        case "literal_error":
            return f"可取 {context['expected']}", f"one of {context['expected']}."
        case _:
            return f"类型不对，见参数说明（{said}）", f"it is of the wrong type, see the schema of the tool ({said})."


def _untitled(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: {name: _untitled(item) for name, item in value.items()} if key == "properties" else _untitled(value)
            for key, value in schema.items()
            if key != "title" or not isinstance(value, str)
        }
    return [_untitled(item) for item in schema] if isinstance(schema, list) else schema
