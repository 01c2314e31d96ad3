"""Rules on descriptions: each finds what it is for, as a warning, or as an error in a national portal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.finding import Report
from portal.settings import load_settings

COMPLETE = """name: made
title: 标题
description: 摘要。
licenses: [{name: CC-BY-4.0}]
catalogue: {publisher: office, themes: [traffic], update_cycle: daily, published: "2026-01-01"}
resources: []
"""


def check(folder: Path, profile: str = "basic") -> Report:
    """Apply the rules to a folder."""
    (folder / "publishers.yaml").write_text("publishers: [{id: office, name: 办公室}]\n", encoding="utf-8")
    catalog, _ = load_catalog(load_settings(folder))
    return check_metadata(catalog, profile=profile)


def test_a_complete_description_has_no_findings(write_dataset: Callable[..., Path]) -> None:
    """The rules can be satisfied."""
    assert list(check(write_dataset(COMPLETE))) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("title: 标题\n", "", "title-missing", "title"),
        ("description: 摘要。\n", "", "description-missing", "description"),
        ("licenses: [{name: CC-BY-4.0}]\n", "", "licence-missing", "licenses"),
        ("CC-BY-4.0", "MY-OWN", "licence-unknown", "licenses"),
        ("publisher: office, ", "", "publisher-missing", "catalogue.publisher"),
        ("publisher: office", "publisher: 别处", "publisher-unknown", "catalogue.publisher"),
        ("themes: [traffic]", "themes: [travel]", "theme-unknown", "catalogue.themes"),
        ("update_cycle: daily", "update_cycle: dayly", "value-unknown", "catalogue.update_cycle"),
        ("update_cycle: daily", "areas: [moon]", "value-unknown", "catalogue.areas"),
        ('"2026-01-01"', "2026年1月", "value-type", "catalogue.published"),
        ('"2026-01-01"', "0201-12-01", "value-type", "catalogue.published"),
        ('"2026-01-01"', "true", "value-type", "catalogue.published"),
        ("update_cycle: daily", "updated: true", "value-type", "catalogue.updated"),
        ("update_cycle: daily", "updated: R/P1D", "value-type", "catalogue.updated"),
        ("update_cycle: daily", 'updated: "20013-12-31"', "value-type", "catalogue.updated"),
        ("update_cycle: daily", "planned: {on: soon}", "value-type", "catalogue.planned"),
        ("resources: []", "created: someday\nresources: []", "value-type", "created"),
        ("resources: []", "homepage: www.example.cn\nresources: []", "value-type", "homepage"),
        ("resources: []", 'homepage: "http://example.cn/a b"\nresources: []', "value-type", "homepage"),
        (
            "resources: []",
            "sources: [{title: x, path: 'javascript:1'}]\nresources: []",
            "value-type",
            "sources[0].path",
        ),
        ("title: 标题", 'title: "标\\x0b题"', "control-characters", "title"),
        ("摘要。", '"摘\\x1b要。"', "control-characters", "description"),
        ("update_cycle", "cycle", "key-unknown", "catalogue.cycle"),
    ],
)
def test_each_rule_finds_its_fault(
    write_dataset: Callable[..., Path], old: str, new: str, code: str, field: str
) -> None:
    """One change, one finding: a warning, or an error where the portal is national."""
    assert old in COMPLETE
    folder = write_dataset(COMPLETE.replace(old, new))
    assert [(item.code, item.severity, item.field) for item in check(folder)] == [(code, "warning", field)]
    national = [(item.code, item.severity) for item in check(folder, "national")]
    assert [item for item in national if item[0] != "core-elements-missing"] == [(code, "error")]


def test_what_is_not_shared_cannot_be_open(write_dataset: Callable[..., Path]) -> None:
    """That is an error everywhere: it would publish what must not leave the department."""
    text = COMPLETE.replace("update_cycle: daily", "sharing: {type: none, basis: 某法}, open: {is_open: true}")
    errors = [item.code for item in check(write_dataset(text)) if item.severity == "error"]
    assert errors == ["sharing-contradiction"]
    closed = text.replace("is_open: true", "is_open: false")
    assert list(check(write_dataset(closed))) == []


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("{is_open: true}", [("sharing-narrower-than-open", "warning", "catalogue.sharing.type")]),
        ("{is_open: true, condition: 需申请}", []),
        ("{is_open: false}", []),
    ],
)
def test_departments_should_not_have_less_than_the_public(
    write_dataset: Callable[..., Path], opening: str, told: list[tuple[str, str, str]]
) -> None:
    """What is open to everybody but shared on condition is a warning; on condition or closed for both, it is none."""
    text = COMPLETE.replace(
        "update_cycle: daily", f"sharing: {{type: conditional, condition: 经批准}}, open: {opening}"
    )
    found = [(item.code, item.severity, item.field) for item in check(write_dataset(text))]
    assert [item for item in found if item[0] != "machine-readable-missing"] == told


def test_a_listed_publisher_may_be_named_by_its_title(write_dataset: Callable[..., Path]) -> None:
    """The Chinese name of a department in publishers.yaml is as good as its id."""
    assert list(check(write_dataset(COMPLETE.replace("publisher: office", "publisher: 办公室")))) == []


@pytest.mark.parametrize("planned", ["{on: 2027-01-01}", "2027-01-01", "true", "{}"])
def test_a_planned_opening_may_be_a_date_or_open_ended(write_dataset: Callable[..., Path], planned: str) -> None:
    """A date, with or without its key, and no date at all are all understood."""
    text = COMPLETE.replace("update_cycle: daily", f"planned: {planned}")
    assert list(check(write_dataset(text))) == []


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ("themes: environment", "themes"),
        ("areas: price", "areas"),
        ("items: 站名", "items"),
        ("related_codes: 307021000/1", "related_codes"),
        ("former_names: stops", "former_names"),
        ("category: 307", "category"),
        ("format: csv", "format"),
        ("volume: 3", "volume"),
    ],
)
def test_a_key_of_the_wrong_shape_is_told(write_dataset: Callable[..., Path], stated: str, field: str) -> None:
    """Text where a list or a mapping belongs is not passed over in silence."""
    report = check(write_dataset(COMPLETE.replace("update_cycle: daily", stated).replace("themes: [traffic], ", "")))
    told = [(item.code, item.field) for item in report if item.code != "core-elements-missing"]
    assert told == [("value-type", f"catalogue.{field}")]


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ("planned: {date: 2027-01-01}", "planned.date"),
        ("volume: {storage: 3}", "volume.storage"),
    ],
)
def test_a_misspelt_key_within_a_key_is_told(write_dataset: Callable[..., Path], stated: str, field: str) -> None:
    """A key nobody reads is named together with the key that it stands in."""
    report = check(write_dataset(COMPLETE.replace("update_cycle: daily", stated)))
    assert ("key-unknown", f"catalogue.{field}") in [(item.code, item.field) for item in report]


@pytest.mark.parametrize("stated", ["open: {isopen: false}", "isopen: false"])
def test_a_key_that_makes_openness_unclear_is_told_once(write_dataset: Callable[..., Path], stated: str) -> None:
    """It is an error of its own when the descriptor is read, and not an unknown key besides."""
    report = check(write_dataset(COMPLETE.replace("update_cycle: daily", stated)))
    assert [item.code for item in report] == []


@pytest.mark.parametrize("sharing", ["{type: 不予共享, basis: 某法}", "none"])
def test_a_sharing_class_in_other_words_never_opens(write_dataset: Callable[..., Path], sharing: str) -> None:
    """Said in Chinese or as a bare word, not shared is not shared: as open it is refused."""
    report = check(write_dataset(COMPLETE.replace("update_cycle: daily", f"sharing: {sharing}")))
    assert [item.code for item in report if item.severity == "error"] == ["sharing-contradiction"]


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("superseded_by: made", "successor-unknown"),
        ("superseded_by: gone", "successor-unknown"),
        ("superseded_by: other", ""),
        ("derived_from: [other, gone]", "derived-from-unknown"),
        ("derived_from: [other, another]", ""),
        ("former_names: [other]", "former-name-taken"),
        ("former_names: [another]", "former-name-taken"),
        ("former_names: [made-2024]", ""),
        ("former_names: ['../x']", "value-type"),
    ],
)
def test_names_of_other_datasets_are_checked(write_dataset: Callable[..., Path], stated: str, code: str) -> None:
    """Successors and sources exist, under their present or former names; a former name belongs to one dataset."""
    other = COMPLETE.replace("name: made", "name: other").replace("update_cycle: daily", "former_names: [another]")
    write_dataset(other, folder="other")
    report = check(write_dataset(COMPLETE.replace("update_cycle: daily", stated)))
    assert [item.code for item in report if item.dataset == "made"] == ([code] if code else [])


@pytest.mark.parametrize(
    "more",
    [
        "created: 2018-08-09T17:49:15.225557",
        "homepage: https://example.cn/数据?x=1%20b#c",
        "sources: [{title: 年鉴}, {path: 'http://example.cn'}]",
        'longer: "tab\\tand\\nline"',
    ],
)
def test_usual_days_and_addresses_are_right(write_dataset: Callable[..., Path], more: str) -> None:
    """Times, addresses in Chinese, and sources without one."""
    assert list(check(write_dataset(COMPLETE + more + "\n"))) == []


def test_an_unreadable_day_of_change_is_not_replaced_by_that_of_making(write_dataset: Callable[..., Path]) -> None:
    """The day on which the descriptor was made says nothing of it."""
    text = COMPLETE.replace('published: "2026-01-01"', "updated: R/P1D") + "created: 2018-08-09\n"
    catalog, _ = load_catalog(load_settings(write_dataset(text)))
    assert catalog.datasets[0].updated is None
    catalog, _ = load_catalog(load_settings(write_dataset(text.replace("R/P1D", "''"))))
    assert str(catalog.datasets[0].updated) == "2018-08-09"


def test_what_may_not_stand_in_a_page_does_not_leave_the_descriptor(write_dataset: Callable[..., Path]) -> None:
    """Control characters go, and what may not stand in an address is percent-encoded."""
    text = COMPLETE.replace("标题", '"标\\x0b题"') + 'keywords: ["a\\x0bb"]\nhomepage: "http://example.cn/a b?x=<y>"\n'
    catalog, _ = load_catalog(load_settings(write_dataset(text)))
    dataset = catalog.datasets[0]
    assert (dataset.title.zh, [word.zh for word in dataset.keywords]) == ("标题", ["ab"])
    assert dataset.homepage == "http://example.cn/a%20b?x=%3Cy%3E"
