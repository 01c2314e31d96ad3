"""Queries with known answers, made from titles by a seed."""

from __future__ import annotations

from known_items import KINDS, known_items

TITLES = {
    "schools": "示范市中小学校名录信息",
    "schools-2025": "示范市中小学校名录信息",
    "clinics": "示范市社区卫生服务中心名录",
    "parks": "示范市公园绿地名录与范围",
    "short": "公园名录",
}


def test_equal_seeds_make_equal_queries() -> None:
    """Another seed makes others."""
    first, again, other = (tuple(known_items(TITLES, 3, seed, {"名录": ["名单"]})) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_each_kind_of_query_is_made() -> None:
    """The title as it is comes first; a title of few characters is never asked for."""
    items = tuple(known_items(TITLES, 3, 1, {"名录": ["名单"]}))
    assert tuple(dict.fromkeys(item.kind for item in items)) == KINDS
    assert {item.query for item in items if item.kind == "synonym"} == {
        title.replace("名录", "名单") for title in TITLES.values() if title != "公园名录"
    }
    assert all("short" not in item.names for item in items if item.kind not in ("dropped", "reordered"))


def test_equal_titles_are_one_item() -> None:
    """Whoever asks for one of them may be given the other."""
    items = known_items(TITLES, 3, 1, {})
    assert {item.names for item in items if item.kind == "title"} == {
        frozenset({"schools", "schools-2025"}),
        frozenset({"clinics"}),
        frozenset({"parks"}),
    }


def test_a_word_left_out_may_leave_two_titles() -> None:
    """Who leaves out the year means each of the years."""
    titles = {
        "old": "示范市公园绿地名录2024年",
        "new": "示范市公园绿地名录2025年",
        "long": "示范市公园绿地名录2026年及范围",
    }
    assert {item.query: item.names for item in known_items(titles, 3, 4, {}) if item.kind == "dropped"} == {
        "示范市公园绿地名录年": frozenset({"old", "new"}),
        "示范公园绿地名录2025年": frozenset({"new"}),
        "示范市公园绿地2026年及范围": frozenset({"long"}),
    }
