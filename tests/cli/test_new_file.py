"""``portal new FILE``, then a few lines filled in, then published: with files as departments really send them."""

from __future__ import annotations

import difflib
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import PROJECT, SHARED, build_folder, needs_shared_data

from portal.cli.new import new
from portal.findings.words import message_of
from portal.model.errors import ConfigurationError
from portal.yamlfile import read_document

EDITED_LINES_MAX = 5


def run_new(*arguments: str | Path, monkeypatch: pytest.MonkeyPatch, lang: str = "en") -> str:
    """Run ``portal new`` in this process and return what it printed."""
    monkeypatch.setenv("KAIFANG_LANG", lang)
    result = CliRunner().invoke(new, [str(item) for item in arguments], catch_exceptions=False, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.output


def test_it_says_what_was_understood_and_what_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoding, the columns with their types, the keys to fill in, and the next commands to type."""
    file = tmp_path / "公交站点.csv"
    file.write_bytes("站点编号,候车亭数\n0101,2\n0102,3\n".encode("gbk"))
    output = run_new(file, "--datasets", tmp_path / "datasets", "--name", "stops", monkeypatch=monkeypatch)
    folder = tmp_path / "datasets" / "drafts" / "stops"
    assert "Encoding of the text: GB18030" in output
    assert "      站点编号: string\n      候车亭数: integer\n" in output
    assert f"Written: {folder}/datapackage.yaml\n" in output
    assert "description, licenses, keywords, catalogue.themes" in output
    assert output.endswith(f"  portal check {folder}\n  portal build {tmp_path}/datasets\n")


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time is one clear sentence."""
    file = tmp_path / "stops.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    run_new(file, "--datasets", tmp_path / "datasets", monkeypatch=monkeypatch)
    with pytest.raises(ConfigurationError, match="exists already"):
        run_new(file, "--datasets", tmp_path / "datasets", monkeypatch=monkeypatch)


def test_a_file_or_a_portal_but_not_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command does one thing at a time."""
    for arguments in (
        (),
        (tmp_path / "a.csv", "--portal", tmp_path / "p"),
        ("--portal", tmp_path / "p", "--name", "x"),
    ):
        with pytest.raises(Exception, match="FILE"):
            run_new(*arguments, monkeypatch=monkeypatch)
    assert list(tmp_path.iterdir()) == []


def edited(text: str, changes: dict[str, str]) -> str:
    """Return the descriptor with whole lines replaced, as a clerk would; each line must be there once."""
    for before, after in changes.items():
        assert text.count(f"{before}\n") == 1, before
        text = text.replace(f"{before}\n", f"{after}\n")
    return text


FILLED_IN = {
    "# description: ……": "description: 为测试起草的数据集，内容取自公开的名录。",
    "# licenses: [{name: CC-BY-4.0}]": "licenses: [{name: CC-BY-4.0}]",
    "  themes: []": "  themes: [traffic]",
    "  # update_cycle: monthly": "  update_cycle: annual",
    "  open: {is_open: false}": "  open: {is_open: true}",
}


TUTORIALS = {"en": "publish-a-real-file.md", "zh": "publish-a-real-file.zh-CN.md"}


def shown_in(tutorial: str, kind: str) -> list[str]:
    """Return the blocks of one kind of a page."""
    text = (PROJECT / "docs" / "tutorial" / tutorial).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("lang", TUTORIALS)
def test_the_tutorial_shows_what_is_printed_and_written(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of its two text files: every line of the output, and of the description what it shows of it."""
    monkeypatch.chdir(tmp_path)
    outputs, descriptions = shown_in(TUTORIALS[lang], "text"), shown_in(TUTORIALS[lang], "yaml")
    stops, divisions = shown_in(TUTORIALS[lang], "csv")
    (tmp_path / "公交站点.csv").write_bytes(stops.encode("gbk"))
    (tmp_path / "小城行政区划.csv").write_bytes(divisions.encode("utf-8-sig"))
    for file, publisher in (("公交站点.csv", "jiaotong"), ("小城行政区划.csv", "minzheng")):
        assert run_new(file, "--publisher", publisher, monkeypatch=monkeypatch, lang=lang) in outputs
    first, second = (path.read_text("utf-8") for path in sorted(tmp_path.glob("datasets/*/*/datapackage.yaml")))
    assert first in descriptions
    assert any(second.endswith(text) and text.startswith("resources:\n") for text in descriptions)


def test_a_draft_is_not_open_until_somebody_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build lists the entry and no file of it; the command says so, in its help too."""
    file = tmp_path / "stops.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    output = run_new(file, "--datasets", tmp_path / "datasets", monkeypatch=monkeypatch)
    assert "It is not open yet: until catalogue.open says is_open: true," in output
    assert "It is a draft and not open" in CliRunner().invoke(new, ["--help"]).output
    (published,) = build_folder(tmp_path / "datasets", tmp_path / "build").published
    assert (published.dataset.open_state, published.resources, published.rows) == ("closed", (), 0)


@needs_shared_data
@pytest.mark.parametrize(
    ("file", "changes", "rows"),
    [
        ("city_list_gbk.csv", FILLED_IN, {"city_list_gbk": 345}),
        ("admin/level3_bom.csv", FILLED_IN, {"level3_bom": 3639}),
        ("shanghai_metro_l1-3.xlsx", FILLED_IN, {"1-hao-xian": 31}),
    ],
)
def test_a_real_file_is_published_after_five_edited_lines_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, changes: dict[str, str], rows: dict[str, int]
) -> None:
    """A list in GBK, one with a byte order mark, and a timetable with merged headers on several sheets."""
    datasets = tmp_path / "datasets"
    run_new(SHARED / "cn" / file, "--datasets", datasets, "--publisher", "demo", monkeypatch=monkeypatch)
    (datasets / "publishers.yaml").write_text("publishers: [{id: demo, name: 示范单位}]\n", encoding="utf-8")
    (descriptor,) = datasets.glob("*/*/datapackage.yaml")
    before = descriptor.read_text(encoding="utf-8")
    after = edited(before, changes)
    descriptor.write_text(after, encoding="utf-8")
    lines = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("+ ")]
    assert len(lines) <= EDITED_LINES_MAX
    result = build_folder(datasets, tmp_path / "build")
    assert [(item.code, message_of(item).en) for item in result.report if item.severity == "error"] == []
    (published,) = result.published
    assert all(item.resource.schema.fields for item in published.resources)
    counts = {item.resource.name: item.profile.rows for item in published.resources if item.profile}
    assert counts | rows == counts


def test_the_command_proposes_no_code_of_a_dataset_that_is_gone(tmp_path: Path) -> None:
    """It looks into the current release; what it proposes is built without a finding on codes."""
    datasets, table = tmp_path / "datasets", tmp_path / "stops.csv"
    table.write_text("编号,站名\n1,甲\n", encoding="utf-8")
    for name, code in (("one", "307021000/000001"), ("two", "307021000/000002")):
        place = datasets / "jiaotong" / name
        place.mkdir(parents=True)
        place.joinpath("datapackage.yaml").write_text(
            f"name: {name}\ntitle: 标题\ncatalogue: {{code: {code}}}\nresources: []\n", encoding="utf-8"
        )
    build_folder(datasets, tmp_path / "build")
    shutil.rmtree(datasets / "jiaotong" / "two")
    arguments = [str(table), "--datasets", str(datasets), "--out", str(tmp_path / "build"), "--publisher", "jiaotong"]
    assert CliRunner().invoke(new, arguments, standalone_mode=False).exit_code == 0
    assert (
        read_document(datasets / "jiaotong" / "stops" / "datapackage.yaml")["catalogue"]["code"] == "307021000/000003"
    )
    report = build_folder(datasets, tmp_path / "build").report
    assert [item.code for item in report if item.dataset == "stops" and item.code.startswith("code-")] == []
