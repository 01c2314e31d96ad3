"""``portal import list`` as a person types it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import PROJECT, SHARED, needs_shared_data, run

from portal.cli import commands
from portal.yamlfile import read_document

CITY = """
source: {{id: {city}, title: 清单, region: {region}}}
applies_to: {city}*.json
fields: {{title: 标题, publisher: 单位, open: 开放}}
"""
RECORD = {"标题": "学校", "单位": "统计局", "开放": "无条件开放"}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English."""
    monkeypatch.setenv("KAIFANG_LANG", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two cities' listings and mappings, and an empty folder of datasets."""
    (tmp_path / "datasets").mkdir()
    (tmp_path / "mappings").mkdir()
    for city, region in (("chizhou", "池州市"), ("liuzhou", "柳州市")):
        (tmp_path / f"{city}.json").write_text(json.dumps([RECORD]), encoding="utf-8")
        mapping = CITY.format(city=city, region=region)
        (tmp_path / "mappings" / f"{city}.yaml").write_text(mapping, encoding="utf-8")
    return tmp_path


def bring(folder: Path, *arguments: str | Path, files: str = "*.json") -> tuple[int, str]:
    """Run the command on the listings in *folder*; return its status and what it printed."""
    names = [str(path) for path in sorted(folder.glob(files))]
    common = ["--datasets", str(folder / "datasets"), "--mapping", str(folder / "mappings"), "--today", "2026-06-01"]
    command = ["import", "list", *names, *common, *map(str, arguments)]
    result = CliRunner().invoke(commands, command, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value, result.output


def test_listings_of_two_cities_come_in_by_one_command(folder: Path) -> None:
    """Each by its mapping; the departments of one name are two, and publishers.yaml takes both on."""
    status, output = bring(folder, "--add-publishers")
    assert (status, output.splitlines()) == (
        0,
        [
            "[1/2] chizhou.json: records 1; new 1, changed 0, unchanged 0, kept 0; not imported 0; of one title 0",
            "[2/2] liuzhou.json: records 1; new 1, changed 0, unchanged 0, kept 0; not imported 0; of one title 0",
            "Records: 2; entries: 2; not imported: 0.",
            "Entered in publishers.yaml: 2 departments.",
            "Next: portal build",
        ],
    )
    assert read_document(folder / "datasets" / "publishers.yaml") == {
        "publishers": [
            {"id": "chi-zhou-shi-tong-ji-ju", "name": "池州市统计局"},
            {"id": "liu-zhou-shi-tong-ji-ju", "name": "柳州市统计局"},
        ]
    }
    entries = sorted(
        path.parent.relative_to(folder / "datasets").as_posix() for path in folder.glob("**/datapackage.yaml")
    )
    assert entries == [
        "chi-zhou-shi-tong-ji-ju/xue-xiao",
        "liu-zhou-shi-tong-ji-ju/xue-xiao-liu-zhou-shi-tong-ji-ju",
    ]


def test_a_second_import_writes_nothing(folder: Path) -> None:
    """Not a byte below the folder of datasets changes."""
    bring(folder, "--add-publishers")
    before = {path: path.read_bytes() for path in (folder / "datasets").rglob("*") if path.is_file()}
    status, output = bring(folder, "--add-publishers")
    assert (status, output.count("unchanged 1")) == (0, 2)
    assert {path: path.read_bytes() for path in (folder / "datasets").rglob("*") if path.is_file()} == before


def test_a_trial_writes_the_report_alone(folder: Path) -> None:
    """The report names the departments to enter."""
    status, output = bring(folder, "--dry-run", "--report", folder / "report.json", files="chizhou.json")
    assert status == 0
    assert "1 department is not in publishers.yaml; --add-publishers enters it." in output
    assert list((folder / "datasets").iterdir()) == []
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["departments"] == [
        {"id": "chi-zhou-shi-tong-ji-ju", "name": "池州市统计局", "sources": ["chizhou"]}
    ]


def test_a_record_without_an_entry_ends_with_1(folder: Path) -> None:
    """All others are imported."""
    (folder / "chizhou.json").write_text(json.dumps([RECORD, {"单位": "统计局"}]), encoding="utf-8")
    status, output = bring(folder)
    assert status == 1
    assert "chizhou.json:3 listing-record-unmapped: This record was not imported: it has no title." in output
    assert "Records: 3; entries: 2; not imported: 1." in output


def test_a_mapping_that_cannot_be_used_ends_with_2_and_its_line(folder: Path) -> None:
    """Nothing is imported, of the good listing neither."""
    mapping = folder / "mappings" / "liuzhou.yaml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("publisher:", "publischer:"), encoding="utf-8")
    names = [folder / "chizhou.json", folder / "liuzhou.json"]
    options: list[str | Path] = ["--mapping", folder / "mappings", "--datasets", folder / "datasets"]
    status, output = run("import", "list", *names, *options)
    assert status == 2
    assert "liuzhou.yaml:4:21: The mapping cannot be used here (fields.publischer)" in output
    assert list((folder / "datasets").iterdir()) == []


@needs_shared_data
@pytest.mark.skipif(
    not os.environ.get("KAIFANG_NIGHTLY"), reason="29,708 records take half a minute; make nightly does it"
)
def test_every_record_of_the_real_listings_becomes_an_entry(tmp_path: Path) -> None:
    """29,708 records, by one command; a second time nothing changes."""
    (tmp_path / "datasets").mkdir()
    files = sorted((SHARED / "cn" / "catalog").glob("*.json*"))
    options: list[str | Path] = [
        "--mapping",
        PROJECT / "docs" / "examples" / "mappings",
        "--datasets",
        tmp_path / "datasets",
    ]
    status, output = run("import", "list", *files, *options, "--add-publishers")
    assert status == 0
    assert "Records: 29,708; entries: 29,708; not imported: 0." in output
    status, output = run("import", "list", *files, *options)
    assert (status, output.count("; new 0, changed 0, ")) == (0, len(files))
    assert len(list((tmp_path / "datasets").glob("*/*/datapackage.yaml"))) == 29_708
