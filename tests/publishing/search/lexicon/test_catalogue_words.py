"""What a catalogue adds to the lexicon by itself, and what kinds of data its datasets are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_published import WHOLE, published, table

from portal.model.catalog import Field, Publisher, Schema
from portal.model.text import LocalText
from portal.publishing.search.lexicon.catalogue_words import OWN_TOPIC, groups_of_catalogue, regions
from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.meaning.dataset_kinds import kinds_of


def test_keywords_and_topics_in_two_languages_are_groups() -> None:
    """They lead both ways; a keyword in one language is none, nor is one of a single character."""
    dataset = replace(
        WHOLE,
        keywords=(LocalText("公交", "bus"), LocalText("地图"), LocalText("水", "water")),
        spatial="",
    )
    assert groups_of_catalogue([dataset]) == (
        Group(("公交",), english=("bus",), topic=OWN_TOPIC),
        Group(("交通运输",), english=("Transport",), topic=OWN_TOPIC),
    )


def test_former_names_of_departments_lead_to_the_present_one() -> None:
    """One way, with the English name."""
    land = Publisher("land", LocalText("自然资源局", "Natural resources bureau"), former_names=("国土局", "规划局"))
    assert groups_of_catalogue([], [land, Publisher("x", LocalText("交通局"))]) == (
        Group(("自然资源局",), plain=("国土局", "规划局"), english=("Natural resources bureau",), topic=OWN_TOPIC),
    )


def test_a_portals_own_places_lie_in_one_another() -> None:
    """By their codes, under their own names alone."""
    own = {"990100": LocalText("示范市", "Shifan City"), "990102": LocalText("望舒县")}
    found = [(group.words[0], group.plain, group.english, group.broader) for group in regions(["990102"], own)]
    assert found == [("望舒县", (), (), ("示范市",)), ("示范市", (), ("Shifan City",), ())]


@pytest.mark.parametrize(
    ("title", "columns", "expected"),
    [
        ("公共厕所", [("地址", "string")], {"places"}),
        ("律师事务所名录", [("机构名称", "string")], {"lists"}),
        ("客运量", [("月份", "yearmonth"), ("人次", "integer")], {"statistics", "series"}),
        ("行政许可事项", [], {"matters"}),
        ("水质", [("值", "number")], set()),
    ],
)
def test_kinds_are_told_by_titles_and_columns(title: str, columns: list[tuple[str, str]], expected: set[str]) -> None:
    """Coordinates and addresses are places, numbers by time series, names lists."""
    fields = tuple(Field(name, LocalText(name), type=kind) for name, kind in columns)
    item = published(table(schema=Schema(fields)), title=LocalText(title))
    assert kinds_of(item) == expected
