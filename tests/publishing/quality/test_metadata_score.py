"""The metadata score: its points, what decides each metric, and the value of a catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pyshacl
import pytest
import rdflib
from made_published import BASE_URL, NO_ANSWERS, TODAY, basis, file, link, published, table
from support import SHARED, needs_shared_data

from portal.model.catalog import UNKNOWN_PUBLISHER, Licence, Publisher
from portal.model.quality import MetadataScore
from portal.model.text import LocalText
from portal.publishing.formats.dcat.dcat_record import Agent, Record
from portal.publishing.formats.dcat.described import record_of
from portal.publishing.formats.dcat.nodes import nodes_of
from portal.publishing.formats.dcat.serializations import document, piece, shared_piece
from portal.publishing.publication import PublishedDataset
from portal.publishing.quality.advice import advise
from portal.publishing.quality.link_answers import LinkAnswer, LinkAnswers
from portal.publishing.quality.metadata_score import DIMENSIONS, METRICS, catalogue_value, follows_dcat_ap, score
from portal.publishing.quality.weights import default_weights

LINK = "https://example.com/stops.csv"


def scored(item: PublishedDataset, answers: LinkAnswers = NO_ANSWERS) -> MetadataScore:
    """Return the score of a dataset that has one."""
    found = score(item, basis(answers))
    assert found is not None
    return found


def lacking(item: PublishedDataset) -> set[str]:
    """Return the metrics that a dataset does not meet."""
    return set(METRICS) - set(scored(item).passed)


def answered(answers: bool | None, days_ago: int = 0) -> LinkAnswers:
    """Return what a check of `LINK` wrote down."""
    return LinkAnswers({LINK: LinkAnswer(LINK, TODAY - timedelta(days=days_ago), answers)})


def test_the_points_are_those_of_the_mqa() -> None:
    """The five dimensions have 100, 100, 110, 75 and 20 points; every metric stands in one of them and has a title."""
    points = default_weights().points
    assert [sum(points[name] for name in item.metrics) for item in DIMENSIONS] == [100, 100, 110, 75, 20]
    assert [name for item in DIMENSIONS for name in item.metrics] == list(points) == list(METRICS)


def test_the_published_vector_gives_its_number() -> None:
    """46 datasets with 255 distributions of a known catalogue come to 280.31 points, a good one."""
    of_datasets = {"keyword": 46, "theme": 46, "spatial": 42, "temporal": 0, "dcat_ap": 0, "access_rights": 46}
    of_datasets |= {"access_rights_known": 0, "contact": 46, "publisher": 46, "issued": 46, "modified": 46}
    of_files = {"access_url_answers": 255, "download_url": 0, "download_url_answers": 0, "format": 255}
    of_files |= {"media_type": 255, "non_proprietary": 131, "machine_readable": 252, "licence": 255}
    of_files |= {"licence_known": 245, "rights": 255, "byte_size": 0}
    counts = {name: (met, 46) for name, met in of_datasets.items()}
    counts |= {name: (met, 255) for name, met in of_files.items()} | {"vocabularies": (378, 510)}
    weights = default_weights()
    assert set(counts) == set(METRICS)
    assert catalogue_value(counts, weights.points) == 280.31
    assert weights.band(280.31) == "good"


def test_a_dataset_that_lacks_nothing_has_all_points() -> None:
    """Metadata, licence and a CSV file of our own make 405 of 405."""
    found = scored(published())
    assert (found.points, found.points_max, found.band) == (405, 405, "excellent")
    assert found.passed == tuple(METRICS)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"keywords": ()}, {"keyword"}),
        ({"themes": ()}, {"theme"}),
        ({"spatial": ""}, {"spatial"}),
        ({"temporal": ""}, {"temporal"}),
        ({"licences": ()}, {"licence", "licence_known"}),
        ({"licences": (Licence("own", LocalText("自定条款")),)}, {"licence_known"}),
        ({"publisher": Publisher("transport", LocalText("交通局"))}, {"contact"}),
        ({"publisher": Publisher(UNKNOWN_PUBLISHER, LocalText("未注明"), unit="x")}, {"publisher"}),
        ({"published": None}, {"issued"}),
        ({"updated": None}, {"modified"}),
    ],
)
def test_what_is_not_stated_costs_its_points(changes: dict[str, Any], missing: set[str]) -> None:
    """Each element that is left out costs the metrics that ask for it and no other."""
    points = default_weights().points
    item = published(**changes)
    assert lacking(item) == missing
    assert scored(item).points == 405 - sum(points[name] for name in missing)


def test_the_best_file_counts_alone() -> None:
    """A PDF beside a CSV costs nothing; alone it is neither free of a company nor readable by machines."""
    pdf = file("pdf", "application/pdf")
    assert lacking(published(table(pdf, file()))) == set()
    assert lacking(published(table(pdf))) == {"non_proprietary", "machine_readable"}


def test_points_of_two_files_are_not_mixed() -> None:
    """A workbook machines read and a text free of a company make one of the two, as either file has one alone."""
    book = file("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    text = file("txt", "text/plain")
    assert len(lacking(published(table(book, text)))) == 1


def test_a_format_without_entry_in_the_vocabularies_costs_them() -> None:
    """A file of a format that the EU's table does not know is from no standard list."""
    assert lacking(published(table(file("xyz", "application/x-xyz")))) == {
        "media_type",
        "vocabularies",
        "non_proprietary",
        "machine_readable",
    }


@pytest.mark.parametrize(
    ("answers", "is_met", "unchecked"),
    [
        (LinkAnswers(), False, ("access_url_answers",)),
        (answered(True), True, ()),
        (answered(False), False, ()),
        (answered(None), False, ("access_url_answers",)),
        (answered(True, 90), True, ()),
        (answered(True, 91), False, ("access_url_answers",)),
    ],
)
def test_a_link_elsewhere_answers_where_it_was_visited_lately(
    answers: LinkAnswers, is_met: bool, unchecked: tuple[str, ...]
) -> None:
    """Only an answer of the last 90 days counts; without one the link is told to be not checked."""
    found = scored(published(link(LINK)), answers)
    assert ("access_url_answers" in found.passed, found.unchecked) == (is_met, unchecked)
    assert {"download_url", "download_url_answers", "byte_size"}.isdisjoint(found.passed)


def test_a_link_to_a_table_in_csv_is_scored_by_its_format() -> None:
    """Of a table in CSV on another site, format and media type are known, and no advice asks for CSV."""
    found = scored(published(link(LINK)), answered(True))
    assert {"format", "media_type", "vocabularies", "non_proprietary", "machine_readable"} <= set(found.passed)
    advised = {gain.advice.metrics for gain in advise(found, basis().weights.points)}
    assert advised == {("download_url", "download_url_answers", "access_url_answers", "byte_size")}


def test_an_entry_without_files_has_no_score() -> None:
    """What has neither files nor links here is not scored."""
    assert score(PublishedDataset(published().dataset), basis()) is None


SPOILT: list[tuple[str, Callable[[Record], Record]]] = [
    ("whole", lambda record: record),
    ("no title", lambda record: replace(record, title=LocalText())),
    ("no description", lambda record: replace(record, description=LocalText())),
    ("no name", lambda record: replace(record, publisher=Agent(f"{BASE_URL}/#x"))),
    (
        "no address",
        lambda record: replace(record, distributions=(replace(record.distributions[0], access_url=""),)),
    ),
]


@needs_shared_data
@pytest.mark.parametrize(("name", "spoil"), SPOILT, ids=[name for name, _ in SPOILT])
def test_the_rule_for_dcat_ap_agrees_with_its_shapes(name: str, spoil: Callable[[Record], Record]) -> None:
    """What the rule says of a description is what pyshacl says of its graph."""
    record = spoil(record_of(published(), base_url=BASE_URL))
    own, shared = nodes_of(record)
    text = document([piece(own, "turtle"), *(shared_piece(node, "turtle") for node in shared)], "turtle")
    shapes = rdflib.Graph().parse(SHARED / "dcat" / "shapes" / "dcat-ap-3.0.1" / "dcat-ap-SHACL.ttl")
    conforms, _, _ = pyshacl.validate(rdflib.Graph().parse(data=text, format="turtle"), shacl_graph=shapes)
    assert follows_dcat_ap(record) == conforms == (name == "whole")


def test_the_base_does_not_change_the_score() -> None:
    """The same dataset has the same points wherever the portal is reached."""
    elsewhere = replace(basis(), base_url="http://127.0.0.1:8000", today=date(2030, 1, 1))
    assert score(published(), elsewhere) == scored(published())
