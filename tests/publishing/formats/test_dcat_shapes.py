"""The catalogue against the shapes of DCAT-AP 3.0.1, by pyshacl."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyshacl
import pytest
import rdflib
from support import PROJECT, SHARED, TODAY, needs_shared_data

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.model.catalog import Dataset, Licence, Origin, Resource
from portal.model.guide import GuideEntry
from portal.model.portal import Directory, Portal
from portal.model.text import LocalText
from portal.publishing.formats import dcat
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.release import Release
from portal.settings import load_settings

pytestmark = needs_shared_data

BASE = "https://data.example.cn"


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    """The shapes: classes, numbers and kinds of values.

    The file of SEMIC names shapes for data services that stand nowhere in it; a shape that is not there asks nothing.
    """
    found = rdflib.Graph().parse(SHARED / "dcat" / "shapes" / "dcat-ap-3.0.1" / "dcat-ap-SHACL.ttl")
    for subject, shape in list(found.subject_objects(rdflib.SH.property)):
        if (shape, None, None) not in found:
            found.remove((subject, rdflib.SH.property, shape))
    return found


def catalogue(datasets: list[PublishedDataset]) -> rdflib.Graph:
    """Return the whole catalogue as a graph."""
    pages = dcat.dump_catalogue(datasets, Directory(Portal()), base_url=BASE, serialization="turtle", today=TODAY)
    return rdflib.Graph().parse(data=next(pages)[1], format="turtle")


def complaints(graph: rdflib.Graph, shapes: rdflib.Graph) -> str:
    """Return what pyshacl has to say, "" where the graph conforms."""
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    return "" if conforms else str(text)


def with_files(dataset: Dataset) -> PublishedDataset:
    """Return a dataset as if it were published: a file for each table, none where it is not open."""
    if not dataset.is_open:
        return PublishedDataset(dataset)
    return PublishedDataset(dataset, tuple(_with_file(dataset, resource) for resource in dataset.resources))


def _with_file(dataset: Dataset, resource: Resource) -> PublishedResource:
    path = f"data/{dataset.name}/{resource.name}.csv"
    return PublishedResource(resource, (PublishedFile(path, "csv", "text/csv", 1, "0" * 64, "a.csv"),))


def test_the_tiny_catalogue_conforms(tiny_build: Release, shapes: rdflib.Graph) -> None:
    """A real build, files and all, has nothing that the shapes complain of."""
    assert complaints(catalogue(list(tiny_build.published)), shapes) == ""


def test_the_sample_conforms(shapes: rdflib.Graph) -> None:
    """Every dataset of the sample is described as the shapes ask."""
    catalog, _ = load_catalog(load_settings(PROJECT / "datasets"))
    assert len(catalog.datasets) > 60
    assert complaints(catalogue([with_files(dataset) for dataset in catalog.datasets]), shapes) == ""


def test_what_is_rarely_stated_conforms(tiny_build: Release, shapes: rdflib.Graph) -> None:
    """Contacts, periods, relations, origins, conditions, plans and links are described as the shapes ask."""
    (schools,) = (item for item in tiny_build.published if item.dataset.name == "schools")
    link = Resource("map", LocalText("地图"), "link", "wms", "", url="https://example.com/wms")
    dataset = replace(
        schools.dataset,
        open_state="conditional",
        open_condition="签署协议",
        planned_on=date(2027, 1, 1),
        temporal="2025-01/..",
        spatial="示范市",
        version="1",
        licences=(Licence("own", LocalText("自定协议")),),
        origins=(Origin("年鉴", "https://example.com/"), Origin("档案")),
        derived_from=("bus-lines",),
        superseded_by="bus-lines",
        is_demonstration=True,
        update_cycle="tenday",
        guide=GuideEntry(
            related_codes=("307021/1",),
            phone="0000-1234",
            responsible="科长",
            provider_unit="信息科",
            online_url="https://example.com/d/1",
        ),
    )
    full = PublishedDataset(dataset, (*schools.resources, PublishedResource(link)), schools.package)
    assert complaints(catalogue([full]), shapes) == ""


@pytest.mark.parametrize(
    ("lost", "complaint"),
    [
        (rdflib.DCAT.accessURL, "MinCountConstraintComponent"),
        (rdflib.FOAF.name, "MinCountConstraintComponent"),
        (rdflib.RDF.type, "ClassConstraintComponent"),
    ],
)
def test_the_shapes_would_complain(
    tiny_build: Release, shapes: rdflib.Graph, lost: rdflib.URIRef, complaint: str
) -> None:
    """Without an address, a name, or the class of what is referred to, the same catalogue does not conform."""
    graph = catalogue(list(tiny_build.published))
    kept = {rdflib.DCAT.Catalog, rdflib.DCAT.Dataset, rdflib.DCAT.Distribution, rdflib.DCAT.DataService}
    for subject, value in list(graph.subject_objects(lost)):
        if value not in kept:
            graph.remove((subject, lost, value))
    assert complaint in complaints(graph, shapes)
