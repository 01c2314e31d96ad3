"""Importing again: what people edited stays, what the source changed is taken over, what both changed is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from census_books import portal_with_departments

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.words import mend_of, message_of
from portal.incoming.records.last_import import read_last_import
from portal.incoming.records.record import CatalogueRecord, Place
from portal.incoming.records.three_way import ImportOutcome, import_records
from portal.model.errors import ConfigurationError
from portal.model.guide import Item, Volume
from portal.settings import load_settings
from portal.yamlfile import read_document

TODAY = date(2026, 6, 1)
SCHOOLS = CatalogueRecord(
    "学校",
    provider="示范市教育局",
    publisher="education",
    code="307021000/000001",
    abstract="全市学校。",
    share_type="unconditional",
    is_open=True,
    update_cycle="annual",
    volume=Volume(storage_gb="1"),
    items=(Item("名称", data_type="C"),),
    source=Place("教育局.xlsx", "普查", 3, 1),
    places={"abstract": (3, 7)},
)
TEACHERS = replace(SCHOOLS, title="教师", code="307021000/000002", abstract="全市教师。")


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """Return a portal with departments and two imported entries."""
    folder = portal_with_departments(tmp_path / "datasets")
    brought(folder, SCHOOLS, TEACHERS)
    return folder


def brought(datasets: Path, *records: CatalogueRecord, **options: object) -> ImportOutcome:
    """Import *records*."""
    return import_records(records, datasets, "census", TODAY, **options)  # type: ignore[arg-type]


def edit(datasets: Path, before: str, after: str) -> Path:
    """Change the text of the entry on schools as a person would."""
    path = datasets / "education" / "xue-xiao" / "datapackage.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path


def test_the_same_again_changes_nothing(datasets: Path) -> None:
    """Names, files and memory stay as they are to the byte."""
    before = {path: path.read_bytes() for path in datasets.rglob("*") if path.is_file()}
    assert brought(datasets, SCHOOLS, TEACHERS) == ImportOutcome(
        unchanged=("xue-xiao", "jiao-shi"), names=("xue-xiao", "jiao-shi")
    )
    assert {path: path.read_bytes() for path in datasets.rglob("*") if path.is_file()} == before


def test_an_edit_stays_when_the_source_is_the_same(datasets: Path) -> None:
    """The person had the last word."""
    path = edit(datasets, "全市学校。", "全市中小学。")
    assert brought(datasets, SCHOOLS, TEACHERS).kept == ("xue-xiao",)
    assert "全市中小学。" in path.read_text(encoding="utf-8")


def test_a_change_of_the_source_is_taken_over_beside_an_edit(datasets: Path) -> None:
    """Field by field: comments, keys of one's own and edited values stay, what changed alone is new."""
    path = edit(datasets, "description: 全市学校。", "description: 全市中小学。  # 已核对\nkeywords: [学校]")
    outcome = brought(datasets, replace(SCHOOLS, update_cycle="monthly", volume=Volume("2", "5")), TEACHERS)
    assert (outcome.changed, outcome.kept, outcome.findings) == (("xue-xiao",), ("xue-xiao",), ())
    text = path.read_text(encoding="utf-8")
    assert "# 已核对" in text
    document = read_document(path)
    assert (document["description"], document["keywords"]) == ("全市中小学。", ["学校"])
    assert document["catalogue"]["update_cycle"] == "monthly"
    assert document["catalogue"]["volume"] == {"storage_gb": "2", "records_10k": "5"}
    assert brought(datasets, replace(SCHOOLS, update_cycle="monthly", volume=Volume("2", "5")), TEACHERS).changed == ()


def test_what_both_changed_is_a_conflict_until_it_is_settled(datasets: Path) -> None:
    """Both values are shown at their cell, the catalogue stays, and the next import says so again."""
    path = edit(datasets, "全市学校。", "全市中小学。")
    theirs = replace(SCHOOLS, abstract="全市各类学校。")
    for _ in range(2):
        outcome = brought(datasets, theirs, TEACHERS)
        assert outcome.conflicts == ("xue-xiao",)
        (finding,) = outcome.findings
        assert (finding.code, finding.file, finding.row, finding.column) == (
            "import-conflict", "教育局.xlsx#普查", 3, 7,
        )  # fmt: skip
        assert finding.value == "全市各类学校。"
        assert "全市中小学。" in message_of(finding).zh
    assert "全市中小学。" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("prefer", "text"), [("ours", "全市中小学。"), ("theirs", "全市各类学校。")])
def test_a_conflict_is_settled_by_saying_whose_value_counts(datasets: Path, prefer: str, text: str) -> None:
    """And it is settled for good."""
    path = edit(datasets, "全市学校。", "全市中小学。")
    theirs = replace(SCHOOLS, abstract="全市各类学校。")
    assert brought(datasets, theirs, TEACHERS, prefer=prefer).findings == ()
    assert read_document(path)["description"] == text
    assert brought(datasets, theirs, TEACHERS).findings == ()
    assert read_document(path)["description"] == text


def test_an_entry_that_nobody_edited_is_written_anew(datasets: Path) -> None:
    """Whole, under its name, though its title changed: its code knows it."""
    outcome = brought(datasets, replace(SCHOOLS, title="各级学校", abstract=""), TEACHERS)
    assert outcome.changed == ("xue-xiao",)
    document = read_document(datasets / "education" / "xue-xiao" / "datapackage.yaml")
    assert document["title"] == "各级学校"
    assert "description" not in document


def test_what_is_gone_from_the_source_is_told_and_left(datasets: Path) -> None:
    """Never deleted; asked of the departments at hand alone; what waits to be mended has not gone."""
    outcome = brought(datasets, SCHOOLS)
    assert outcome.vanished == ("jiao-shi",)
    assert [finding.code for finding in outcome.findings] == ["import-vanished"]
    assert (datasets / "education" / "jiao-shi" / "datapackage.yaml").is_file()
    assert brought(datasets, departments={"health"}).vanished == ()
    assert brought(datasets, SCHOOLS, withheld=[TEACHERS]).vanished == ()


def test_what_a_person_removed_stays_removed(datasets: Path) -> None:
    """And the finding says how to get it back."""
    path = datasets / "education" / "xue-xiao" / "datapackage.yaml"
    path.unlink()
    outcome = brought(datasets, SCHOOLS, TEACHERS)
    assert outcome.removed == ("xue-xiao",)
    assert ".import/census.json" in mend_of(outcome.findings[0]).zh
    assert not path.exists()


def test_one_title_of_two_departments_makes_two_names(datasets: Path) -> None:
    """The department stands behind the second, and keeps standing there."""
    other = replace(SCHOOLS, publisher="health", provider="示范市卫生健康委员会", code="307021001/000001")
    assert brought(datasets, SCHOOLS, TEACHERS, other).names == ("xue-xiao", "jiao-shi", "xue-xiao-health")
    assert brought(datasets, other, TEACHERS, SCHOOLS).names == ("xue-xiao-health", "jiao-shi", "xue-xiao")


def test_one_title_twice_in_a_source_makes_two_entries(datasets: Path) -> None:
    """Nothing is dropped; a second import knows both again."""
    twin = replace(SCHOOLS, code="", abstract="另一份。")
    for _ in range(2):
        outcome = brought(datasets, SCHOOLS, TEACHERS, twin)
        assert outcome.names == ("xue-xiao", "jiao-shi", "xue-xiao-education")


def test_a_code_is_not_taken_over_by_another_department(datasets: Path) -> None:
    """The entry stays as it is, and the finding names its owner."""
    thief = replace(SCHOOLS, publisher="health", provider="示范市卫生健康委员会", title="医院")
    outcome = brought(datasets, TEACHERS, thief)
    assert [finding.code for finding in outcome.findings] == ["import-code-taken"]
    assert outcome.names == ("jiao-shi", "")
    assert read_document(datasets / "education" / "xue-xiao" / "datapackage.yaml")["title"] == "学校"


def test_a_dataset_with_files_is_brought_up_to_date_not_doubled(tmp_path: Path) -> None:
    """What people described before is found by department and title; what it does not say is added."""
    datasets = portal_with_departments(tmp_path / "datasets")
    folder = datasets / "education" / "schools"
    folder.mkdir(parents=True)
    (folder / "schools.csv").write_text("名称\n一中\n", encoding="utf-8")
    path = folder / "datapackage.yaml"
    path.write_text(
        "name: schools\ntitle: 学校\ndescription: 名录。\nresources:\n  - {name: schools, path: schools.csv}\n", "utf-8"
    )
    catalog, _ = load_catalog(load_settings(datasets))
    outcome = brought(datasets, SCHOOLS, catalog=catalog)
    assert (outcome.names, outcome.changed, outcome.conflicts) == (("schools",), ("schools",), ("schools",))
    document = read_document(path)
    assert document["description"] == "名录。"
    assert document["catalogue"]["code"] == "307021000/000001"
    assert document["resources"] == [{"name": "schools", "path": "schools.csv"}]
    assert [finding.field for finding in outcome.findings] == ["信息资源摘要"]


def test_a_lost_memory_doubles_nothing(datasets: Path) -> None:
    """Without ``.import`` the entries are found by name, department and title."""
    (datasets / ".import" / "census.json").unlink()
    assert brought(datasets, SCHOOLS, TEACHERS).unchanged == ("xue-xiao", "jiao-shi")


def test_a_spoilt_memory_is_said_in_one_sentence(datasets: Path) -> None:
    """Nothing is guessed from it."""
    path = datasets / ".import" / "census.json"
    for text in ("{", "[]", '{"entries": {"a": 1}}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigurationError, match="cannot be read"):
            read_last_import(datasets, "census")
    with pytest.raises(ConfigurationError, match="cannot name a source"):
        read_last_import(datasets, "../x")


def test_a_dry_run_leaves_all_as_it_is(datasets: Path) -> None:
    """It says what would become of the entries."""
    before = {path: path.read_bytes() for path in datasets.rglob("*") if path.is_file()}
    other = replace(SCHOOLS, title="场馆", code="307021000/000009")
    outcome = brought(datasets, replace(SCHOOLS, abstract="x"), TEACHERS, other, dry_run=True)
    assert (outcome.written, outcome.changed) == (("chang-guan",), ("xue-xiao",))
    assert {path: path.read_bytes() for path in datasets.rglob("*") if path.is_file()} == before


def test_a_descriptor_that_cannot_be_read_stops_nothing_else(datasets: Path) -> None:
    """What a person saved in another encoding is left alone, named, and the others are imported."""
    path = datasets / "education" / "xue-xiao" / "datapackage.yaml"
    spoilt = path.read_text(encoding="utf-8").encode("gb18030")
    path.write_bytes(spoilt)
    outcome = brought(datasets, replace(SCHOOLS, abstract="新"), replace(TEACHERS, abstract="新"))
    assert outcome.changed == ("jiao-shi",)
    assert [finding.code for finding in outcome.findings] == ["import-unwritable"]
    assert path.read_bytes() == spoilt


def test_an_entry_that_cannot_be_written_stops_nothing_else(datasets: Path) -> None:
    """A file stands where the folder of a department should be."""
    (datasets / "health").write_text("", encoding="utf-8")
    hospitals = replace(SCHOOLS, title="医院", publisher="health", provider="示范市卫生健康委员会", code="")
    venues = replace(SCHOOLS, title="场馆", code="")
    outcome = brought(datasets, SCHOOLS, TEACHERS, hospitals, venues)
    assert outcome.names == ("xue-xiao", "jiao-shi", "", "chang-guan")
    assert [finding.code for finding in outcome.findings] == ["import-unwritable"]


def test_two_values_in_one_place_are_not_torn_apart(datasets: Path) -> None:
    """Class and type of the sharing method are one value of the descriptor: with one edited, both are shown."""
    shared = replace(SCHOOLS, share_method_class="platform", share_method_type="file")
    brought(datasets, shared, TEACHERS)
    path = edit(datasets, "platform/file", "mail/file")
    outcome = brought(datasets, replace(shared, share_method_type="database"), TEACHERS)
    assert outcome.conflicts == ("xue-xiao",)
    assert "mail/file" in path.read_text(encoding="utf-8")
