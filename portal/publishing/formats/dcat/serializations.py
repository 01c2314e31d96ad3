"""Turtle, RDF/XML and JSON-LD written and parsed (pyoxigraph), in pieces; limits, no XML entities.

Nodes of a graph in pieces that can be joined; and the three read back as nodes. A node is written by the short names of
`portal.publishing.formats.dcat.vocabulary`. Turtle and RDF/XML are pyoxigraph's; JSON-LD is written here, because
pyoxigraph's is the expanded form, which nobody can read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple
from xml.parsers import expat

import pyoxigraph as rdf

from portal.model.errors import PortalError
from portal.model.known_formats import media_type_of
from portal.model.nesting import nests_deeper
from portal.publishing.formats.dcat.vocabulary import CONTEXT, PREFIXES, TERMS, full

Serialization = Literal["turtle", "rdfxml", "jsonld"]
SERIALIZATIONS: tuple[Serialization, ...] = ("turtle", "rdfxml", "jsonld")
ENDINGS: Mapping[Serialization, str] = {"turtle": "ttl", "rdfxml": "rdf", "jsonld": "jsonld"}
MEDIA_TYPES: Mapping[Serialization, str] = {
    serialization: media_type_of(ending) for serialization, ending in ENDINGS.items()
}

CHARACTERS_MAX = 100_000_000
"""A longer text is not read."""
STATEMENTS_MAX = 5_000_000
"""Further statements of a text in RDF are not read."""
DEPTH_MAX = 64
"""Deeper nesting is not read: time and memory of the reader grow with its square."""

Value = tuple[str, str]
"""A value with its language; the language is "" for all that has none."""


class Node(NamedTuple):
    """One thing with its address, its types, and its properties by short name, in the order of writing."""

    iri: str
    types: tuple[str, ...]
    properties: tuple[tuple[str, tuple[Value, ...]], ...] = ()


class Found(NamedTuple):
    """One thing that was read: the IRIs of its types; its values by short name. A blank node has an *iri* of ``_:``."""

    iri: str
    types: frozenset[str]
    values: Mapping[str, list[Value]]


class UnreadableGraph(PortalError):
    """A text that is no Turtle, RDF/XML or JSON-LD, or is beyond the limits."""


_FORMATS = {"turtle": rdf.RdfFormat.TURTLE, "rdfxml": rdf.RdfFormat.RDF_XML, "jsonld": rdf.RdfFormat.JSON_LD}
_XML_END = b"\n</rdf:RDF>"
_TURTLE_HEAD = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in sorted(PREFIXES)).encode()
_XML_HEAD = (rdf.serialize([], format=rdf.RdfFormat.RDF_XML, prefixes=PREFIXES) or b"").removesuffix(_XML_END)
_JSON_HEAD = '{{"@context": {{\n{}\n}},\n"@graph": ['.format(
    ",\n".join(f"  {json.dumps(name)}: {json.dumps(meaning)}" for name, meaning in CONTEXT.items())
).encode()

HEADS: Mapping[Serialization, bytes] = {"turtle": _TURTLE_HEAD, "rdfxml": _XML_HEAD, "jsonld": _JSON_HEAD}
TAILS: Mapping[Serialization, bytes] = {"turtle": b"", "rdfxml": _XML_END + b"\n", "jsonld": b"\n]}\n"}
JOINTS: Mapping[Serialization, bytes] = {"turtle": b"", "rdfxml": b"", "jsonld": b","}
"""What stands between two pieces."""


def document(pieces: Iterable[bytes], serialization: Serialization) -> bytes:
    """Return a whole document of pieces that `piece` made."""
    return HEADS[serialization] + JOINTS[serialization].join(pieces) + TAILS[serialization]


def piece(nodes: Iterable[Node], serialization: Serialization) -> bytes:
    """Return nodes as a part of a document; raises ValueError where the address of a node is no IRI."""
    if serialization == "jsonld":
        return ",".join(map(_json, nodes)).encode()
    written = rdf.serialize(_triples(nodes), format=_FORMATS[serialization], prefixes=PREFIXES) or b""
    return written[len(HEADS[serialization]) : -len(_XML_END) if serialization == "rdfxml" else None]


@lru_cache(maxsize=8192)
def shared_piece(node: Node, serialization: Serialization) -> bytes:
    """Return the piece of a node that many datasets mention."""
    return piece([node], serialization)


_iri = lru_cache(maxsize=8192)(rdf.NamedNode)
_TYPE = rdf.NamedNode(full("rdf:type"))
_TERMS = {name: (rdf.NamedNode(full(term.name)), term.kind) for name, term in TERMS.items()}


@lru_cache(maxsize=256)
def _named(name: str) -> rdf.NamedNode:
    return rdf.NamedNode(full(name))


def _triples(nodes: Iterable[Node]) -> Iterator[rdf.Triple]:
    for node in nodes:
        subject = rdf.NamedNode(node.iri)
        for name in node.types:
            yield rdf.Triple(subject, _TYPE, _named(name))
        for name, values in node.properties:
            predicate, kind = _TERMS[name]
            for text, lang in values:
                if kind == "iri":
                    yield rdf.Triple(subject, predicate, _iri(text))
                elif kind == "text":
                    yield rdf.Triple(subject, predicate, rdf.Literal(text, language=lang))
                elif kind == "plain":
                    yield rdf.Triple(subject, predicate, rdf.Literal(text))
                else:
                    yield rdf.Triple(subject, predicate, rdf.Literal(text, datatype=_named(kind)))


_quote = json.JSONEncoder(ensure_ascii=False).encode


def _json(node: Node) -> str:
    types = ", ".join(f'"{name}"' for name in node.types)
    lines = [f'"@id": {_quote(node.iri)}']
    if types:
        lines.append(f'"@type": [{types}]' if len(node.types) > 1 else f'"@type": {types}')
    lines += [f'"{name}": {_json_values(name, values)}' for name, values in node.properties]
    return "\n{" + ",\n  ".join(lines) + "}"


def _json_values(name: str, values: tuple[Value, ...]) -> str:
    if TERMS[name].kind != "text":
        texts = [text for text, _ in values]
        return _quote(texts[0] if len(texts) == 1 else texts)
    by_language: dict[str, list[str]] = {}
    for text, lang in values:
        by_language.setdefault(lang, []).append(text)
    return _quote({lang: texts[0] if len(texts) == 1 else texts for lang, texts in by_language.items()})


def read(text: str, serialization: Serialization) -> dict[str, Found]:
    """Return the things that a document describes, by address; statements of unknown properties are passed over.

    Raises UnreadableGraph where the text is not well formed, nests too deeply, declares entities (RDF/XML) or wants a
    context from elsewhere (JSON-LD).
    """
    if len(text) > CHARACTERS_MAX:
        raise _unreadable("内容太长", "it is too long")
    types: dict[str, set[str]] = {}
    found: dict[str, dict[str, list[Value]]] = {}
    try:
        content = text.encode("utf-8")
        if serialization == "rdfxml":
            _check_xml(content)
        elif serialization == "jsonld" and nests_deeper(content, DEPTH_MAX):
            raise _unreadable("嵌套太深", "it nests too deeply")
        for number, quad in enumerate(
            rdf.parse(text, format=_FORMATS[serialization], base_iri="http://document.invalid/", lenient=True)
        ):
            if number >= STATEMENTS_MAX:
                raise _unreadable("陈述太多", "it has too many statements")
            subject, predicate, target = quad.subject, quad.predicate.value, quad.object
            values = found.setdefault(_key(subject), {})
            if predicate == _TYPE.value:
                types.setdefault(_key(subject), set()).add(_key(target))
            elif predicate in _NAMES:
                is_text = isinstance(target, rdf.Literal)
                value = (target.value, target.language or "") if is_text else (_key(target), "")
                values.setdefault(_NAMES[predicate], []).append(value)
    except (SyntaxError, ValueError, expat.ExpatError) as error:
        said = " ".join(str(error).split())[:200]
        raise _unreadable(f"读取时提示 {said}", said) from error
    return {iri: Found(iri, frozenset(types.get(iri, ())), values) for iri, values in found.items()}


def _names() -> dict[str, str]:
    """Return short names by IRI; of several for one property the first."""
    names: dict[str, str] = {}
    for name, term in TERMS.items():
        names.setdefault(full(term.name), name)
    return names


_NAMES = _names()


def _key(thing: object) -> str:
    if isinstance(thing, rdf.BlankNode):
        return f"_:{thing.value}"
    return thing.value if isinstance(thing, rdf.NamedNode) else ""


def _unreadable(zh: str, en: str) -> UnreadableGraph:
    return UnreadableGraph(f"无法读取目录数据：{zh}。", f"The catalogue cannot be read: {en}.")


def _check_xml(content: bytes) -> None:
    """Refuse entities, which can grow without bound, and deep nesting, before anything is built."""
    depth = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_MAX:
            raise _unreadable("嵌套太深", "it nests too deeply")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_declaration: object) -> None:
        raise _unreadable("文件声明了实体", "it declares entities")

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    parser.Parse(content, True)
