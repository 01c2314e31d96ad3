"""publishers.yaml: codes, kinds, and where reforms led; and datasets that name a department as it was called before."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.finding import Finding
from portal.findings.words import mend_of, message_of
from portal.model.catalog import Dataset
from portal.settings import load_settings

DATASET = "name: made\ntitle: 题\ndescription: 摘要。\nlicenses: [{name: CC0-1.0}]\ncatalogue: %s\nresources: []\n"


def told(folder: Path, *publishers: str) -> list[tuple[str, str | None]]:
    """Return code and field of what is found in a register of these departments."""
    (folder / "publishers.yaml").write_text(f"publishers: [{', '.join(publishers)}]\n", encoding="utf-8")
    catalog, _ = load_catalog(load_settings(folder))
    findings = list(check_metadata(catalog, profile="basic"))
    assert {(item.file, item.severity, item.dataset) for item in findings} <= {("publishers.yaml", "warning", None)}
    assert not any(
        "…" in text for item in findings for text in (message_of(item).zh, message_of(item).en, mend_of(item).en)
    )
    return [(item.code, item.field) for item in findings]


def test_a_sound_register_has_no_findings(tmp_path: Path) -> None:
    """Code, kind, parent, successor and former names as they should be."""
    assert (
        told(
            tmp_path,
            "{id: city, name: 市政府, uscc: 11100000000000000J}",
            "{id: trade, name: 商务局, kind: 政务部门, parent: city, uscc: 11990000000000019A, former_names: [外贸局]}",
            "{id: water, name: 水务公司, kind: 公共企事业单位, parent: city, former_ids: [waterworks]}",
            "{id: old, name: 贸易局, successor: trade}",
        )
        == []
    )


@pytest.mark.parametrize(
    ("first", "second", "code", "field"),
    [
        ("uscc: 11100000000000000K", "", "publisher-code-invalid", "a.uscc"),
        ("uscc: 11100000000000000j", "", "publisher-code-invalid", "a.uscc"),
        ("uscc: 11100000000000000J", "uscc: 11100000000000000J", "publisher-code-duplicate", "b.uscc"),
        ("kind: 机关", "", "value-unknown", "a.kind"),
        ("parent: c", "", "publisher-parent-unknown", "a.parent"),
        ("successor: c", "", "publisher-successor-unknown", "a.successor"),
        ("parent: a", "", "publisher-circle", "a.parent"),
        ("successor: b", "successor: a", "publisher-circle", "a.successor"),
        ("former_names: [乙]", "", "publisher-former-taken", "a.former_names"),
        ("former_ids: [b]", "", "publisher-former-taken", "a.former_ids"),
        ("former_names: [丙]", "former_names: [丙]", "publisher-former-taken", "b.former_names"),
        ("former_ids: [c]", "former_ids: [c]", "publisher-former-taken", "b.former_ids"),
    ],
)
def test_each_fault_of_the_register_is_found(tmp_path: Path, first: str, second: str, code: str, field: str) -> None:
    """One fault, one warning, in publishers.yaml at the department and its key."""
    publishers = [f"{{id: {id_}, name: {name}, {key}}}" for id_, name, key in (("a", "甲", first), ("b", "乙", second))]
    assert told(tmp_path, *publishers) == [(code, field)]


def test_a_long_chain_is_walked_once(tmp_path: Path) -> None:
    """Two thousand departments in a row, the last under an unknown one, give one finding at once."""
    chain = [f"{{id: d{number}, name: 局{number}, parent: d{number + 1}}}" for number in range(2000)]
    assert told(tmp_path, *chain) == [("publisher-parent-unknown", "d1999.parent")]


def read(folder: Path, catalogue: str, place: str = "x") -> tuple[Dataset, list[Finding]]:
    """Read a dataset in the folder *place* with this block, in a portal after a reform."""
    (folder / place / "made").mkdir(parents=True)
    (folder / place / "made" / "datapackage.yaml").write_text(DATASET % catalogue, encoding="utf-8")
    (folder / "publishers.yaml").write_text(
        "publishers: [{id: trade, name: 商务局, former_names: [外贸局, 贸易局], former_ids: [foreign-trade]}, "
        "{id: market, name: 市场监管局, former_names: [贸易局]}]\n",
        encoding="utf-8",
    )
    catalog, report = load_catalog(load_settings(folder))
    return catalog.datasets[0], list(report)


@pytest.mark.parametrize(
    ("catalogue", "place"),
    [("{publisher: 外贸局}", "x"), ("{publisher: foreign-trade}", "x"), ("{}", "foreign-trade")],
)
def test_a_former_name_finds_the_present_department(tmp_path: Path, catalogue: str, place: str) -> None:
    """By name, by id or by the folder; a remark tells the present name."""
    dataset, findings = read(tmp_path, catalogue, place)
    assert dataset.publisher.id == "trade"
    assert [(item.code, item.severity, item.dataset) for item in findings] == [
        ("publisher-former-name", "info", "made")
    ]
    assert "商务局" in message_of(findings[0]).zh


def test_a_former_name_of_two_departments_is_no_ones(tmp_path: Path) -> None:
    """Where a department was divided, the dataset's publisher must be said; it counts as not listed."""
    dataset, findings = read(tmp_path, "{publisher: 贸易局}")
    assert (dataset.publisher.title.zh, dataset.publisher.is_listed, findings) == ("贸易局", False, [])
