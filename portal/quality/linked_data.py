"""Linked data: does a file of RDF, or a table, link what it is about to things that others describe?

That is the fifth of the stars of Tim Berners-Lee. Of RDF it is read from the file, of a table from its schema, by which
every cell was checked.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, RdfFormat, parse

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}
"""The forms of RDF that are looked into: those without entities or contexts of strangers."""
BYTES_MAX = 16 * 2**20
TRIPLES_MAX = 200_000
"""So much of a file is looked through; both are ours."""

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SAME = frozenset(
    (
        "http://www.w3.org/2002/07/owl#sameAs",
        *(f"{_SKOS}{kind}Match" for kind in "exact close broad narrow related".split()),
    )
)
_TRIPLE_TERM = b"<<"


def links_to_others(path: Path, format_: str) -> bool:
    """Whether a file of RDF says of a thing what it is elsewhere: owl:sameAs or a match of SKOS on another host.

    False for what is no RDF, cannot be read, or says so only beyond the bounds. Statements about statements are not
    read, since they can be nested without end. Raises OSError.
    """
    if format_ not in FORMATS:
        return False
    with path.open("rb") as file:
        content = file.read(BYTES_MAX)
    if _TRIPLE_TERM in content:
        return False
    try:
        quads = parse(io.BytesIO(content), format=FORMATS[format_], base_iri="file:///")
        return any(
            quad.predicate.value in _SAME and _leads_elsewhere(quad.subject, quad.object)
            for quad in islice(quads, TRIPLES_MAX)
        )
    except (SyntaxError, ValueError):
        return False


def _leads_elsewhere(subject: object, target: object) -> bool:
    hosts = [_host(item) for item in (subject, target)]
    return all(hosts) and hosts[0] != hosts[1]


def _host(item: object) -> str:
    """Return the host of an address of the web, "" for any other term."""
    try:
        parts = urlsplit(item.value if isinstance(item, NamedNode) else "")
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def names_rows(schema: Mapping[str, Any]) -> bool:
    """Whether each row of a table has a web address as its name: the primary key is one column of ``format: uri``.

    >>> names_rows({"fields": [{"name": "网址", "type": "string", "format": "uri"}], "primaryKey": ["网址"]})
    True
    """
    key = _key(schema)
    return len(key) == 1 and any(
        _is_address(item) and item.get("name") == key[0] for item in schema.get("fields") or ()
    )


def names_others(schema: Mapping[str, Any]) -> bool:
    """Whether a further column of web addresses says by ``rdfType`` what they name, and is no key to another table.

    It is what ``valueUrl`` is in CSVW.

    >>> place = {"name": "地点", "type": "string", "format": "uri", "rdfType": "http://schema.org/Place"}
    >>> names_others({"fields": [place]}), names_others({"fields": [place], "primaryKey": "地点"})
    (True, False)
    """
    keys = {name for key in schema.get("foreignKeys") or () for name in _names(key.get("fields"))} | {*_key(schema)}
    return any(
        _is_address(item) and item.get("name") not in keys and _is_web(item.get("rdfType"))
        for item in schema.get("fields") or ()
    )


def _key(schema: Mapping[str, Any]) -> list[str]:
    return _names(schema.get("primaryKey"))


def _names(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _is_address(field: Mapping[str, Any]) -> bool:
    return field.get("type") == "string" and field.get("format") == "uri"


def _is_web(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))
