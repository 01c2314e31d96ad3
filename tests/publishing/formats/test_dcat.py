"""Datasets as DCAT-AP: three forms of one graph, pages of the whole catalogue, and what becomes of hostile texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import rdflib
from support import TODAY

from portal.model.catalog import Licence, Origin, Resource
from portal.model.guide import GuideEntry
from portal.model.portal import Directory, Portal
from portal.model.text import LocalText
from portal.model.understood_table import Decision
from portal.publishing.formats import dcat
from portal.publishing.formats.dcat.serializations import HEADS, SERIALIZATIONS, Node, Serialization, document, piece
from portal.publishing.formats.dcat.vocabulary import LICENCES, PREFIXES, TERMS
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.release import Release

Published = Callable[[str], PublishedDataset]

BASE = "https://data.example.cn/open"
PORTAL = Directory(Portal(LocalText("小城数据", "Small Town Data"), organisation=LocalText("小城数据局")))
READERS = {"turtle": "turtle", "rdfxml": "xml", "jsonld": "json-ld"}
EU = "http://publications.europa.eu/resource/authority"
HOSTILE = "</script>\"'''\\ <b>&amp; ]]> \x00\x0b\ud800\ufffe\u2028 \r\n甲"
HARMLESS = "</script>\"'''\\ <b>&amp; ]]> \u2028 \n甲"


def graph(content: bytes, serialization: Serialization) -> rdflib.Graph:
    """Return what rdflib reads out of a document."""
    return rdflib.Graph().parse(data=content, format=READERS[serialization])


def catalogue(
    datasets: list[PublishedDataset], serialization: Serialization, **options: Any
) -> list[tuple[str, bytes]]:
    """Return the pages of a catalogue in one form."""
    return list(
        dcat.dump_catalogue(datasets, PORTAL, base_url=BASE, serialization=serialization, today=TODAY, **options)
    )


def described(item: PublishedDataset) -> dcat.Record:
    """Return what DCAT says of a dataset, read from its Turtle."""
    (record,) = dcat.parse(dcat.dump(item, base_url=BASE, serialization="turtle").decode(), "turtle")
    return record


def test_rdflib_reads_the_same_graph_in_all_forms(tiny_build: Release) -> None:
    """Turtle, RDF/XML and JSON-LD of the whole catalogue and of each dataset hold the same statements."""
    datasets = list(tiny_build.published)
    documents = [{serialization: catalogue(datasets, serialization)[0][1] for serialization in SERIALIZATIONS}]
    documents += [
        {serialization: dcat.dump(item, base_url=BASE, serialization=serialization) for serialization in SERIALIZATIONS}
        for item in datasets
    ]
    for serializations in documents:
        turtle, *others = (set(graph(content, serialization)) for serialization, content in serializations.items())
        assert len(turtle) > 20
        assert others == [turtle, turtle]


def test_an_open_dataset_is_told_whole(published: Published) -> None:
    """The Turtle of a dataset names its rights, cycle, theme, area and files by the vocabularies of the EU."""
    item = published("schools")
    found = graph(dcat.dump(item, base_url=BASE, serialization="turtle"), "turtle")
    page = f"{BASE}/datasets/schools/"
    dataset, file = rdflib.URIRef(f"{page}#dataset"), rdflib.URIRef(f"{page}#file/schools.csv")
    dcterms, dc = rdflib.DCTERMS, rdflib.DCAT
    values = {(name, str(value)) for name, value in found.predicate_objects(dataset) if name != dc.distribution}
    assert values == {
        (rdflib.RDF.type, str(dc.Dataset)),
        (dcterms.title, "学校名录"),
        (dcterms.title, "List of schools"),
        (dcterms.description, item.dataset.description.zh),
        (dcterms.description, item.dataset.description.en),
        (dcterms.identifier, "schools"),
        (dcterms.publisher, f"{BASE}/publishers/education/#publisher"),
        *[(dc.keyword, word) for word in ("学校", "教育", "schools", "education")],
        (dc.theme, f"{BASE}/themes/education/#theme"),
        (dc.theme, f"{EU}/data-theme/EDUC"),
        (dcterms.language, f"{EU}/language/ZHO"),
        (dcterms.accessRights, f"{EU}/access-right/PUBLIC"),
        (dcterms.accrualPeriodicity, f"{EU}/frequency/ANNUAL"),
        (dcterms.issued, "2026-03-01"),
        (dcterms.modified, "2026-03-01"),
        (dcterms.spatial, f"{BASE}/#place/100000"),
        (dc.landingPage, page),
        (dcterms.license, f"{EU}/licence/CC_BY_4_0"),
    }
    csv = next(each for each in item.resources[0].files if each.path == "data/schools/schools.csv")
    assert {(name, str(value)) for name, value in found.predicate_objects(file)} >= {
        (dc.accessURL, page),
        (dc.downloadURL, f"{BASE}/data/schools/schools.csv"),
        (dcterms["format"], f"{EU}/file-type/CSV"),
        (dc.mediaType, "https://www.iana.org/assignments/media-types/text/csv"),
        (dc.byteSize, str(csv.size_bytes)),
        (dcterms.license, f"{EU}/licence/CC_BY_4_0"),
        (dcterms.rights, f"{BASE}/#rights/open"),
    }
    hashes = {str(value) for value in found.objects(predicate=rdflib.URIRef(f"{PREFIXES['spdx']}checksumValue"))}
    assert csv.sha256 in {value.lower() for value in hashes}


@pytest.mark.parametrize(
    ("state", "code"),
    [("open", "PUBLIC"), ("conditional", "RESTRICTED"), ("closed", "NON_PUBLIC"), ("planned", "NON_PUBLIC")],
)
def test_openness_is_the_access_right(published: Published, state: Any, code: str) -> None:
    """Open is public, open on a condition is restricted, closed and planned are not public."""
    item = published("salaries")
    record = described(replace(item, dataset=replace(item.dataset, open_state=state)))
    assert record.access_rights == f"{EU}/access-right/{code}"


def test_a_closed_dataset_is_told_without_files(published: Published) -> None:
    """Of a dataset that is not open the graph holds the entry, and says in words who may have the files."""
    record = described(published("salaries"))
    assert (record.title.zh, record.distributions) == ("工资发放记录", ())
    assert record.rights is not None
    assert record.rights.label.zh == "不予开放"


def test_a_condition_is_told_in_the_words_of_the_publisher(published: Published) -> None:
    """Who may have files on a condition is told by that condition."""
    item = published("salaries")
    record = described(
        replace(item, dataset=replace(item.dataset, open_state="conditional", open_condition="向交通局申请"))
    )
    assert record.rights is not None
    assert record.rights.label == LocalText("向交通局申请")


def test_a_planned_opening_has_its_day(published: Published) -> None:
    """The day on which a dataset is to be opened is the day from which it is available."""
    item = published("salaries")
    planned = replace(item.dataset, open_state="planned", planned_on=date(2026, 12, 1))
    assert described(replace(item, dataset=planned)).available == "2026-12-01"


def test_the_register_tells_whom_to_ask(published: Published) -> None:
    """Unit, post and telephone come from the register of publishers, unless the dataset states its own."""
    item = published("schools")
    publisher = replace(item.dataset.publisher, unit="信息科", phone="0000-1234 转 5", responsible="局长")
    asked = described(replace(item, dataset=replace(item.dataset, publisher=publisher))).contact
    assert asked is not None
    assert (asked.iri, asked.name.zh, asked.role.zh, asked.phone) == (
        f"{BASE}/publishers/education/#contact",
        "信息科",
        "局长",
        "0000-1234 转 5",
    )
    own = replace(item.dataset, publisher=publisher, guide=GuideEntry(phone="0000-9999"))
    asked = described(replace(item, dataset=own)).contact
    assert asked is not None
    assert (asked.iri, asked.phone) == (f"{BASE}/datasets/schools/#contact", "0000-9999")


@pytest.mark.parametrize(
    ("temporal", "start", "end", "label"),
    [
        ("2025-01-01/2025-12-31", "2025-01-01", "2025-12-31", ""),
        ("2025-03/..", "2025-03", "", ""),
        ("2025", "2025", "2025", ""),
        ("2025-02-30/2025-03-01", "", "", "2025-02-30/2025-03-01"),
        ("去年", "", "", "去年"),
    ],
)
def test_periods_keep_their_precision(published: Published, temporal: str, start: str, end: str, label: str) -> None:
    """Days, months and years are told as such, an open end is left out, and what is no interval stays words."""
    item = published("schools")
    period = described(replace(item, dataset=replace(item.dataset, temporal=temporal))).period
    assert period is not None
    assert (period.start, period.end, period.label.zh) == (start, end, label)


def test_related_and_derived_are_told(published: Published) -> None:
    """Codes of related resources, what the data were made of, and what takes their place, stand in the record."""
    item = published("schools")
    record = described(
        replace(
            item,
            dataset=replace(
                item.dataset,
                guide=GuideEntry(related_codes=("307021/000002", "307021/000001")),
                derived_from=("bus-lines",),
                origins=(Origin("教育年鉴", "https://example.com/年鉴"), Origin("档案")),
                superseded_by="schools-2027",
                is_demonstration=True,
            ),
        )
    )
    assert record.relations == ("307021/000001", "307021/000002")
    assert {(each.iri, each.label.zh) for each in record.origins} == {
        (f"{BASE}/datasets/bus-lines/#dataset", ""),
        ("https://example.com/%E5%B9%B4%E9%89%B4", "教育年鉴"),
        (f"{BASE}/datasets/schools/#origin/2", "档案"),
    }
    assert record.replaced_by == f"{BASE}/datasets/schools-2027/#dataset"
    assert record.provenance is not None
    assert "虚构" in record.provenance.label.zh


@pytest.mark.parametrize("serialization", SERIALIZATIONS)
def test_hostile_texts_survive_in_every_form(published: Published, serialization: Serialization) -> None:
    """Quotes, tags and ends of lines come back as they were; only what XML cannot hold is taken out."""
    item = published("schools")
    hostile = replace(
        item.dataset,
        title=LocalText(HOSTILE, HOSTILE),
        keywords=(LocalText(HOSTILE),),
        publisher=replace(item.dataset.publisher, title=LocalText(HOSTILE), phone=HOSTILE),
        code=HOSTILE,
        spatial=HOSTILE,
        temporal=HOSTILE,
        open_condition=HOSTILE,
        guide=GuideEntry(related_codes=(HOSTILE,), phone=HOSTILE),
    )
    content = dcat.dump(replace(item, dataset=hostile), base_url=BASE, serialization=serialization)
    (record,) = dcat.parse(content.decode(), serialization)
    assert record.title == LocalText(HARMLESS, HARMLESS)
    assert record.keywords == (("zh", HARMLESS),)
    assert record.relations == (HARMLESS,)
    titles = set(graph(content, serialization).objects(rdflib.URIRef(record.iri), rdflib.DCTERMS.title))
    assert titles == {rdflib.Literal(HARMLESS, lang="zh"), rdflib.Literal(HARMLESS, lang="en")}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://", "//x", "https://[::1/", "a b", "http://a/#b#c", "\ud800"]
)
def test_an_address_that_is_none_breaks_nothing(published: Published, url: str) -> None:
    """A link, licence or origin with an unusable address loses it, and the document stays whole."""
    item = published("schools")
    link = Resource("map", LocalText("地图", "Map"), "link", "wms", "", url=url)
    licence = Licence("other-licence", LocalText("自定协议"), url)
    dataset = replace(item.dataset, licences=(licence,), origins=(Origin("年鉴", url),), homepage=url)
    changed = replace(item, dataset=dataset, resources=(PublishedResource(link),), package=None)
    for serialization in SERIALIZATIONS:
        content = dcat.dump(changed, base_url=BASE, serialization=serialization)
        (record,) = dcat.parse(content.decode(), serialization)
        assert record.distributions == ()
        assert record.licence is not None
        assert record.licence.iri == f"{BASE}/datasets/schools/#licence"
        assert [each.iri for each in record.origins] == [f"{BASE}/datasets/schools/#origin/1"]
        assert len(graph(content, serialization)) > 20


def test_a_link_is_percent_encoded(published: Published) -> None:
    """An address with characters beyond ASCII, blanks or brackets is told as a valid IRI."""
    link = Resource("map", LocalText("地图", "Map"), "link", "wms", "", url="https://example.com/图 1?<a>|100%")
    item = replace(published("schools"), resources=(PublishedResource(link),), package=None)
    (distribution,) = described(item).distributions
    assert distribution.access_url == "https://example.com/%E5%9B%BE%201?%3Ca%3E%7C100%25"
    assert (distribution.download_url, distribution.size_bytes) == ("", None)


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("text/csv", "text/csv"),
        ("Application/JSON; charset=utf-8", "application/json"),
        ("application/octet-stream", ""),
        ("application/x-own", ""),
        ("", ""),
    ],
)
def test_a_link_has_its_media_type(published: Published, stated: str, told: str) -> None:
    """The media type of a link is told where IANA has it; that of a format nobody knows says nothing."""
    link = Resource("far", LocalText("外站"), "link", "csv", stated, url="https://example.com/a")
    item = replace(published("schools"), resources=(PublishedResource(link),), package=None)
    (distribution,) = described(item).distributions
    assert distribution.media_type == told
    turtle = dcat.dump(item, base_url=BASE, serialization="turtle").decode()
    assert turtle.count("dcat:mediaType") == bool(told)


def test_a_file_of_several_tables_stands_once(published: Published) -> None:
    """A workbook that several tables come from is one distribution."""
    item = published("schools")
    file = PublishedFile("data/schools/original/a.xlsx", "xlsx", "", 1, "0" * 64, "a.xlsx", is_original=True)
    tables = tuple(
        PublishedResource(Resource(name, LocalText(name), "table", "xlsx", ""), (file,)) for name in ("one", "two")
    )
    (distribution,) = described(replace(item, resources=tables, package=None)).distributions
    assert distribution.title == LocalText("one（XLSX，原始文件）")


def test_a_short_catalogue_is_one_page(tiny_build: Release) -> None:
    """A catalogue that fits on a page has no pages to turn; it names publisher, day and all datasets."""
    ((path, content),) = catalogue(list(tiny_build.published), "turtle")
    found = graph(content, "turtle")
    node = rdflib.URIRef(f"{BASE}/#catalog")
    assert path == "/catalog.ttl"
    assert {str(iri) for iri in found.objects(node, rdflib.DCAT.dataset)} == {
        f"{BASE}/datasets/{name}/#dataset" for name in ("bus-lines", "salaries", "schools")
    }
    assert str(found.value(node, rdflib.DCTERMS.modified)) == TODAY.isoformat()
    name = found.value(rdflib.URIRef(f"{BASE}/#operator"), rdflib.FOAF.name)
    assert str(name) == "小城数据局"
    assert "PartialCollectionView" not in content.decode()


def test_the_catalogue_says_since_when_and_on_what_terms(tiny_build: Release) -> None:
    """It has the day of its first release and its own licence, which no dataset's licence stands for."""
    licence = Licence("CC0-1.0", LocalText("CC0 1.0"))
    portal = Portal(base_url=BASE, metadata_licence=licence)
    ((_, content),) = dcat.dump_catalogue(
        tiny_build.published,
        Directory(portal),
        base_url=BASE,
        serialization="turtle",
        today=TODAY,
        issued=date(2020, 1, 31),
    )
    found = graph(content, "turtle")
    node = rdflib.URIRef(f"{BASE}/#catalog")
    assert str(found.value(node, rdflib.DCTERMS.issued)) == "2020-01-31"
    assert str(found.value(node, rdflib.DCTERMS.license)) == LICENCES["CC0-1.0"]


def test_without_a_licence_the_catalogue_has_none(tiny_build: Release) -> None:
    """Nothing is made up: who states no licence for the catalogue gives none; the first release is today's."""
    ((_, content),) = dcat.dump_catalogue(
        tiny_build.published, Directory(Portal(base_url=BASE)), base_url=BASE, serialization="turtle", today=TODAY
    )
    found = graph(content, "turtle")
    node = rdflib.URIRef(f"{BASE}/#catalog")
    assert found.value(node, rdflib.DCTERMS.license) is None
    assert str(found.value(node, rdflib.DCTERMS.issued)) == TODAY.isoformat()


@pytest.mark.parametrize("serialization", SERIALIZATIONS)
def test_the_catalogue_names_its_services(tiny_build: Release, serialization: Serialization) -> None:
    """Both APIs are data services with their address, and a description that is there."""
    ((_, content),) = catalogue(list(tiny_build.published), serialization)
    found = graph(content, serialization)
    services = set(found.objects(rdflib.URIRef(f"{BASE}/#catalog"), rdflib.DCAT.service))
    assert services == set(found.subjects(rdflib.RDF.type, rdflib.DCAT.DataService))
    told = {
        (str(found.value(node, rdflib.DCAT.endpointURL)), str(found.value(node, rdflib.DCAT.endpointDescription)))
        for node in services
    }
    assert told == {
        (f"{BASE}/api/v1/datasets", f"{BASE}/api/v1/openapi.json"),
        (f"{BASE}/api/3/action/package_search", f"{BASE}/developers/"),
    }


@pytest.mark.parametrize("serialization", SERIALIZATIONS)
def test_a_long_catalogue_is_paged(
    tiny_build: Release, monkeypatch: pytest.MonkeyPatch, serialization: Serialization
) -> None:
    """Each page names the one before and the one after it, and together they hold each dataset once."""
    monkeypatch.setattr(dcat, "PAGE_SIZE", 2)
    ending = dcat.ENDINGS[serialization]
    pages = catalogue(list(tiny_build.published), serialization, total=3)
    assert [path for path, _ in pages] == [f"/catalog.{ending}", f"/catalog-2.{ending}"]
    told = []
    for path, content in pages:
        found = graph(content, serialization)
        view = rdflib.URIRef(f"{BASE}{path}")
        hydra = rdflib.Namespace(PREFIXES["hydra"])
        names = ("totalItems", "first", "previous", "next", "last")
        told.append([str(found.value(view, hydra[name]) or "").removeprefix(BASE) for name in names])
    first, second = (path for path, _ in pages)
    assert told == [["3", first, "", second, second], ["3", first, first, "", second]]
    iris = [record.iri for _, content in pages for record in dcat.parse(content.decode(), serialization)]
    assert iris == [f"{BASE}/datasets/{name}/#dataset" for name in ("bus-lines", "salaries", "schools")]


def test_pages_and_documents_come_from_one_pass(tiny_build: Release) -> None:
    """What is written in one go is what is written one by one."""
    datasets = list(tiny_build.published)
    pages = dcat.CataloguePages(PORTAL, base_url=BASE, today=TODAY)
    written = dict([item for each in datasets for item in pages.add(each)] + pages.finish())
    expected: dict[str, bytes] = {}
    for serialization in SERIALIZATIONS:
        expected |= dict(catalogue(datasets, serialization))
        for each in datasets:
            path = f"/datasets/{each.dataset.name}/index.{dcat.ENDINGS[serialization]}"
            expected[path] = dcat.dump(each, base_url=BASE, serialization=serialization)
    assert written == expected


def test_an_empty_catalogue_is_still_one() -> None:
    """Without datasets there is one page that tells of the catalogue alone."""
    for serialization in SERIALIZATIONS:
        ((_, content),) = catalogue([], serialization)
        assert dcat.parse(content.decode(), serialization) == []
        assert len(graph(content, serialization)) > 10


def test_what_was_understood_is_not_told(published: Published) -> None:
    """Nothing of a dataset's inner workings reaches the graph: profile, decisions, folder."""
    item = published("schools")
    decisions = (Decision("format", "csv", "csv"),)
    without = replace(
        item,
        dataset=replace(item.dataset, folder="x", descriptor_file="y", source=None),
        resources=tuple(replace(each, profile=None, decisions=decisions) for each in item.resources),
    )
    assert dcat.dump(without, base_url=BASE, serialization="turtle") == dcat.dump(
        item, base_url=BASE, serialization="turtle"
    )


@pytest.mark.parametrize("serialization", SERIALIZATIONS)
def test_each_property_can_be_written_and_joined(serialization: Serialization) -> None:
    """Every short name is written the same alone and in a whole, so that pieces can be joined."""
    examples = {"text": ("甲", "zh"), "iri": ("https://example.com/a", ""), "plain": ("a", "")}
    examples |= {"xsd:date": ("2026-01-02", ""), "xsd:gYearMonth": ("2026-01", ""), "xsd:gYear": ("2026", "")}
    examples |= {"xsd:nonNegativeInteger": ("1", ""), "xsd:hexBinary": ("AB", "")}
    nodes = [
        Node(f"https://example.com/{name}", ("dcat:Resource",), ((name, (examples[term.kind],)),))
        for name, term in TERMS.items()
    ]
    whole = document([piece(nodes, serialization)], serialization)
    assert whole.startswith(HEADS[serialization])
    assert whole == document([piece([node], serialization) for node in nodes], serialization)
    assert {str(name) for name in graph(whole, serialization).predicates()} - {str(rdflib.RDF.type)} == {
        PREFIXES[prefix] + rest for prefix, rest in (term.name.split(":") for term in TERMS.values())
    }
