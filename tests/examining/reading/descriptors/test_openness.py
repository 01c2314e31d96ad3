"""Openness fails closed: what is plain opens or closes, everything that only resembles it is an error at its key."""

from __future__ import annotations

from typing import Any

import pytest

from portal.examining.reading.descriptors.openness import open_state, unclear_keys


def unclear(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return each unclear key with the key that is meant."""
    return [(key.field, key.meant) for key in unclear_keys(document)]


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"open": None}, "catalogue.open"),
        ({"open": {}}, "catalogue.open"),
        ({"open": []}, "catalogue.open"),
        ({"open": [False]}, "catalogue.open"),
        ({"open": ""}, "catalogue.open"),
        ({"open": "true"}, "catalogue.open"),
        ({"open": "是"}, "catalogue.open"),
        ({"open": 1}, "catalogue.open"),
        ({"open": {"is_open": None}}, "catalogue.open.is_open"),
        ({"open": {"is_open": "true"}}, "catalogue.open.is_open"),
        ({"open": {"is_open": 1}}, "catalogue.open.is_open"),
        ({"open": {"isopen": False}}, "catalogue.open.isopen"),
        ({"open": {"is_open": True, "conditions": "需申请"}}, "catalogue.open.conditions"),
        ({"open": {"is_open": True, "condition": ["需申请"]}}, "catalogue.open.condition"),
        ({"open": {"condition": ""}}, "catalogue.open"),
        ({"opened": False}, "catalogue.opened"),
        ({"Open": False}, "catalogue.Open"),
        ({"opne": {"is_open": False}}, "catalogue.opne"),
        ({"是否开放": "否"}, "catalogue.是否开放"),
        ({"public": False}, "catalogue.public"),
        ({"private": True}, "catalogue.private"),
        ({"anything": False}, "catalogue.anything"),
        ({"block": {"is_open": False}}, "catalogue.block"),
        ({"catalogue": {"open": False}}, "catalogue.catalogue"),
        ({"planed": {"on": "2027-01-01"}}, "catalogue.planed"),
        ({"planned": None}, "catalogue.planned"),
        ({"planned": []}, "catalogue.planned"),
        ({"sharring": {"type": "none"}}, "catalogue.sharring"),
        ({"sharing": None}, "catalogue.sharing"),
        ({"sharing": []}, "catalogue.sharing"),
        ({"sharing": False}, "catalogue.sharing"),
        ({"sharing": {}}, "catalogue.sharing.type"),
        ({"sharing": {"type": None}}, "catalogue.sharing.type"),
        ({"sharing": {"type": ""}}, "catalogue.sharing.type"),
        ({"sharing": {"type": "nonee"}}, "catalogue.sharing.type"),
        ({"sharing": {"type": ["none"]}}, "catalogue.sharing.type"),
        ({"sharing": {"typ": "none"}}, "catalogue.sharing.typ"),
        ({"sharing": {"condition": "经批准"}}, "catalogue.sharing.type"),
    ],
)
def test_a_key_under_catalogue_that_is_not_plain_is_named(stated: dict[str, Any], field: str) -> None:
    """Misspelt, blank or of another type: the key is told, alone, with one that decides about openness."""
    told = unclear({"catalogue": stated})
    assert [key for key, _ in told] == [field]
    assert told[0][1].startswith("catalogue.")


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("Catalogue", "catalogue"),
        ("CATALOGUE", "catalogue"),
        ("catalogue ", "catalogue"),
        ("catalog", "catalogue"),
        ("catalouge", "catalogue"),
        ("\u0441\u0430talogue", "catalogue"),
        ("目录", "catalogue"),
        ("open", "catalogue.open"),
        ("is_open", "catalogue.open"),
        ("isOpen", "catalogue.open"),
        ("开放", "catalogue.open"),
        ("planned", "catalogue.planned"),
        ("sharing", "catalogue.sharing"),
    ],
)
@pytest.mark.parametrize("place", ["", "resources[0]."])
def test_a_key_beside_that_resembles_one_is_named(key: str, meant: str, place: str) -> None:
    """At the top of a descriptor and in a resource, whether or not there is a block ``catalogue`` too."""
    document: dict[str, Any] = {"catalogue": {}, "resources": [{"name": "a"}]}
    (document["resources"][0] if place else document)[key] = {"is_open": False}
    assert unclear(document) == [(f"{place}{key}", meant)]


@pytest.mark.parametrize(
    "document",
    [
        {"name": "bare", "resources": []},
        {"catalogue": {}},
        {"catalogue": {"open": True}},
        {"catalogue": {"open": {"is_open": True, "condition": None}}},
        {"catalogue": {"open": {"is_open": False}}},
        {"catalogue": {"open": {"condition": "需申请"}}},
        {"catalogue": {"planned": {}, "sharing": "有条件共享"}},
        {"catalogue": {"sharing": {"method": "platform/file"}}},
        {"catalogue": {"cycle": "monthly", "demonstration": True}},
        {"private": False, "public": True, "is_public": "yes", "embargo": False, "restrictions": "无"},
        {"accessLevel": "public", "dct:accessRights": {"@id": "https://example.org/access-right/PUBLIC"}},
        {"公开属性": "主动公开", "密级": "非涉密", "开放条件": "无", "发布日期": "2026-01-01", "内部编号": "7"},
        {"status": "completed", "access_url": "https://example.org", "open_source": True, "internal_id": 7},
        {"release": "2026.1", "publicTransport": True, "access": "download", "plane": "A320"},
        {"custom": {"open": "9:00", "closed": "17:00"}, "extras": [{"key": "theme", "value": "x"}]},
        {"catalogue": {"publish_date": "2026-01-01", "access_url": "x"}},
        {"category": "x", "dialogue": 1, "opening_hours": "9-17", "operator": "x", "published": "2026-01-01"},
        {"目录编号": "7", "开放时间": "9:00", "translations": {"en": {"fields": {"open": "Open"}}}},
        {"resources": [{"name": "prices", "schema": {"fields": [{"name": "open"}, {"name": "close"}]}}]},
    ],
)
def test_what_is_plain_or_says_nothing_of_openness_is_left_alone(document: dict[str, Any]) -> None:
    """Keys of one's own, columns called open, and everything that the manual shows are no fault."""
    assert unclear(document) == []


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        ({}, "open"),
        ({"open": True}, "open"),
        ({"open": {"is_open": True}}, "open"),
        ({"open": {"is_open": True, "condition": " 无条件开放 "}}, "open"),
        ({"open": {"is_open": True, "condition": "需申请"}}, "conditional"),
        ({"open": {"is_open": True, "condition": []}}, "conditional"),
        ({"open": {"is_open": False}}, "closed"),
        ({"open": False}, "closed"),
        ({"open": None}, "closed"),
        ({"open": {}}, "closed"),
        ({"open": {"condition": ""}}, "closed"),
        ({"planned": None}, "planned"),
        ({"planned": False, "open": True}, "open"),
        ({"planned": "2027-01-01", "open": True}, "planned"),
    ],
)
def test_only_a_plain_yes_without_a_condition_is_open(stated: dict[str, Any], state: str) -> None:
    """Whatever else stands there is a state in which the files stay in."""
    assert open_state(stated) == state


@pytest.mark.parametrize(
    "stated",
    [
        {"accessLevel": "non-public"},
        {"dct:accessRights": {"@id": "https://example.org/access-right/RESTRICTED"}},
        {"open_to_public": False},
        {"opentopublic": "no"},
        {"isClosed": True},
        {"not_open": True},
        {"embargo_until": "2030-01-01"},
        {"rights": "Restricted"},
        {"published": False},
        {"download": "no"},
        {"planed": "2030-01-01"},
        {"对外公开": "否"},
        {"公开属性": "依申请公开"},
        {"開放屬性": "不予開放"},
        {"开放条件": "需申请"},
        {"密级": "内部"},
        {"备注": "不予公开"},
        {"kaifang": "否"},
        {"extras": [{"key": "private", "value": True}]},
        {"ckan": {"private": "true"}},
        {"custom": {"open": False}},
        {"custom": {"deeper": [{"access_rights": "closed"}]}},
    ],
)
@pytest.mark.parametrize("place", ["top", "translation", "resource", "schema", "column", "catalogue"])
def test_other_words_that_do_not_leave_the_files_to_everybody_are_unclear(stated: dict[str, Any], place: str) -> None:
    """In words of DCAT, CKAN, offices or pinyin, at every place of a descriptor, also within what is one's own."""
    documents: dict[str, dict[str, Any]] = {
        "top": stated,
        "translation": {"translations": {"en": stated}},
        "resource": {"resources": [{"name": "a", **stated}]},
        "schema": {"resources": [{"name": "a", "schema": {"fields": [], **stated}}]},
        "column": {"resources": [{"name": "a", "schema": {"fields": [{"name": "b"}, {"name": "c", **stated}]}}]},
        "catalogue": {"catalogue": stated},
    }
    assert len(unclear(documents[place])) == 1
