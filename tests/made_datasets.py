"""Published datasets that Hypothesis makes up: every element of the catalogue, and texts that want to break out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.model.catalog import (
    Dataset,
    Field,
    ForeignKey,
    Licence,
    Origin,
    Publisher,
    Resource,
    Schema,
    Sharing,
    Theme,
)
from portal.model.guide import Category, DataFormat, GuideEntry, Item, Volume
from portal.model.known_formats import MEDIA_TYPES, UNKNOWN_MEDIA_TYPE
from portal.model.terms import LICENCES, THEMES
from portal.model.text import LocalText
from portal.publishing.formats.datapackage import schema_descriptor
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

BASE = "https://data.example.cn/open"

NASTY = ["</script>", "a|b", "`x`", "# c", "=1+1", '"', "]]>", "\\", "行\n行", "<b>&", "\x0b", "1. x", "$"]
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12) | st.sampled_from(NASTY)
MAYBE = WORDS | st.just("")
TEXTS = st.builds(LocalText, WORDS, MAYBE)
MAYBE_TEXTS = st.builds(LocalText, MAYBE, MAYBE)
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
ADDRESSES = st.from_regex(r"https://[a-z]{1,8}\.example\.com/[a-z0-9?=&/]{0,9}", fullmatch=True)
KNOWN_LICENCES = st.sampled_from([item.as_licence() for item in LICENCES.values()])

SCHEMAS = st.builds(
    Schema,
    st.lists(
        st.builds(
            Field,
            WORDS,
            TEXTS,
            st.sampled_from(["string", "integer", "date", "any"]),
            st.just("default"),
            st.builds(LocalText, MAYBE),
            st.dictionaries(st.sampled_from(["required", "unique"]), st.booleans()),
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda field: field.name,
    ).map(tuple),
    st.lists(WORDS, max_size=2).map(tuple),
    st.lists(st.builds(ForeignKey, st.tuples(WORDS), NAMES, st.tuples(WORDS)), max_size=1).map(tuple),
)


def with_titles_alike(schemas: list[Schema]) -> list[Schema]:
    """Return the schemas with one English title for each name of a field, as a descriptor has them."""
    english: dict[str, str] = {}
    return [
        Schema(
            tuple(
                Field(
                    item.name,
                    LocalText(item.title.zh, english.setdefault(item.name, item.title.en)),
                    item.type,
                    item.format,
                    item.description,
                    item.constraints,
                )
                for item in schema.fields
            ),
            schema.primary_key,
            schema.foreign_keys,
        )
        for schema in schemas
    ]


@st.composite
def tables(draw: st.DrawFn, dataset: str) -> tuple[PublishedResource, ...]:
    """Draw tables of *dataset*, each with its CSV, and perhaps a link."""
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    schemas = with_titles_alike([draw(SCHEMAS) for _ in names])
    resources = []
    for name, schema in zip(names, schemas, strict=True):
        resource = Resource(name, draw(TEXTS), "table", "csv", "text/csv", draw(MAYBE_TEXTS), schema=schema)
        file = PublishedFile(
            f"data/{dataset}/{name}.csv", "csv", "text/csv", draw(st.integers(0, 9)), "0" * 64, download_name=""
        )
        resources.append(PublishedResource(resource, (file,), table_schema=schema_descriptor(schema)))
    return tuple(resources) + draw(links(1, names=("elsewhere",)))


@st.composite
def links(
    draw: st.DrawFn, most: int, *, names: tuple[str, ...] = (), translated: bool = True
) -> tuple[PublishedResource, ...]:
    """Draw resources that lie on other sites, of the *names*, else numbered."""
    texts = MAYBE_TEXTS if translated else st.builds(LocalText, MAYBE)
    resources = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        name = names[number - 1] if names else f"resource-{number}"
        format_ = draw(st.sampled_from(["csv", "pdf", "wms"]))
        media_type = MEDIA_TYPES.get(format_, UNKNOWN_MEDIA_TYPE)
        resource = Resource(name, draw(texts), "link", format_, media_type, draw(texts), url=draw(ADDRESSES))
        resources.append(PublishedResource(resource))
    return tuple(resources)


GUIDES = st.builds(
    GuideEntry,
    category=st.builds(Category, st.sampled_from(["", "base", "department"]), MAYBE, MAYBE, MAYBE),
    data_format=st.builds(DataFormat, MAYBE, MAYBE, MAYBE),
    items=st.lists(st.builds(Item, WORDS, MAYBE, MAYBE, st.none() | st.integers(1, 99)), max_size=2).map(tuple),
    related_codes=st.lists(WORDS, max_size=2).map(tuple),
    provider_unit=MAYBE,
    secrecy=MAYBE,
    systems=st.lists(WORDS, max_size=2).map(tuple),
    network=MAYBE,
    location=MAYBE,
    responsible=MAYBE,
    phone=MAYBE,
    ownership=MAYBE,
    online_url=MAYBE,
    volume=st.builds(Volume, *[MAYBE] * 6),
)


@st.composite
def datasets(draw: st.DrawFn, /, **changed: Any) -> Dataset:
    """Draw a dataset without resources; *changed* are fields with strategies of their own."""
    state = draw(st.sampled_from(["open", "conditional", "planned", "closed"]))
    fields: dict[str, Any] = {
        "name": NAMES,
        "title": TEXTS,
        "folder": st.just(""),
        "descriptor_file": st.just(""),
        "publisher": st.builds(Publisher, NAMES, TEXTS, MAYBE),
        "description": MAYBE_TEXTS,
        "keywords": st.lists(TEXTS, max_size=2).map(tuple),
        "licences": st.lists(
            KNOWN_LICENCES | st.builds(Licence, st.just("own"), st.builds(LocalText, WORDS), ADDRESSES), max_size=2
        ).map(tuple),
        "themes": st.lists(st.sampled_from(THEMES), max_size=2).map(tuple),
        "areas": st.lists(WORDS, max_size=2).map(tuple),
        "sharing": st.builds(Sharing, st.sampled_from(["unconditional", "none"]), MAYBE, MAYBE, MAYBE),
        "open_state": st.just(state),
        "open_condition": st.just("依申请") if state == "conditional" else st.just(""),
        "planned_on": st.none() | DAYS if state == "planned" else st.none(),
        "code": MAYBE,
        "update_cycle": MAYBE,
        "granularity": MAYBE,
        "published": st.none() | DAYS,
        "updated": st.none() | DAYS,
        "spatial": MAYBE,
        "temporal": MAYBE,
        "version": MAYBE,
        "homepage": st.just("") | ADDRESSES,
        "is_demonstration": st.booleans(),
        "superseded_by": MAYBE,
        "former_names": st.lists(NAMES, max_size=1).map(tuple),
        "derived_from": st.lists(NAMES, max_size=1).map(tuple),
        "guide": GUIDES,
        "origins": st.lists(st.builds(Origin, WORDS, st.just("") | ADDRESSES), max_size=2).map(tuple),
        **changed,
    }
    return Dataset(**{name: draw(strategy) for name, strategy in fields.items()})


@st.composite
def packages(draw: st.DrawFn) -> PublishedDataset:
    """Draw what a data package can say of a dataset."""
    dataset = draw(datasets())
    return with_resources(dataset, draw(tables(dataset.name)))


TAGS = st.sampled_from(["公交", "学校名录", "GB T 2260", "a_b-c.d e"])


@st.composite
def ckan_packages(draw: st.DrawFn) -> PublishedDataset:
    """Draw what CKAN can say of a dataset: all but names and translations of resources, which lie elsewhere."""
    dataset = draw(
        datasets(
            publisher=st.builds(Publisher, NAMES, TEXTS, MAYBE, description=st.builds(LocalText, MAYBE)),
            keywords=st.lists(TAGS.map(LocalText) | TEXTS, max_size=2).map(tuple),
            themes=st.lists(
                st.sampled_from(THEMES) | st.builds(Theme, NAMES, st.builds(LocalText, WORDS)), max_size=2
            ).map(tuple),
        )
    )
    return with_resources(dataset, draw(links(3, translated=False)))


def with_resources(dataset: Dataset, resources: tuple[PublishedResource, ...]) -> PublishedDataset:
    """Return a dataset as published with *resources*."""
    return PublishedDataset(replace(dataset, resources=tuple(item.resource for item in resources)), resources)
