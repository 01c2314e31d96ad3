"""DCAT properties (dct:issued, dcat:theme ...), prefixes, and EU vocabularies of licences and file types.

The words of DCAT-AP 3.0.1 as short names, and the vocabularies of the EU that it asks for.

Sources: DCAT-AP 3.0.1 (SEMIC), https://semiceu.github.io/DCAT-AP/releases/3.0.1/; the authority tables frequency,
file-type, licence, data-theme, access-right and language at http://publications.europa.eu/resource/authority/.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from portal.model.text import LocalText

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Kind = Literal["text", "iri", "plain", "xsd:date", "xsd:gYearMonth", "xsd:gYear", "xsd:nonNegativeInteger"]
"""What a value is: text with a language, an address, text without a language, or a literal of a type."""


class Term(NamedTuple):
    """A property: its name with a prefix, and what its values are."""

    name: str
    kind: Kind | Literal["xsd:hexBinary"]


TERMS: dict[str, Term] = {
    "title": Term("dct:title", "text"),
    "description": Term("dct:description", "text"),
    "name": Term("foaf:name", "text"),
    "fn": Term("vcard:fn", "text"),
    "role": Term("vcard:role", "text"),
    "prefLabel": Term("skos:prefLabel", "text"),
    "label": Term("rdfs:label", "text"),
    "keyword": Term("dcat:keyword", "text"),
    "identifier": Term("dct:identifier", "plain"),
    "notation": Term("skos:notation", "plain"),
    "version": Term("dcat:version", "plain"),
    "publisher": Term("dct:publisher", "iri"),
    "contactPoint": Term("dcat:contactPoint", "iri"),
    "hasTelephone": Term("vcard:hasTelephone", "iri"),
    "issued": Term("dct:issued", "xsd:date"),
    "modified": Term("dct:modified", "xsd:date"),
    "available": Term("dct:available", "xsd:date"),
    "language": Term("dct:language", "iri"),
    "accessRights": Term("dct:accessRights", "iri"),
    "accrualPeriodicity": Term("dct:accrualPeriodicity", "iri"),
    "theme": Term("dcat:theme", "iri"),
    "inScheme": Term("skos:inScheme", "iri"),
    "spatial": Term("dct:spatial", "iri"),
    "temporal": Term("dct:temporal", "iri"),
    "startDate": Term("dcat:startDate", "xsd:date"),
    "startMonth": Term("dcat:startDate", "xsd:gYearMonth"),
    "startYear": Term("dcat:startDate", "xsd:gYear"),
    "endDate": Term("dcat:endDate", "xsd:date"),
    "endMonth": Term("dcat:endDate", "xsd:gYearMonth"),
    "endYear": Term("dcat:endDate", "xsd:gYear"),
    "provenance": Term("dct:provenance", "iri"),
    "relation": Term("dct:relation", "iri"),
    "isReplacedBy": Term("dct:isReplacedBy", "iri"),
    "wasDerivedFrom": Term("prov:wasDerivedFrom", "iri"),
    "landingPage": Term("dcat:landingPage", "iri"),
    "conformsTo": Term("dct:conformsTo", "iri"),
    "license": Term("dct:license", "iri"),
    "rights": Term("dct:rights", "iri"),
    "distribution": Term("dcat:distribution", "iri"),
    "accessURL": Term("dcat:accessURL", "iri"),
    "downloadURL": Term("dcat:downloadURL", "iri"),
    "format": Term("dct:format", "iri"),
    "mediaType": Term("dcat:mediaType", "iri"),
    "byteSize": Term("dcat:byteSize", "xsd:nonNegativeInteger"),
    "checksum": Term("spdx:checksum", "iri"),
    "algorithm": Term("spdx:algorithm", "iri"),
    "checksumValue": Term("spdx:checksumValue", "xsd:hexBinary"),
    "homepage": Term("foaf:homepage", "iri"),
    "service": Term("dcat:service", "iri"),
    "endpointURL": Term("dcat:endpointURL", "iri"),
    "endpointDescription": Term("dcat:endpointDescription", "iri"),
    "themeTaxonomy": Term("dcat:themeTaxonomy", "iri"),
    "dataset": Term("dcat:dataset", "iri"),
    "totalItems": Term("hydra:totalItems", "xsd:nonNegativeInteger"),
    "view": Term("hydra:view", "iri"),
    "first": Term("hydra:first", "iri"),
    "previous": Term("hydra:previous", "iri"),
    "next": Term("hydra:next", "iri"),
    "last": Term("hydra:last", "iri"),
}


def full(name: str) -> str:
    """Return a name with a prefix written out.

    >>> full("dct:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest


def _in_context(term: Term) -> Any:
    if term.kind == "text":
        return {"@id": term.name, "@container": "@language"}
    if term.kind == "plain":
        return term.name
    return {"@id": term.name, "@type": "@id" if term.kind == "iri" else term.kind}


CONTEXT: dict[str, Any] = {**PREFIXES, **{name: _in_context(term) for name, term in TERMS.items()}}
"""What short names mean in JSON-LD."""

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SHA256 = full("spdx:checksumAlgorithm_sha256")
OPENAPI = "https://spec.openapis.org/oas/v3.1.0"
TABLE_SCHEMA = "https://specs.frictionlessdata.io/table-schema/"
THEME_SCHEME = f"{_AUTHORITY}data-theme"
LANGUAGES = {"zh": f"{_AUTHORITY}language/ZHO", "en": f"{_AUTHORITY}language/ENG"}

ACCESS_RIGHTS = {
    state: f"{_AUTHORITY}access-right/{code}"
    for state, code in {
        "open": "PUBLIC",
        "conditional": "RESTRICTED",
        "planned": "NON_PUBLIC",
        "closed": "NON_PUBLIC",
    }.items()
}

FREQUENCIES = {
    cycle: f"{_AUTHORITY}frequency/{code}"
    for cycle, code in {
        "realtime": "UPDATE_CONT",
        "daily": "DAILY",
        "weekly": "WEEKLY",
        "tenday": "MONTHLY_3",
        "monthly": "MONTHLY",
        "quarterly": "QUARTERLY",
        "semiannual": "ANNUAL_2",
        "annual": "ANNUAL",
        "irregular": "IRREG",
        "other": "OTHER",
        "never": "NEVER",
    }.items()
}

# Formats with an entry in the table file-type; NDJSON is JSON there, having no entry of its own.
FILE_TYPES = {
    **{
        name.lower(): f"{_AUTHORITY}file-type/{name}"
        for name in "CSV TSV TXT JSON GEOJSON XLSX XLS ODS PARQUET XML PDF DOC DOCX ZIP PNG JPEG HTML KML RTF".split()
    },
    "jpg": f"{_AUTHORITY}file-type/JPEG",
    "gz": f"{_AUTHORITY}file-type/GZIP",
    "ndjson": f"{_AUTHORITY}file-type/JSON",
    "jsonl": f"{_AUTHORITY}file-type/JSON",
}

LICENCES = {
    name: f"{_AUTHORITY}licence/{code}"
    for name, code in {
        "CC-BY-4.0": "CC_BY_4_0",
        "CC-BY-SA-4.0": "CC_BYSA_4_0",
        "CC0-1.0": "CC0",
        "ODbL-1.0": "ODC_BL",
        "ODC-By-1.0": "ODC_BY",
        "PDDL-1.0": "ODC_PDDL",
        "CC-BY-NC-4.0": "CC_BYNC_4_0",
    }.items()
}

# Standards for the reference systems of coordinates, at the Open Geospatial Consortium. The shifted ones have none.
REFERENCE_SYSTEMS = {
    "WGS84": "http://www.opengis.net/def/crs/EPSG/0/4326",
    "CGCS2000": "http://www.opengis.net/def/crs/EPSG/0/4490",
}

_DATA_THEMES = {
    "AGRI": LocalText("农业、渔业、林业和食品", "Agriculture, fisheries, forestry and food"),
    "ECON": LocalText("经济和金融", "Economy and finance"),
    "EDUC": LocalText("教育、文化和体育", "Education, culture and sport"),
    "ENER": LocalText("能源", "Energy"),
    "ENVI": LocalText("环境", "Environment"),
    "GOVE": LocalText("政府和公共部门", "Government and public sector"),
    "HEAL": LocalText("卫生", "Health"),
    "JUST": LocalText("司法、法律制度和公共安全", "Justice, legal system and public safety"),
    "REGI": LocalText("区域和城市", "Regions and cities"),
    "SOCI": LocalText("人口和社会", "Population and society"),
    "TECH": LocalText("科学和技术", "Science and technology"),
    "TRAN": LocalText("交通", "Transport"),
}

# The themes of the Chinese pilot whose counterpart is beyond doubt; the others have their own concept alone.
DATA_THEMES = {
    theme: (f"{THEME_SCHEME}/{code}", _DATA_THEMES[code])
    for theme, code in {
        "health": "HEAL",
        "social-security": "SOCI",
        "public-safety": "JUST",
        "housing": "REGI",
        "traffic": "TRAN",
        "education": "EDUC",
        "science": "TECH",
        "energy": "ENER",
        "environment": "ENVI",
        "commerce": "ECON",
        "finance": "ECON",
        "relief": "SOCI",
        "legal": "JUST",
        "weather": "ENVI",
        "organisations": "GOVE",
    }.items()
}

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "%/:?#[]@!$&'()*+,;=-._~"


def clean(text: str) -> str:
    """Return *text* without what XML 1.0 cannot hold; every end of a line is a line feed.

    >>> clean("a\\x00b\\r\\nc\\ud800")
    'ab\\nc'
    """
    if text.isprintable():
        return text
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@lru_cache(maxsize=4096)
def address(text: str) -> str:
    """Return a publisher's address as an IRI of ASCII alone, "" where it is none of the web.

    >>> address("https://example.com/数据?a=<b>"), address("javascript:alert(1)"), address("https://[")
    ('https://example.com/%E6%95%B0%E6%8D%AE?a=%3Cb%3E', '', '')
    """
    plain = _NO_ESCAPE.sub("%25", quote(clean(text).strip(), safe=_KEPT))
    try:
        parts = urlsplit(plain)
        if parts.scheme.lower() not in ("http", "https", "ftp") or not parts.hostname:
            return ""
        return NamedNode(plain).value
    except ValueError:
        return ""


def quoted(text: str) -> str:
    """Return *text* as a part of an address, with its slashes.

    >>> quoted("original/学校 1.csv")
    'original/%E5%AD%A6%E6%A0%A1%201.csv'
    """
    return quote(clean(text))
