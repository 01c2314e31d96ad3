"""DCAT of others parsed: things of an RDF graph back to records of datasets.

Our own come back as they were, others' as far as they go.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

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
from portal.publishing.formats.dcat.serializations import Found
from portal.publishing.formats.dcat.vocabulary import LANGUAGES, MEDIA_TYPES, SHA256, full

Things = Mapping[str, Found]

_NOTHING = Found("", frozenset(), {})
_DATASET = full("dcat:Dataset")
_LANGUAGE_OF = {iri: language for language, iri in LANGUAGES.items()}


def records_of(things: Things) -> list[Record]:
    """Return the datasets among things, in the order of their addresses; one without a title has its address as title.

    What others leave out is "" or None; a blank node stays one that begins with ``_:``.
    """
    return [_read_dataset(thing, things) for iri, thing in sorted(things.items()) if _DATASET in thing.types]


def _value(thing: Found, name: str) -> str:
    values = thing.values.get(name)
    return values[0][0] if values else ""


def _values(thing: Found, name: str) -> list[str]:
    return sorted({text for text, _ in thing.values.get(name, ())})


def _local(thing: Found, name: str) -> LocalText:
    """Return a text as its publisher wrote it, and in English: the first in each language counts."""
    chinese = english = other = ""
    for text, lang in thing.values.get(name, ()):
        if lang.startswith("zh"):
            chinese = chinese or text
        elif lang.startswith("en"):
            english = english or text
        else:
            other = other or text
    return LocalText(chinese or other, english)


def _referred(thing: Found, name: str, things: Things) -> Found | None:
    """Return what the first value of a property refers to; it may have been told nothing of."""
    iri = _value(thing, name)
    return things.get(iri, _NOTHING._replace(iri=iri)) if iri else None


def _all_referred(thing: Found, name: str, things: Things) -> list[Found]:
    return [things.get(iri, _NOTHING._replace(iri=iri)) for iri in _values(thing, name)]


def _read_named(thing: Found | None, name: str = "label") -> Named | None:
    return Named(thing.iri, _local(thing, name)) if thing else None


def _read_dataset(thing: Found, things: Things) -> Record:
    title = _local(thing, "title") or LocalText(thing.iri)
    publisher, contact, period = (_referred(thing, name, things) for name in ("publisher", "contactPoint", "temporal"))
    return Record(
        iri=thing.iri,
        title=title,
        description=_local(thing, "description") or title,
        identifier=_value(thing, "identifier"),
        publisher=(
            Agent(publisher.iri, _local(publisher, "name"), _value(publisher, "identifier")) if publisher else None
        ),
        contact=_read_contact(contact) if contact else None,
        keywords=tuple(sorted({(lang, word) for word, lang in thing.values.get("keyword", ())})),
        themes=tuple(
            Concept(item.iri, _local(item, "prefLabel"), _value(item, "inScheme"))
            for item in _all_referred(thing, "theme", things)
        ),
        language=_LANGUAGE_OF.get(_value(thing, "language"), ""),
        access_rights=_value(thing, "accessRights"),
        frequency=_value(thing, "accrualPeriodicity"),
        issued=_value(thing, "issued"),
        modified=_value(thing, "modified"),
        available=_value(thing, "available"),
        places=tuple(
            Place(item.iri, _local(item, "prefLabel"), _value(item, "notation"))
            for item in _all_referred(thing, "spatial", things)
        ),
        period=_read_period(period) if period else None,
        version=_value(thing, "version"),
        landing_pages=tuple(_values(thing, "landingPage")),
        licence=_read_named(_referred(thing, "license", things)),
        rights=_read_named(_referred(thing, "rights", things)),
        provenance=_read_named(_referred(thing, "provenance", things)),
        origins=tuple(
            Named(item.iri, _local(item, "title") if _DATASET not in item.types else LocalText())
            for item in _all_referred(thing, "wasDerivedFrom", things)
        ),
        relations=tuple(
            sorted(_value(item, "identifier") or item.iri for item in _all_referred(thing, "relation", things))
        ),
        conforms_to=tuple(_values(thing, "conformsTo")),
        replaced_by=_value(thing, "isReplacedBy"),
        distributions=tuple(_read_distribution(item, things) for item in _all_referred(thing, "distribution", things)),
    )


def _read_contact(thing: Found) -> Contact:
    phone = _value(thing, "hasTelephone")
    name, role = _local(thing, "fn"), _local(thing, "role")
    return Contact(thing.iri, name, role, unquote(phone.removeprefix("tel:")) if phone.startswith("tel:") else "")


def _read_period(thing: Found) -> Period:
    return Period(thing.iri, _value(thing, "startDate"), _value(thing, "endDate"), _local(thing, "prefLabel"))


def _read_distribution(thing: Found, things: Things) -> Distribution:
    checksum = _referred(thing, "checksum", things)
    size = _value(thing, "byteSize")
    is_sha256 = checksum is not None and _value(checksum, "algorithm") == SHA256
    return Distribution(
        iri=thing.iri,
        access_url=_value(thing, "accessURL"),
        download_url=_value(thing, "downloadURL"),
        title=_local(thing, "title"),
        description=_local(thing, "description"),
        format=_read_named(_referred(thing, "format", things)),
        media_type=_value(thing, "mediaType").removeprefix(MEDIA_TYPES),
        size_bytes=int(size) if size.isascii() and size.isdigit() and len(size) <= 18 else None,
        sha256=_value(checksum, "checksumValue").lower() if checksum and is_sha256 else "",
        licence=_read_named(_referred(thing, "license", things)),
        rights=_read_named(_referred(thing, "rights", things)),
        conforms_to=tuple(_values(thing, "conformsTo")),
        issued=_value(thing, "issued"),
        modified=_value(thing, "modified"),
    )
