"""Linked data, the fifth star: RDF with owl:sameAs, or tables whose columns are web addresses.

Does a file of RDF, or a table, link what it is about to things that others describe? That is the fifth of the stars of
Tim Berners-Lee. Of RDF it is read from the file, of a table from its schema, by which every cell was checked.
"""

from __future__ import annotations

import codecs
import io
import re
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
"""So much of a file of RDF is read."""
TRIPLES_MAX = 200_000
"""So much of a file is looked through."""
DEPTH_MAX = 100
"""How deep blank nodes, lists and annotations may stand in each other: the reader holds 500 bytes for each open one.

All three bounds are ours.
"""

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SAME = frozenset(
    (
        "http://www.w3.org/2002/07/owl#sameAs",
        *(f"{_SKOS}{kind}Match" for kind in "exact close broad narrow related".split()),
    )
)
_TRIPLE_TERM = b"<<"
_NESTED = frozenset([RdfFormat.TURTLE, RdfFormat.TRIG])
_TOKEN = re.compile(
    rb"""
    \\. | \#[^\r\n]*+                          # a character escaped in a name; a comment
    | "{3}(?:[^"\\]++|\\.|"(?!""))*+"{3}        # long texts
    | '{3}(?:[^'\\]++|\\.|'(?!''))*+'{3}
    | "(?:[^"\\\r\n]++|\\.)*+"                 # short ones
    | '(?:[^'\\\r\n]++|\\.)*+'
    | <[^>]*+>                                 # an address
    | (?P<open>[\[({]) | (?P<close>[\])}])
    | (?P<cut>["'<])                           # a text or an address that does not end
    """,
    re.VERBOSE | re.DOTALL,
)
_HERE = "file.invalid"
"""The host of addresses that are relative to the file: it will stand somewhere on the web, and not with others."""


def links_to_others(path: Path, format_: str) -> bool:
    """Whether a file of RDF says of a thing what it is elsewhere: owl:sameAs or a match of SKOS on another host.

    False for what is no RDF, or says so only beyond the bounds or where it can no longer be read. Of a file with
    statements about statements nothing is read, since they can be nested without end. Raises OSError.
    """
    if format_ not in FORMATS:
        return False
    with path.open("rb") as file:
        content = file.read(BYTES_MAX).removeprefix(codecs.BOM_UTF8)
    if _TRIPLE_TERM in content:
        return False
    if FORMATS[format_] in _NESTED:
        content = content[: _shallow_length(content)]
    try:
        quads = parse(io.BytesIO(content), format=FORMATS[format_], base_iri=f"http://{_HERE}/")
        return any(
            quad.predicate.value in _SAME and _leads_elsewhere(quad.subject, quad.object)
            for quad in islice(quads, TRIPLES_MAX)
        )
    except (SyntaxError, ValueError):
        return False


def _shallow_length(content: bytes) -> int:
    """Return how many bytes of Turtle or TriG come before it nests too deep, or before it breaks off within a text.

    >>> _shallow_length(b"[ ] " * 1000), _shallow_length(b"[ " * 1000)
    (4000, 200)
    """
    if sum(map(content.count, (b"[", b"(", b"{"))) <= DEPTH_MAX:
        return len(content)
    depth = opened = 0
    for token in _TOKEN.finditer(content):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
            opened += 1
            if depth > DEPTH_MAX or opened > TRIPLES_MAX:  # a statement at least comes with each
                return token.start()
        elif kind == "close":
            depth = max(depth - 1, 0)
        elif kind == "cut":
            return token.start()
    return len(content)


def _leads_elsewhere(subject: object, target: object) -> bool:
    hosts = [_host(item) for item in (subject, target)]
    return all(hosts) and hosts[1] not in (hosts[0], _HERE)


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
