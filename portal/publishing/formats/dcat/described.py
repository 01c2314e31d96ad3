"""From a published dataset to its DCAT values: themes, dates, period, rights, licence, distributions.

Divisions, themes, rights and formats that no vocabulary has an address for get one in the portal's own catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from portal.model.addresses import dataset_path, publisher_path, standard_path, theme_path
from portal.model.catalog import Dataset, Licence, Publisher, Resource
from portal.model.known_formats import UNKNOWN_MEDIA_TYPE
from portal.model.terms import OPEN_STATES, known_licence, reference_system
from portal.model.text import LocalText
from portal.publishing.formats.dcat.dcat_record import (
    Agent,
    Concept,
    Contact,
    Distribution,
    Named,
    Period,
    Place,
    Record,
)
from portal.publishing.formats.dcat.vocabulary import (
    ACCESS_RIGHTS,
    DATA_THEMES,
    FILE_TYPES,
    FREQUENCIES,
    LICENCES,
    REFERENCE_SYSTEMS,
    TABLE_SCHEMA,
    THEME_SCHEME,
    address,
    clean,
    quoted,
)
from portal.publishing.formats.places import is_division_code, place_of
from portal.publishing.publication import PublishedDataset, PublishedFile

ALL_FILES = LocalText("全部文件", "All files")
MADE_UP = LocalText("演示数据：内容是虚构的。", "Demonstration data: the content is made up.")

_PRECISION = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_MEDIA_TYPE = re.compile(r"[a-z]+/(?!x-)[a-z0-9.+-]+")
_LANGUAGE = "zh"


def page_of(name: str, base_url: str) -> str:
    """Return the address of a dataset's page."""
    return base_url + dataset_path(quoted(name))


def record_of(published: PublishedDataset, *, base_url: str) -> Record:
    """Return what DCAT says of a published dataset; *base_url* has no slash at the end."""
    dataset = published.dataset
    page = page_of(dataset.name, base_url)
    title = cleaned(dataset.title) or LocalText(dataset.name)
    licence = licence_of(dataset.licences[0], f"{page}#licence") if dataset.licences else None
    rights = _rights(dataset, page, base_url)
    return Record(
        iri=f"{page}#dataset",
        title=title,
        description=cleaned(dataset.description) or title,
        identifier=clean(dataset.code) or dataset.name,
        publisher=Agent(
            _publisher_iri(dataset.publisher, base_url),
            cleaned(dataset.publisher.title) or LocalText(clean(dataset.publisher.id)),
            clean(dataset.publisher.uscc),
        ),
        contact=_contact(dataset, page, base_url),
        keywords=tuple(sorted(set(_keywords(dataset)))),
        themes=tuple(sorted(_themes(dataset, base_url), key=lambda item: item.iri)),
        language=_LANGUAGE,
        access_rights=ACCESS_RIGHTS[dataset.open_state],
        frequency=FREQUENCIES.get(dataset.update_cycle, ""),
        issued=_day(dataset.published),
        modified=_day(dataset.updated),
        available=_day(dataset.planned_on),
        places=_places(dataset, base_url),
        period=_period(clean(dataset.temporal), page),
        version=clean(dataset.version),
        landing_pages=tuple(sorted({page, address(dataset.guide.online_address)} - {""})),
        licence=licence,
        rights=None if dataset.is_open else rights,
        provenance=Named(f"{base_url}/#demonstration", MADE_UP) if dataset.is_demonstration else None,
        origins=tuple(sorted({item.iri: item for item in _origins(dataset, page, base_url)}.values(), key=_by_iri)),
        relations=tuple(sorted({code for code in map(clean, dataset.guide.related_codes) if code})),
        conforms_to=tuple(sorted({_register_standard(item, base_url) for item in dataset.resources} - {""})),
        replaced_by=f"{page_of(dataset.superseded_by, base_url)}#dataset" if dataset.superseded_by else "",
        distributions=tuple(
            sorted(_distributions(published, page, base_url, licence, rights), key=lambda item: item.iri)
        ),
    )


def cleaned(text: LocalText) -> LocalText:
    """Return a text as it can stand in a graph."""
    return LocalText(clean(text.zh), clean(text.en))


def _by_iri(item: Named) -> str:
    return item.iri


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _publisher_iri(publisher: Publisher, base_url: str) -> str:
    return f"{base_url}{publisher_path(quoted(publisher.id))}#publisher"


def _keywords(dataset: Dataset) -> Iterator[tuple[str, str]]:
    for word in map(cleaned, dataset.keywords):
        if word.zh:
            yield "zh", word.zh
        if word.en:
            yield "en", word.en


def _themes(dataset: Dataset, base_url: str) -> Iterator[Concept]:
    """Yield the portal's own themes, and the EU's data themes that mean the same."""
    found: dict[str, Concept] = {}
    for theme in dataset.themes:
        iri = f"{base_url}{theme_path(quoted(theme.id))}#theme"
        found[iri] = Concept(iri, cleaned(theme.title) or LocalText(clean(theme.id)), f"{base_url}/#themes")
        if theme.id in DATA_THEMES:
            iri, label = DATA_THEMES[theme.id]
            found[iri] = Concept(iri, label, THEME_SCHEME)
    yield from found.values()


def _contact(dataset: Dataset, page: str, base_url: str) -> Contact | None:
    """Return where to ask: what the dataset states itself, else what the register says of its publisher."""
    publisher, own = dataset.publisher, dataset.guide
    phone, role, unit = (
        clean(own.phone) or clean(publisher.phone),
        clean(own.responsible) or clean(publisher.responsible),
        clean(own.provider_unit) or clean(publisher.unit),
    )
    if not (phone or role or unit):
        return None
    is_own = own.phone or own.responsible or own.provider_unit
    iri = f"{page}#contact" if is_own else f"{base_url}{publisher_path(quoted(publisher.id))}#contact"
    name = LocalText(unit) if unit else cleaned(publisher.title) or LocalText(clean(publisher.id))
    return Contact(iri, name, LocalText(role), phone)


def _places(dataset: Dataset, base_url: str) -> tuple[Place, ...]:
    """Return the area: divisions have no addresses of their own, so the catalogue gives them one."""
    spatial = clean(dataset.spatial)
    if not spatial:
        return ()
    code = spatial if is_division_code(spatial) else ""
    return (Place(f"{base_url}/#place/{quoted(spatial)}", cleaned(place_of(dataset)), code),)


def interval(temporal: str) -> tuple[str, str]:
    """Return start and end of an interval in ISO 8601, or of one day, month or year; an open end, and all else, is "".

    >>> interval("2026-01/.."), interval("2025"), interval("2026-02-30")
    (('2026-01', ''), ('2025', '2025'), ('', ''))
    """
    start, slash, end = (part.strip() for part in temporal.partition("/"))
    bounds = ["" if part == ".." else part for part in (start, end if slash else start)]
    return (bounds[0], bounds[1]) if all(not bound or _is_moment(bound) for bound in bounds) else ("", "")


def _period(temporal: str, page: str) -> Period | None:
    if not temporal:
        return None
    start, end = interval(temporal)
    return Period(f"{page}#period", start, end, LocalText() if start or end else LocalText(temporal))


def _is_moment(text: str) -> bool:
    if not _PRECISION.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def licence_of(licence: Licence, own: str) -> Named:
    """Return the licence by the EU's address, else by its own, else by the address *own*."""
    known = known_licence(licence.name)
    if known and known.id in LICENCES:
        return Named(LICENCES[known.id], known.title)
    return Named(address(licence.url) or own, cleaned(licence.title) or LocalText(clean(licence.name)))


def _rights(dataset: Dataset, page: str, base_url: str) -> Named:
    """Return in words who may have the files: on the publisher's condition where one is stated."""
    condition = "" if dataset.is_open else clean(dataset.open_condition)
    if condition:
        return Named(f"{page}#rights", LocalText(condition))
    return Named(f"{base_url}/#rights/{dataset.open_state}", OPEN_STATES[dataset.open_state])


def _origins(dataset: Dataset, page: str, base_url: str) -> Iterator[Named]:
    for name in dataset.derived_from:
        yield Named(f"{page_of(name, base_url)}#dataset")
    for number, origin in enumerate(dataset.origins, start=1):
        yield Named(address(origin.url) or f"{page}#origin/{number}", LocalText(clean(origin.title)))


def _distributions(
    published: PublishedDataset, page: str, base_url: str, licence: Named | None, rights: Named
) -> Iterator[Distribution]:
    """Yield each file once, though several tables may lie in it, each link that has a usable address, the archive."""
    dataset = published.dataset
    files: dict[str, Distribution] = {}
    for item in published.resources:
        for file in item.files:
            if file.path not in files:
                standards = _standards(item.resource, file, base_url)
                title = cleaned(item.resource.title) or LocalText(item.resource.name)
                described = replace(_file(file, title, page, base_url), conforms_to=standards)
                files[file.path] = replace(described, description=cleaned(item.resource.description))
    if published.package:
        files[published.package.path] = _file(published.package, ALL_FILES, page, base_url)
    links = [item.resource for item in published.resources if item.resource.kind == "link"]
    by_iri = {item.iri: item for item in (*files.values(), *_links(links, page, base_url))}
    for found in by_iri.values():
        yield replace(
            found,
            licence=licence,
            rights=rights,
            issued=_day(dataset.published) if found.download_url else "",
            modified=_day(dataset.updated) if found.download_url else "",
        )


def _file(file: PublishedFile, title: LocalText, page: str, base_url: str) -> Distribution:
    name = file.path.split("/", 2)[-1]
    return Distribution(
        iri=f"{page}#file/{quoted(name)}",
        access_url=page,
        download_url=f"{base_url}/{quoted(file.path)}",
        title=_file_title(title, file),
        format=_format(file.format, base_url),
        media_type=_media_type(file.media_type),
        size_bytes=file.size_bytes,
        sha256=file.sha256.lower(),
    )


def _media_type(stated: str) -> str:
    """Return a media type of IANA, "" for any other."""
    media_type = stated.split(";")[0].strip().lower()
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else ""


def _links(resources: Iterable[Resource], page: str, base_url: str) -> Iterator[Distribution]:
    for resource in resources:
        url = address(resource.url)
        if url:
            yield Distribution(
                iri=f"{page}#link/{quoted(resource.name)}",
                access_url=url,
                title=cleaned(resource.title),
                description=cleaned(resource.description),
                format=_format(resource.format, base_url),
                media_type=_media_type(resource.media_type) if resource.media_type != UNKNOWN_MEDIA_TYPE else "",
            )


def _standards(resource: Resource, file: PublishedFile, base_url: str) -> tuple[str, ...]:
    """Return what a file conforms to: reference system of coordinates, Table Schema, its register standard."""
    system = REFERENCE_SYSTEMS.get(reference_system(resource.crs), "")
    schema = TABLE_SCHEMA if resource.schema.fields and not file.is_original else ""
    return tuple(sorted(filter(None, (system, schema, _register_standard(resource, base_url)))))


def _register_standard(resource: Resource, base_url: str) -> str:
    """Return the address of the page of the register standard that a resource follows, "" where it follows none."""
    return base_url + standard_path(quoted(resource.standard)) if resource.standard else ""


def _file_title(title: LocalText, file: PublishedFile) -> LocalText:
    format_ = clean(file.format).upper()
    zh, en = (f"{format_}，原始文件", f"{format_}, original file") if file.is_original else (format_, format_)
    return LocalText(f"{title.zh}（{zh}）" if title.zh else "", f"{title.en} ({en})" if title.en else "")


def _format(name: str, base_url: str) -> Named | None:
    if not name:
        return None
    known = FILE_TYPES.get(name.lower())
    if known:
        return Named(known, LocalText(en=known.rpartition("/")[2]))
    return Named(f"{base_url}/#format/{quote(clean(name).lower(), safe='')}", LocalText(en=clean(name).upper()))
