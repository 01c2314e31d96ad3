"""What is not given out says who decides, on what ground and by when; every dataset says whom to tell what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.model.catalog import Dataset, Publisher, Sharing
from portal.model.portal import Portal
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.pages.dataset_access import access_view, feedback

PORTAL = Portal(email="data@city.example", phone="010-1000", base_url="https://data.city.example")
PUBLISHER = Publisher("works", LocalText("建设局", "Works"), unit="信息科", phone="010-2000")
DATASET = Dataset("roads", LocalText("占道施工", "Road works"), "roads", "", PUBLISHER)


def entry(**stated: Any) -> PublishedDataset:
    """Return a dataset without files."""
    return PublishedDataset(replace(DATASET, **stated))


@pytest.mark.parametrize(
    ("stated", "sentence", "lines"),
    [
        (
            {"open_state": "planned", "planned_on": date(2027, 3, 1)},
            "尚未发布。发布前可以向该单位询问。",
            [("开放日期", "")],
        ),
        ({"open_state": "planned"}, "尚未发布。发布前可以向该单位询问。", [("开放日期", "日期尚未确定")]),
        (
            {"open_state": "conditional", "open_condition": "签订协议"},
            "符合条件的，可以申请取得。",
            [("条件", "签订协议")],
        ),
        (
            {"open_state": "closed", "sharing": Sharing("none", basis="某法第一条")},
            "不对外提供。可以向该单位询问原因，或者申请其中的一部分。",
            [("依据", "某法第一条")],
        ),
    ],
)
def test_an_entry_says_who_decides_and_what_can_be_done(
    stated: dict[str, Any], sentence: str, lines: list[tuple[str, str]]
) -> None:
    """In the words of its state, with telephones and a letter begun."""
    view = access_view(entry(**stated), PORTAL, "zh")
    assert view is not None
    assert view.sentence == sentence
    assert [(item.label, item.text) for item in view.details] == [
        ("由谁决定", "建设局"),
        ("负责处室", "信息科"),
        *lines,
        ("单位电话", "010-2000"),
        ("门户电话", "010-1000"),
    ]
    letter = parse_qs(urlsplit(view.mail).query)
    assert letter["subject"] == ["申请数据：占道施工"]
    assert letter["body"] == ["数据集：占道施工（roads）\r\n提供方：建设局\r\n用途：\r\n"]


def test_what_is_open_needs_no_asking() -> None:
    """Its files are here, or it says that there are none."""
    assert access_view(entry(open_state="open"), PORTAL, "zh") is None


def test_a_portal_without_a_mailbox_begins_no_letter() -> None:
    """The telephones of the department remain."""
    view = access_view(entry(open_state="planned"), Portal(), "en")
    assert view is not None
    assert view.mail == ""
    told = feedback(entry(), Portal(), "en", date(2026, 5, 1))
    assert (told.letters, [item.href for item in told.phones]) == ((), ["tel:0102000"])


def test_a_letter_about_a_mistake_names_dataset_and_release() -> None:
    """So that whoever reads it need not ask back."""
    told = feedback(entry(), PORTAL, "en", date(2026, 5, 1))
    assert [label for label, _ in told.letters] == ["Report a mistake", "Say what is missing"]
    body = parse_qs(urlsplit(told.letters[0][1]).query)["body"][0]
    assert body == (
        "Dataset: Road works (roads), release of 1 May 2026\r\nhttps://data.city.example/en/datasets/roads/\r\n"
        "Where (table, row, column), and what is wrong:\r\n"
    )
