"""Rules on what a descriptor states: addresses that cannot be linked, control characters, days out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.examining.reading.descriptors.paths import is_web_address
from portal.examining.reading.descriptors.wanted_values import YEARS, as_list, as_mapping, read_day
from portal.examining.validation.metadata.rule import Facts, catalogue_of, find, is_stated
from portal.findings.finding import Finding
from portal.model.catalog import Dataset
from portal.model.text import LocalText, control_characters

_A_DAY = LocalText(
    f"应写成 YYYY-MM-DD 的日期，{YEARS[0]} 年到 {YEARS[-1]} 年之间",
    f"it should be a date as YYYY-MM-DD, from {YEARS[0]} to {YEARS[-1]}",
)
_AN_ADDRESS = LocalText(
    "应是以 http:// 或 https:// 开头的网址；现没有作为链接发布",
    "it should be an address that begins with http:// or https://; it is not published as a link",
)
_ENCODED = LocalText(
    "网址里有空格或其他不能直接写的字符，已按百分号编码发布",
    "the address holds a blank or another sign that may not stand in one; it is published percent-encoded",
)


def dates_readable(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Dates are written YYYY-MM-DD, and lie in our time."""
    catalogue = catalogue_of(dataset)
    planned = catalogue.get("planned")
    is_day_planned = isinstance(planned, Mapping) or not isinstance(planned, bool)
    for field, value in (
        ("catalogue.published", catalogue.get("published")),
        ("catalogue.updated", catalogue.get("updated")),
        ("catalogue.planned", as_mapping(planned).get("on") if isinstance(planned, Mapping) else planned),
        ("created", dataset.descriptor.get("created")),
    ):
        if is_stated(value) and read_day(value) is None and (is_day_planned or field != "catalogue.planned"):
            yield find(dataset, "value-type", field=field, value=value, reason=_A_DAY)


def addresses_linked(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """The homepage and the sources are addresses on the web; any other is left out of what is published."""
    document = dataset.descriptor
    stated = [("homepage", document.get("homepage"))]
    stated += [
        (f"sources[{number}].path", as_mapping(entry).get("path"))
        for number, entry in enumerate(as_list(document.get("sources")))
    ]
    for field, value in stated:
        if not is_stated(value):
            continue
        if not isinstance(value, str) or not is_web_address(value.strip()):
            yield find(dataset, "value-type", field=field, value=value, reason=_AN_ADDRESS)
        elif any(char.isspace() or char in '<>"{}|\\\\^`' for char in value.strip()):
            yield find(dataset, "value-type", field=field, value=value, reason=_ENCODED)


def texts_without_controls(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Titles and descriptions hold no control characters: they are left out, for pages and XML may not hold them."""
    document = dataset.descriptor
    for path, entry in (("", document), *_resources(document)):
        for key in ("title", "description", "keywords"):
            found = dict.fromkeys(char for text in _texts(entry.get(key)) for char in control_characters(text))
            if found:
                characters = ", ".join(f"U+{ord(char):04X}" for char in found)
                yield find(dataset, "control-characters", field=f"{path}{key}", characters=characters)


def _resources(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, entry in enumerate(as_list(document.get("resources"))):
        yield f"resources[{number}].", as_mapping(entry)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item) if isinstance(item, str) else ()
