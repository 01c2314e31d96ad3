"""The reference of the API on the page for developers: endpoints, parameters with bounds, shapes of answers, errors.

Parameters come from their declaration. The shapes are those of the description for programs (OpenAPI): they belong to
the server, which pages may not know, so ``docs/make_reference.py`` keeps them in ``answer_shapes.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate
from portal.model.api import (
    Amount,
    Choice,
    Columns,
    Count,
    Moment,
    Name,
    Parameter,
    Several,
    Text,
    Token,
    WholeNumber,
    Words,
    YesNo,
)
from portal.model.api import Endpoint as DeclaredEndpoint
from portal.model.text import enumerated
from portal.publishing.site.contexts.data_tables import Cell, DataTable, columns
from portal.publishing.site.contexts.developer_contexts import Endpoint, Shape

SHAPES_FILE = Path(__file__).parent.parent / "answer_shapes.json"
"""The shapes of answers, made from the description of the API."""

STATUS_WORDS = {
    400: _("a parameter is unknown, of the wrong type or out of bounds; broken JSON"),
    404: _("there is no such thing, or it is not open; the answer says why"),
    406: _("none of the formats that Accept names is made"),
    408: _("the question took too long: filter more, sort or group less, or take the file"),
    409: _("the question does not fit this table, or its parts do not fit each other"),
    413: _("more than the format or a request holds"),
    414: _("the address is too long: post the question as JSON"),
    415: _("what was posted is not JSON"),
    429: _("too many requests: wait as long as Retry-After says"),
    503: _("the release is being put right: try again after Retry-After"),
}
"""What each status of an error means, and what to do."""


def endpoint(item: DeclaredEndpoint, lang: str, example: str) -> Endpoint:
    """Return one endpoint with its reference; *example* is an address to try."""
    shapes = answer_shapes()
    return Endpoint(
        id=f"api-{item.operation}",
        methods=("GET", "POST") if item.takes_body else ("GET",),
        path=item.path,
        title=translate(lang, item.about),
        summary="",
        parameters=DataTable(
            columns(lang, ("Parameter", "name"), ("Meaning", "text"), ("Values", "text")),
            tuple(_parameter(parameter, lang) for parameter in item.parameters),
        ),
        example=example,
        answer=shapes["answers"].get(item.operation, ""),
        posted=shapes["posted"] if item.takes_body else "",
        errors=tuple(str(status) for status in (*item.errors, *((415,) if item.takes_body else ()))),
    )


def shape_views(lang: str) -> Iterator[Shape]:
    """Yield every shape that answers have, in the order of their names."""
    for name, shape in answer_shapes()["shapes"].items():
        yield Shape(
            name=name,
            summary=_said(shape["about"], lang),
            keys=DataTable(
                columns(lang, ("Key", "name"), ("Type", "text"), ("Meaning", "text")),
                tuple(
                    (Cell(code=key), Cell(code=type_), Cell(_said(about, lang))) for key, type_, about in shape["keys"]
                ),
            ),
            parts=tuple(shape["parts"]),
        )


def errors_table(lang: str) -> DataTable:
    """Return what each status means."""
    return DataTable(
        columns(lang, ("Status", "name"), ("Meaning", "text")),
        tuple((Cell(str(status)), Cell(translate(lang, words))) for status, words in STATUS_WORDS.items()),
    )


@cache
def answer_shapes() -> dict[str, Any]:
    """Return the shapes of answers: which operation answers with which, and the keys of each."""
    shapes: dict[str, Any] = json.loads(SHAPES_FILE.read_text(encoding="utf-8"))
    return shapes


def _said(text: str, lang: str) -> str:
    """Return a sentence of `portal.publishing.site.pages.shape_words` in the language of the page."""
    return translate(lang, text) if text else ""


def _parameter(item: Parameter, lang: str) -> tuple[Cell, Cell, Cell]:
    name = translate(lang, "a column") if isinstance(item, Columns) else ""
    return (
        Cell(text=name, code="" if name else item.name),
        Cell(item.meaning.to(lang)),
        Cell(parameter_values(item, lang)),
    )


def parameter_values(item: Parameter, lang: str) -> str:
    """Return what may be written for a parameter, its bounds and what holds where nothing is written.

    >>> from portal.model.text import LocalText
    >>> parameter_values(WholeNumber("page", LocalText("页", "Page"), 1, 1000), "en")
    '1 to 1,000; without it 1'
    """

    def otherwise(text: str, default: str) -> str:
        return translate(lang, "%(values)s; without it %(default)s", values=text, default=default) if default else text

    match item:
        case Name():
            return translate(lang, "in the address")
        case Words():
            return translate(lang, "text of at most %(num)s characters", num=number_text(lang, item.characters_max))
        case Several():
            return translate(lang, "any; repeat it for several")
        case Choice():
            return otherwise(enumerated(lang, item.options), item.default)
        case Columns():
            return translate(lang, "the name of a column, and an operator")
        case Text():
            text = translate(lang, "text of at most %(num)s characters", num=number_text(lang, item.characters_max))
            return translate(lang, "%(values)s; may be repeated", values=text) if item.repeats else text
        case YesNo():
            return otherwise(enumerated(lang, ("true", "false")), str(item.default).lower())
        case Amount():
            return translate(lang, "1 to %(maximum)s, or all", maximum=number_text(lang, item.maximum))
        case WholeNumber():
            numbers = translate(lang, "1 to %(maximum)s", maximum=number_text(lang, item.maximum))
            return otherwise(numbers, number_text(lang, item.default))
        case Count():
            return translate(lang, "a whole number from 0")
        case Moment():
            return translate(lang, "a day or a time, such as 2026-06-01 or 2026-06-01T08:00:00+08:00")
        case Token():
            return translate(lang, "as the page before gave it")
        case _:
            return ""
