"""The national guide's rules: a complete entry satisfies them all, and each finds what it is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.finding import Finding
from portal.findings.words import mend_of, message_of
from portal.settings import load_settings

PUBLISHERS = "publishers: [{id: office, name: 办公室, kind: 政务部门, uscc: 11990000000000019A}]\n"
TODAY = date(2026, 6, 1)
COMPLETE: dict[str, Any] = {
    "name": "made",
    "title": "标题",
    "description": "摘要。",
    "licenses": [{"name": "CC-BY-4.0"}],
    "catalogue": {
        "publisher": "office",
        "code": "307021000/000012",
        "category": {"class": "department", "item": "07", "dir": "021", "subdir": "000"},
        "format": {"class": "spreadsheet", "type": "xlsx"},
        "items": [{"name": "站名", "name_en": "Stop", "data_type": "字符型C", "length": 40}, {"name": "路线"}],
        "sharing": {"type": "unconditional", "condition": "无条件", "method": "共享平台方式/文件"},
        "open": {"is_open": False},
        "update_cycle": "daily",
        "published": "2026-06-01",
        "secrecy": "非涉密",
        "volume": {"storage_gb": "0.5", "shared_storage_gb": 0.5, "records_10k": 12, "open_records_10k": 0},
    },
    "resources": [],
}


def entry(**changed: Any) -> dict[str, Any]:
    """Return the complete entry with *changed* keys under ``catalogue``; None leaves one out."""
    catalogue = {key: value for key, value in (COMPLETE["catalogue"] | changed).items() if value is not None}
    return COMPLETE | {"catalogue": catalogue}


@pytest.fixture
def check(write_dataset: Callable[..., Path]) -> Callable[..., list[Finding]]:
    """Return a function that writes a descriptor and gives the findings of the rules."""

    def checked(descriptor: dict[str, Any], *, profile: str = "basic", publishers: str = PUBLISHERS) -> list[Finding]:
        root = write_dataset(yaml.safe_dump(descriptor, allow_unicode=True))
        (root / "publishers.yaml").write_text(publishers, encoding="utf-8")
        catalog, _ = load_catalog(load_settings(root))
        return list(check_metadata(catalog, profile=profile, today=TODAY))

    return checked


def told(findings: list[Finding]) -> list[tuple[str, str, str | None]]:
    """Return code, severity and field of each finding."""
    return [(item.code, item.severity, item.field) for item in findings]


@pytest.mark.parametrize("profile", ["basic", "national"])
def test_a_complete_entry_has_no_findings(check: Callable[..., list[Finding]], profile: str) -> None:
    """All thirteen core elements, stated as the guide has them, leave nothing to wish."""
    assert told(check(COMPLETE, profile=profile)) == []


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"category": {"class": "office", "item": "07"}}, "value-unknown", "category.class"),
        ({"category": {"class": "department", "item": 7}}, "value-unknown", "category.item"),
        ({"category": {"class": "department", "item": "07", "dir": 21}}, "value-type", "category.dir"),
        ({"category": {"class": "department", "item": "07", "subdir": "细目"}}, "value-type", "category.subdir"),
        ({"category": {"class": "theme", "item": "07"}}, "code-category-differs", "code"),
        ({"code": "30702-12"}, "code-invalid", "code"),
        ({"code": "307021" + "0" * 60 + "/1"}, "code-invalid", "code"),
        ({"format": {"class": "paper"}}, "value-unknown", "format.class"),
        ({"format": {"class": "database", "type": "foxpro"}}, "format-undescribed", "format"),
        ({"format": {"class": "other"}}, "format-undescribed", "format"),
        ({"items": [{"name": "站名"}, "站名"]}, "item-duplicate", "items"),
        ({"items": [{"name": "站名"}, {"title": "路线"}]}, "value-type", "items"),
        ({"items": [{"name": "站名", "data_type": "自定义"}]}, "value-unknown", "items.data_type"),
        ({"items": [{"name": "站名", "length": "40 字"}]}, "value-type", "items.length"),
        ({"sharing": {"type": "none"}}, "sharing-basis-missing", "sharing.basis"),
        ({"sharing": {"type": "none", "basis": "某法", "method": "mail"}}, "sharing-method-needless", "sharing.method"),
        ({"sharing": {"type": "conditional", "method": "mail"}}, "sharing-condition-missing", "sharing.condition"),
        ({"sharing": {"type": "conditional", "condition": "无", "method": "mail"}}, "sharing-condition-missing", None),
        ({"sharing": {"type": "unconditional", "method": "电话"}}, "value-unknown", "sharing.method"),
        ({"sharing": {"type": "unconditional", "method": "共享平台方式"}}, "value-unknown", "sharing.method"),
        ({"sharing": {"type": "unconditional", "method": "platform/fax"}}, "value-unknown", "sharing.method"),
        ({"open": {"is_open": True}}, "machine-readable-missing", None),
        ({"published": "2026-06-02"}, "day-to-come", "published"),
        ({"updated": "2027-01-01"}, "day-to-come", "updated"),
        ({"related_codes": ["307021000/000099"]}, "related-code-unknown", "related_codes"),
        ({"related_codes": ["307021000/000012"]}, "related-code-unknown", "related_codes"),
        ({"volume": {"storage_gb": "5G"}}, "value-type", "volume.storage_gb"),
        ({"volume": {"records_10k": -1}}, "value-type", "volume.records_10k"),
        ({"volume": {"records_10k": "1e999999999"}}, "value-type", "volume.records_10k"),
        ({"volume": {"records_10k": 2, "open_records_10k": 2.5}}, "volume-exceeds", "volume.open_records_10k"),
    ],
)
def test_each_rule_finds_its_fault(
    check: Callable[..., list[Finding]], changed: dict[str, Any], code: str, field: str | None
) -> None:
    """One change, one finding: a warning, or an error where the portal is national."""
    descriptor = entry(**changed)
    for profile, severity in (("basic", "warning"), ("national", "error")):
        findings = check(descriptor, profile=profile)
        assert [(item.code, item.severity) for item in findings] == [(code, severity)]
        assert field is None or findings[0].field == f"catalogue.{field}"
        assert (
            "…"
            not in message_of(findings[0]).zh
            + message_of(findings[0]).en
            + mend_of(findings[0]).zh
            + mend_of(findings[0]).en
        )


@pytest.mark.parametrize("secrecy", ["涉密", "机密", "涉密目录", "是", ["涉密"], True, {"level": "秘密"}])
def test_what_is_marked_secret_is_refused_in_every_profile(check: Callable[..., list[Finding]], secrecy: Any) -> None:
    """Anything but 非涉密 is an error, however it is written, and the finding does not quote it."""
    findings = check(entry(secrecy=secrecy))
    assert told(findings) == [("secrecy-stated", "error", "catalogue.secrecy")]
    assert findings[0].value is None


@pytest.mark.parametrize(
    ("network", "is_refused"),
    [
        ("涉密内网", True),
        ("电子政务内网（涉密）", True),
        ("机密级网络", True),
        (["涉密内网"], True),
        ("电子政务内网", False),
        ("电子政务内网（非涉密）", False),
        ("业务专网，与涉密网络物理隔离", False),
        ("涉密内网，与互联网物理隔离", True),
    ],
)
@pytest.mark.parametrize("profile", ["basic", "national"])
def test_what_is_kept_in_a_network_for_secrets_is_refused(
    check: Callable[..., list[Finding]], network: Any, is_refused: bool, profile: str
) -> None:
    """It counts whatever the record's own secrecy says, and the finding does not quote it."""
    findings = check(entry(network=network), profile=profile)
    expected = [("network-secret", "error", "catalogue.network")] if is_refused else []
    assert (told(findings), [item.value for item in findings]) == (expected, [None] * len(expected))


@pytest.mark.parametrize(
    ("secrecy", "is_refused"),
    [("机密", True), ("属涉密", True), ("passed", False), ("非涉密", False), ("不涉密", False)],
)
def test_a_review_that_names_a_level_of_secrecy_refuses_the_dataset(
    check: Callable[..., list[Finding]], secrecy: str, is_refused: bool
) -> None:
    """It counts where the portal requires no review too, whatever the record's own secrecy says."""
    expected = [("secrecy-stated", "error", "catalogue.review.secrecy")] if is_refused else []
    assert told(check(entry(review={"secrecy": secrecy}))) == expected


def test_missing_elements_are_one_remark(check: Callable[..., list[Finding]]) -> None:
    """Who follows the guide in part is told once, without a warning, what is missing."""
    descriptor = entry(code=None, sharing=None, open=None, published=None, format=None)
    publishers = PUBLISHERS.replace(", uscc: 11990000000000019A", "")
    (finding,) = check(descriptor, publishers=publishers)
    assert (finding.code, finding.severity) == ("core-elements-missing", "info")
    assert message_of(finding).zh == (
        "按国家目录编制指南，还缺：信息资源代码、信息资源提供方代码、信息资源格式、共享类型、是否向社会开放、发布日期。"
    )


def test_a_national_portal_asks_for_each_element(check: Callable[..., list[Finding]]) -> None:
    """There a dataset without the block has an error for each element, at its key."""
    descriptor = COMPLETE | {"catalogue": {"publisher": "office"}}
    assert told(check(descriptor, profile="national")) == [
        ("core-elements-missing", "error", f"catalogue.{key}")
        for key in "category code format sharing.type open.is_open update_cycle published".split()
    ]


def test_a_plain_package_hears_nothing_of_the_guide(check: Callable[..., list[Finding]]) -> None:
    """A Data Package that follows no guide is not told what the guide asks, nor is one with themes alone."""
    descriptor = COMPLETE | {"catalogue": {"publisher": "office", "themes": ["traffic"]}}
    assert told(check(descriptor)) == []


def test_what_follows_from_other_elements_is_not_asked(check: Callable[..., list[Finding]]) -> None:
    """The category stands in the code, the format and the items follow from a table."""
    descriptor = entry(category=None, format=None, items=None)
    descriptor["resources"] = [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a", "type": "string"}]}}]
    assert told(check(descriptor, profile="national")) == []


def test_structured_data_need_items(check: Callable[..., list[Finding]]) -> None:
    """An entry of a database or a spreadsheet has information items, one of a document need not."""
    assert told(check(entry(items=None), profile="national")) == [("core-elements-missing", "error", "catalogue.items")]
    assert told(check(entry(items=None, format={"class": "file", "type": "pdf"}), profile="national")) == []


@pytest.mark.parametrize(
    ("resource", "is_told"),
    [
        ({"name": "a", "path": "a.pdf"}, True),
        ({"name": "a", "path": "a.csv"}, False),
        ({"name": "a", "path": "a.zip"}, False),
        ({"name": "a", "path": "https://example.cn/api"}, False),
    ],
)
def test_open_data_have_a_file_that_programs_read(
    check: Callable[..., list[Finding]], resource: dict[str, str], is_told: bool
) -> None:
    """A document alone is not open data; what cannot be known from its name is not blamed."""
    findings = check(entry(open={"is_open": True}) | {"resources": [resource]})
    assert [item.code for item in findings] == (["machine-readable-missing"] if is_told else [])


def test_an_open_entry_with_its_address_elsewhere_is_not_blamed(check: Callable[..., list[Finding]]) -> None:
    """The entry of data on another portal needs no file here."""
    assert told(check(entry(open={"is_open": True}, online_url="https://example.cn/d/1"))) == []


@pytest.mark.parametrize(
    "format_",
    [
        {"class": "spreadsheet", "type": "XLSX"},
        {"class": "电子表格", "type": "csv"},
        {"class": "database", "type": "foxpro", "other": "Visual FoxPro 9"},
        {"class": "other", "other": "表格驱动码"},
        {"class": "image"},
    ],
)
def test_formats_may_be_named_in_several_ways(check: Callable[..., list[Finding]], format_: dict[str, str]) -> None:
    """By the guide's list in any case, by a format everybody knows, or in words of the publisher's own."""
    assert told(check(entry(format=format_))) == []


def test_long_titles_and_abstracts_are_a_remark_in_national_portals(check: Callable[..., list[Finding]]) -> None:
    """What software of national catalogues cuts is no fault of the data."""
    descriptor = entry() | {"title": "题" * 51, "description": "摘" * 257}
    assert told(check(descriptor)) == []
    assert told(check(descriptor, profile="national")) == [
        ("title-long", "info", "title"),
        ("description-long", "info", "description"),
    ]


def test_a_descriptor_out_of_its_mind_only_gives_findings(check: Callable[..., list[Finding]]) -> None:
    """Whatever stands under the guide's keys, no rule fails."""
    keys = "category format items sharing open planned related_codes secrecy volume former_names derived_from code"
    values: list[Any] = [1, True, [], {}, [[]], [{}], [None], {"class": []}, {"type": {}}, {1: 2}, "字" * 10000]
    for value in values:
        findings = check(entry(**dict.fromkeys(keys.split(), value)))
        assert "processing-failed" not in [item.code for item in findings]
