"""DCAT read back: our own as it was written, others' as far as they go, and what is refused before it does harm."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import SHARED, needs_shared_data

from portal.model.catalog import Dataset, Licence, Origin, Publisher, Resource, Theme
from portal.model.errors import PortalError
from portal.model.guide import GuideEntry
from portal.model.terms import LICENCES, OPEN_STATES, THEMES, UPDATE_CYCLES
from portal.model.text import LocalText
from portal.publishing.formats import dcat
from portal.publishing.formats.dcat.dcat_record import Contact
from portal.publishing.formats.dcat.described import record_of
from portal.publishing.formats.dcat.serializations import DEPTH_MAX, SERIALIZATIONS, Serialization, UnreadableGraph
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

BASE = "https://data.example.cn/open"
FORM_OF = {".ttl": "turtle", ".rdf": "rdfxml", ".jsonld": "jsonld", ".json": "jsonld"}

ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True)
texts = st.text(st.characters(), max_size=8)
local_texts = st.builds(LocalText, texts, texts)
days = st.none() | st.dates()
addresses = st.sampled_from(["", "https://example.com/数据?a=1", "ftp://example.com/a b", "javascript:1", "http://["])
periods = st.one_of(texts, st.sampled_from(["2025", "2025-01/..", "2025-01-01/2025-12-31", "../2024", "2025-02-30"]))


def many(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Return none to three of something."""
    return st.lists(items, max_size=3).map(tuple)


publishers = st.builds(
    Publisher, ids, local_texts, uscc=texts, unit=texts, phone=texts, responsible=texts, kind=st.just("政务部门")
)
licences = st.one_of(
    st.sampled_from([item.as_licence() for item in LICENCES.values()]),
    st.builds(Licence, texts, local_texts, addresses),
)
tables = st.builds(
    Resource,
    ids,
    local_texts,
    st.just("table"),
    texts,
    texts,
    local_texts,
    crs=st.sampled_from(["", "CGCS2000", "?"]),
    standard=st.sampled_from(["", "department", "connection"]),
)
datasets = st.builds(
    Dataset,
    ids,
    local_texts,
    st.just("folder"),
    st.just("datapackage.yaml"),
    publishers,
    description=local_texts,
    keywords=many(local_texts),
    licences=many(licences),
    themes=many(st.one_of(st.sampled_from(THEMES), st.builds(Theme, ids, local_texts))),
    open_state=st.sampled_from(list(OPEN_STATES)),
    open_condition=texts,
    planned_on=days,
    code=texts,
    update_cycle=st.sampled_from(["", "?", *UPDATE_CYCLES]),
    published=days,
    updated=days,
    spatial=st.one_of(texts, st.sampled_from(["100000", "310000"])),
    temporal=periods,
    version=texts,
    is_demonstration=st.booleans(),
    superseded_by=st.one_of(st.just(""), ids),
    derived_from=many(ids),
    resources=many(tables),
    origins=many(st.builds(Origin, texts, addresses)),
    guide=st.builds(GuideEntry, related_codes=many(texts), provider_unit=texts, responsible=texts, phone=texts),
)
files = st.builds(
    PublishedFile,
    st.builds("data/x/{}{}".format, ids, texts),
    st.one_of(st.sampled_from(["csv", "ndjson", "xlsx"]), texts),
    st.sampled_from(["text/csv; charset=utf-8", "application/x-ndjson", "?", ""]),
    st.integers(0, 10**15),
    st.sampled_from(["0" * 64, "AB" * 32]),
    st.just("a.csv"),
    st.booleans(),
)
links = st.builds(Resource, ids, local_texts, st.just("link"), texts, texts, local_texts, url=addresses)
resources = st.one_of(st.builds(PublishedResource, tables, many(files)), st.builds(PublishedResource, links))
published_datasets = st.builds(PublishedDataset, datasets, many(resources), st.none() | files)


@given(published=published_datasets, serialization=st.sampled_from(SERIALIZATIONS))
def test_what_was_written_is_read_as_it_was(published: PublishedDataset, serialization: Serialization) -> None:
    """parse(dump(x)) is what DCAT carries of x, in every form and for any texts."""
    content = dcat.dump(published, base_url=BASE, serialization=serialization)
    assert dcat.parse(content.decode(), serialization) == [record_of(published, base_url=BASE)]


@needs_shared_data
@pytest.mark.parametrize(
    ("file", "datasets", "distributions"),
    [
        ("ckanext-dcat/catalog.rdf", 2, 5),
        ("ckanext-dcat/catalog_pod.jsonld", 1, 4),
        ("ckanext-dcat/dataset_gov_de.rdf", 1, 9),
        ("de/brandenburg-catalog.ttl", 112, 212),
        ("de/destatis-catalog.rdf", 135, 135),
        ("scot/glasgow.json", 68, 324),
    ],
)
def test_catalogues_of_others_are_read(file: str, datasets: int, distributions: int) -> None:
    """Real catalogues of other portals give their datasets, each with a title and the files it names."""
    path = SHARED / "dcat" / file
    records = dcat.parse(path.read_text(encoding="utf-8"), _form(path))
    assert (len(records), sum(len(record.distributions) for record in records)) == (datasets, distributions)
    assert all(record.title for record in records)


@needs_shared_data
def test_every_real_file_is_read_or_refused_in_a_sentence() -> None:
    """Whatever lies in the collection of real files, nothing but a sentence for people comes of it."""
    refusals = {path.name: _refusal(path) for path in sorted((SHARED / "dcat").rglob("*")) if path.suffix in FORM_OF}
    said = [text for text in refusals.values() if text]
    assert 0 < len(said) < len(refusals)
    assert all(text.zh.startswith("无法读取目录数据：") for text in said)
    assert all(text.en.startswith("The catalogue cannot be read: ") for text in said)
    assert "The prefix healthdcatap: has not been declared" in refusals["dataset.ttl"].en
    assert not refusals["destatis-catalog.rdf"]


def _refusal(path: Path) -> LocalText:
    try:
        dcat.parse(path.read_text(encoding="utf-8", errors="replace"), _form(path))
    except PortalError as error:
        return error.message
    return LocalText()


def _form(path: Path) -> Serialization:
    return next(serialization for serialization in SERIALIZATIONS if serialization == FORM_OF[path.suffix])


def test_a_graph_without_our_habits_is_read() -> None:
    """Blank nodes, untagged titles, times of day and properties that we do not know are no hindrance."""
    text = """
        @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
        <https://example.com/d> a dcat:Dataset ; dct:title "Bäume", "Trees"@en-GB ; dct:issued "2026-01-02T03:04:05Z" ;
          dct:publisher [ a foaf:Agent ; foaf:name "Amt" ] ; dcat:keyword "Baum"@de ; dct:unknown 7 ;
          dcat:contactPoint [ vcard:fn "Frau A" ; vcard:hasEmail <mailto:a@example.com> ] ;
          dcat:distribution [ dcat:accessURL <https://example.com/d.csv> ; dcat:byteSize "viel" ] .
        """
    (record,) = dcat.parse(text, "turtle")
    assert record.title == record.description == LocalText("Bäume", "Trees")
    assert (record.issued, record.keywords) == ("2026-01-02T03:04:05Z", (("de", "Baum"),))
    assert record.publisher is not None
    assert record.publisher.name == LocalText("Amt")
    assert isinstance(record.contact, Contact)
    assert record.contact.name == LocalText("Frau A")
    (distribution,) = record.distributions
    assert (distribution.access_url, distribution.size_bytes) == ("https://example.com/d.csv", None)


def test_a_reference_that_leads_nowhere_stays_an_address() -> None:
    """A publisher and a file of which nothing is told are known by their addresses alone."""
    text = """
        @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
        <https://example.com/d> a dcat:Dataset ; dct:publisher <https://example.com/p> ;
          dcat:distribution <https://example.com/f> .
        """
    (record,) = dcat.parse(text, "turtle")
    assert record.title == LocalText("https://example.com/d")
    assert record.publisher is not None
    assert (record.publisher.iri, record.publisher.name) == ("https://example.com/p", LocalText())
    assert [item.iri for item in record.distributions] == ["https://example.com/f"]


_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://d/"'
_BOMB = "".join(f'<!ENTITY e{level + 1} "{f"&e{level};" * 10}">' for level in range(1, 10))


@pytest.mark.parametrize(
    ("serialization", "text", "reason"),
    [
        (
            "rdfxml",
            f'<!DOCTYPE r [<!ENTITY e1 "aaaa">{_BOMB}]><rdf:RDF {_RDF}><d:x>&e10;</d:x></rdf:RDF>',
            "it declares entities",
        ),
        ("rdfxml", f"<rdf:RDF {_RDF}>" + "<rdf:Description><d:x>" * 50_000, "it nests too deeply"),
        ("jsonld", '{"@id":"http://a/","http://p/":' * 50_000, "it nests too deeply"),
        ("jsonld", "[" * 50_000, "it nests too deeply"),
        ("jsonld", '{"a": "' + '\\"' * 500_000, "Unexpected"),
        ("jsonld", '{"@context": "http://127.0.0.1:9/context", "a": 1}', "remote contexts"),
        ("turtle", "<http://a/> <http://b/> " + "[<http://b/> " * 50_000, "Unexpected end"),
        ("turtle", "甲", "not a valid subject"),
        ("rdfxml", "", "no element found"),
        ("rdfxml", "\ud800", "surrogates not allowed"),
        ("turtle", "\ud800", "surrogates not allowed"),
    ],
    ids=lambda value: value[:12].replace("\ud800", "surrogate") if isinstance(value, str) else None,
)
def test_what_could_do_harm_is_refused_at_once(serialization: Serialization, text: str, reason: str) -> None:
    """Entities, endless nesting, contexts elsewhere and what is no document are one sentence, in little time."""
    begun = time.process_time()
    with pytest.raises(UnreadableGraph) as refused:
        dcat.parse(text, serialization)
    assert reason in refused.value.message.en
    assert time.process_time() - begun < 2


def test_depth_that_graphs_have_is_read() -> None:
    """Nesting up to the limit is read."""
    depth = DEPTH_MAX - 2
    text = '{"@id": "http://a/", "http://p/": ' * depth + "1" + "}" * depth
    assert dcat.parse(text, "jsonld") == []


def test_brackets_within_texts_are_no_depth() -> None:
    """A text full of brackets and escaped quotes nests nowhere."""
    text = (
        '{"@id": "http://a/", "@type": "http://www.w3.org/ns/dcat#Dataset", "http://purl.org/dc/terms/title": "[[\\"{"}'
    )
    (record,) = dcat.parse(text.replace("[[", "[" * 500), "jsonld")
    assert record.title.zh == "[" * 500 + '"{'


def test_days_are_days() -> None:
    """A day is told as xsd:date, whatever its year."""
    dataset = Dataset("x", LocalText("甲"), "x", "x", Publisher("p", LocalText("乙")), published=date(1, 2, 3))
    content = dcat.dump(PublishedDataset(dataset), base_url=BASE, serialization="turtle").decode()
    assert 'dct:issued "0001-02-03"^^xsd:date' in content
