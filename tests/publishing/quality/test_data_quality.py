"""Indicators of GB/T 36344: what a schema, a profile and findings decide, and what they do not."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from made_published import NO_ANSWERS, TODAY, link, published, table
from support import PROJECT

from portal.findings.finding import Finding, found
from portal.model.catalog import Field, ForeignKey, Schema
from portal.model.quality import Freshness, Indicator
from portal.model.table_profile import ColumnProfile, TableProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset
from portal.publishing.quality.data_quality import INDICATORS, indicators
from portal.publishing.quality.link_answers import LinkAnswer, LinkAnswers

CURRENT = Freshness("current", TODAY, TODAY)
UNSCHEDULED = Freshness("unscheduled")


def field(name: str, type_: str = "string", **constraints: object) -> Field:
    """Return a column."""
    return Field(name, LocalText(name), type_, constraints=constraints)


def counted(
    item: PublishedDataset,
    *findings: Finding,
    freshness: Freshness = UNSCHEDULED,
    answers: LinkAnswers = NO_ANSWERS,
) -> dict[str, tuple[int, int]]:
    """Return satisfied and evaluated elements by code."""
    found = indicators(item, findings, freshness, answers, today=TODAY, answer_days_max=90)
    return {one.code: (one.satisfied, one.evaluated) for one in found}


SCHEMA = Schema(
    (field("code", required=True, pattern="[0-9]+"), field("kind", enum=["a", "b"]), field("pupils", "integer")),
    primary_key=("code",),
    foreign_keys=(ForeignKey(("code",), "other", ("code",)),),
)
PROFILE = TableProfile(
    10,
    (
        ColumnProfile("code", 0, 10),
        ColumnProfile("kind", 2, 2),
        ColumnProfile("pupils", 5, 5),
        ColumnProfile("x", 9, 1),
    ),
)


def test_cells_are_counted_under_the_rules_of_their_columns() -> None:
    """Of 10 rows: types of 5 numbers, formats of 18 cells, a column without description, a key, references."""
    assert counted(published(table(schema=SCHEMA, profile=PROFILE))) == {
        "010101": (5, 5),
        "010102": (18, 18),
        "0103": (3, 4),
        "0105": (18, 18),
        "0201": (10, 10),
        "0202": (10, 10),
        "0302": (23, 23),
        "0303": (10, 10),
        "0304": (10, 10),
        "0305": (40, 40),
        "0601": (1, 1),
    }


def test_a_table_without_schema_is_assessed_by_what_needs_none() -> None:
    """Without a schema there is no type, no key and no required column to assess: they are left out, never whole."""
    assert set(counted(published(table(profile=PROFILE)))) == {"0202", "0305", "0601"}


def test_dirt_is_counted_by_cells() -> None:
    """Two findings of one cell count once; findings that name no cell do not count."""
    place: dict[str, Any] = {"dataset": "stops", "resource": "stops", "file": "a.csv", "row": 3, "column": 2}
    dirty = [found("invisible-character", **place), found("full-width-digits", **place)]
    other = [found("workbook-comments", dataset="stops", resource="stops", file="a.csv")]
    assert counted(published(table(profile=PROFILE)), *dirty, *other)["0305"] == (39, 40)


def test_dirt_is_not_assessed_where_findings_were_cut() -> None:
    """Nobody knows how many there are behind those that are listed."""
    cut = found("errors-cut", dataset="stops", resource="stops", file="a.csv", number=1000)
    assert "0305" not in counted(published(table(profile=PROFILE)), cut)


def test_timeliness_follows_the_promised_cycle() -> None:
    """In time, late, or not assessed where nothing was promised."""
    item = published()
    assert counted(item, freshness=CURRENT)["0502"] == (1, 1)
    assert counted(item, freshness=Freshness("overdue", TODAY, TODAY, 3))["0502"] == (0, 1)
    assert "0502" not in counted(item)


def test_a_link_counts_as_accessible_once_it_was_visited() -> None:
    """One that answered, one that did not, and one never visited."""
    url = "https://example.com/a.csv"

    def after(answers: bool) -> LinkAnswers:
        return LinkAnswers({url: LinkAnswer(url, date(2026, 5, 1), answers)})

    item = published(table(), link(url))
    assert counted(item, answers=after(True))["0601"] == (2, 2)
    assert counted(item, answers=after(False))["0601"] == (1, 2)
    assert counted(item)["0601"] == (1, 1)


def test_an_entry_is_not_assessed() -> None:
    """Without files there is nothing to look at."""
    assert counted(PublishedDataset(published().dataset), freshness=CURRENT) == {}


def test_the_codes_are_those_of_the_standard() -> None:
    """Every code has the name that the sample's table of indicators gives it."""
    with (PROJECT / "datasets/kaifang/gbt-36344-indicators/indicators.csv").open(encoding="utf-8", newline="") as text:
        names = {row["指标代码"]: row["指标名称"] for row in csv.DictReader(text)}
    assert {code: names[code] for code in INDICATORS} == {
        code: title.zh.partition("（")[0] for code, title in INDICATORS.items()
    }


def test_a_share_is_of_what_was_evaluated() -> None:
    """398 of 400 is 0.995."""
    assert Indicator("0201", 398, 400).share == 0.995
