"""DCAT values of a dataset to nodes of an RDF graph, property by property (dct:title, dcat:keyword).

What is written here, `portal.publishing.formats.dcat.read_back` reads. Everything has an address, nothing is a blank
node: so pieces can be joined, and graphs compared line by line. The nodes of vocabularies are typed in the same
document, because the shapes of DCAT-AP ask for the class of what is referred to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from portal.model.text import LocalText
from portal.publishing.formats.dcat.dcat_record import Agent, Concept, Contact, Distribution, Named, Period, Record
from portal.publishing.formats.dcat.serializations import Node, Value
from portal.publishing.formats.dcat.vocabulary import LANGUAGES, MEDIA_TYPES, SHA256

_LENGTHS = {"Date": 10, "Month": 7, "Year": 4}


def nodes_of(record: Record) -> tuple[list[Node], list[Node]]:
    """Return the nodes that this dataset alone has, and those that others mention too."""
    own = [_dataset(record)]
    shared: list[Node] = []
    here = record.iri.partition("#")[0]
    for node in _around(record):
        (own if node.iri.startswith(here) else shared).append(node)
    for item in record.distributions:
        own.append(_distribution(item))
        if item.sha256:
            own.append(_checksum(item))
        shared += _of_distribution(item)
    return own, list({(node.iri, node.types): node for node in shared}.values())


def agent_node(agent: Agent) -> Node:
    """Return the node of whoever publishes."""
    return _node(agent.iri, ("foaf:Agent",), name=_texts(agent.name), identifier=_one(agent.identifier))


def licence_node(licence: Named) -> Node:
    """Return the node of a licence."""
    return _node(licence.iri, ("dct:LicenseDocument",), label=_texts(licence.label))


def language_nodes(languages: Iterable[str]) -> list[Node]:
    """Return the nodes of languages."""
    return [Node(LANGUAGES[language], ("dct:LinguisticSystem",)) for language in languages]


def _node(iri: str, types: tuple[str, ...], **properties: tuple[Value, ...]) -> Node:
    return Node(iri, types, tuple([(name, values) for name, values in properties.items() if values]))


def _texts(text: LocalText) -> tuple[Value, ...]:
    if text.zh and text.en:
        return ((text.zh, "zh"), (text.en, "en"))
    return ((text.zh, "zh"),) if text.zh else ((text.en, "en"),) if text.en else ()


def _one(text: str) -> tuple[Value, ...]:
    return ((text, ""),) if text else ()


def _all(texts: Iterable[str]) -> tuple[Value, ...]:
    return tuple([(text, "") for text in texts])


def _iri(thing: Agent | Concept | Contact | Named | Period | None) -> tuple[Value, ...]:
    return ((thing.iri, ""),) if thing else ()


def _dataset(record: Record) -> Node:
    return _node(
        record.iri,
        ("dcat:Dataset",),
        title=_texts(record.title),
        description=_texts(record.description),
        identifier=_one(record.identifier),
        publisher=_iri(record.publisher),
        contactPoint=_iri(record.contact),
        keyword=tuple([(word, lang) for lang, word in record.keywords]),
        theme=_all(item.iri for item in record.themes),
        language=_one(LANGUAGES.get(record.language, "")),
        accessRights=_one(record.access_rights),
        accrualPeriodicity=_one(record.frequency),
        issued=_one(record.issued),
        modified=_one(record.modified),
        available=_one(record.available),
        spatial=_all(item.iri for item in record.places),
        temporal=_iri(record.period),
        version=_one(record.version),
        landingPage=_all(record.landing_pages),
        license=_iri(record.licence),
        rights=_iri(record.rights),
        provenance=_iri(record.provenance),
        wasDerivedFrom=_all(item.iri for item in record.origins),
        conformsTo=_all(record.conforms_to),
        relation=_all(_relation_iri(record, code) for code in record.relations),
        isReplacedBy=_one(record.replaced_by),
        distribution=_all(item.iri for item in record.distributions),
    )


def _around(record: Record) -> Iterator[Node]:
    """Yield the nodes that a dataset refers to, apart from its distributions."""
    if record.publisher:
        yield agent_node(record.publisher)
    if record.contact:
        yield _node(
            record.contact.iri,
            ("vcard:Organization", "vcard:Kind"),
            fn=_texts(record.contact.name),
            role=_texts(record.contact.role),
            hasTelephone=_one(f"tel:{quote(record.contact.phone, safe='')}" if record.contact.phone else ""),
        )
    for theme in record.themes:
        yield _node(theme.iri, ("skos:Concept",), prefLabel=_texts(theme.label), inScheme=_one(theme.scheme))
    yield from language_nodes([record.language] if record.language in LANGUAGES else [])
    if record.access_rights:
        yield Node(record.access_rights, ("dct:RightsStatement",))
    if record.frequency:
        yield Node(record.frequency, ("dct:Frequency",))
    for place in record.places:
        yield _node(place.iri, ("dct:Location",), prefLabel=_texts(place.label), notation=_one(place.code))
    if record.period:
        yield _period(record.period)
    for landing_page in record.landing_pages:
        yield Node(landing_page, ("foaf:Document",))
    yield from _labelled(record.licence, "dct:LicenseDocument")
    yield from _labelled(record.rights, "dct:RightsStatement")
    yield from _labelled(record.provenance, "dct:ProvenanceStatement")
    for origin in record.origins:
        if origin.label:
            yield _node(origin.iri, ("prov:Entity",), title=_texts(origin.label))
    for standard in record.conforms_to:
        yield Node(standard, ("dct:Standard",))
    for code in record.relations:
        yield _node(_relation_iri(record, code), ("rdfs:Resource",), identifier=_one(code))


def _labelled(thing: Named | None, type_: str) -> Iterator[Node]:
    if thing:
        yield _node(thing.iri, (type_,), label=_texts(thing.label))


def _relation_iri(record: Record, code: str) -> str:
    return f"{record.iri.removesuffix('dataset')}related/{quote(code)}"


def _period(period: Period) -> Node:
    bounds = {
        f"{side}{ending}": _one(text)
        for side, text in (("start", period.start), ("end", period.end))
        for ending, length in _LENGTHS.items()
        if len(text) == length
    }
    return _node(period.iri, ("dct:PeriodOfTime",), **bounds, prefLabel=_texts(period.label))


def _distribution(item: Distribution) -> Node:
    return _node(
        item.iri,
        ("dcat:Distribution",),
        title=_texts(item.title),
        description=_texts(item.description),
        accessURL=_one(item.access_url),
        downloadURL=_one(item.download_url),
        format=_iri(item.format),
        mediaType=_one(f"{MEDIA_TYPES}{item.media_type}" if item.media_type else ""),
        byteSize=_one("" if item.size_bytes is None else str(item.size_bytes)),
        checksum=_one(_checksum_iri(item) if item.sha256 else ""),
        license=_iri(item.licence),
        rights=_iri(item.rights),
        conformsTo=_all(item.conforms_to),
        issued=_one(item.issued),
        modified=_one(item.modified),
    )


def _checksum_iri(item: Distribution) -> str:
    return f"{item.iri}/sha256"


def _checksum(item: Distribution) -> Node:
    return _node(_checksum_iri(item), ("spdx:Checksum",), algorithm=_one(SHA256), checksumValue=_one(item.sha256))


def _of_distribution(item: Distribution) -> Iterator[Node]:
    if item.sha256:
        yield Node(SHA256, ("spdx:ChecksumAlgorithm",))
    yield from _labelled(item.format, "dct:MediaTypeOrExtent")
    if item.media_type:
        yield Node(f"{MEDIA_TYPES}{item.media_type}", ("dct:MediaType",))
    yield from _labelled(item.licence, "dct:LicenseDocument")
    yield from _labelled(item.rights, "dct:RightsStatement")
    for iri in item.conforms_to:
        yield Node(iri, ("dct:Standard",))
