"""``portal check`` as a person types it: what it is given, what it answers, and in which format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from support import FIXTURES, build_folder

from portal.cli.check import check
from portal.examining.validation.tables.kept_results import cache_folder
from portal.model.errors import ConfigurationError

SCHOOLS = Path("education/schools/schools.csv")


def run(*arguments: str | Path, lang: str = "en") -> Result:
    """Run the command and return what it printed; its return value is the exit status."""
    words = [*map(str, arguments), "--no-cache", "--jobs", "1"]
    return CliRunner().invoke(check, words, env={"KAIFANG_LANG": lang, "COLUMNS": "200"}, standalone_mode=False)


def status(result: Result) -> int:
    """Return the exit status of a run that ended by itself."""
    if result.exception:
        raise result.exception
    value: Any = result.return_value
    return int(value)


@pytest.fixture
def broken(tiny: Path) -> Path:
    """The tiny catalogue with a word among the numbers of pupils."""
    table = tiny / SCHOOLS
    table.write_text(table.read_text(encoding="utf-8").replace("320", "三十"), encoding="utf-8")
    return tiny


def test_a_good_folder_ends_with_0_and_the_counts() -> None:
    """The last line says how many datasets were checked."""
    result = run(FIXTURES / "tiny")
    assert status(result) == 0
    assert result.stdout.startswith("Checked: 3 datasets in ")
    assert result.stdout.endswith(" s; 0 refused; 0 errors, 0 warnings.\n")


def test_a_refused_dataset_ends_with_1_its_finding_and_its_name(broken: Path) -> None:
    """Where, what, how to mend it; then the counts and the name."""
    result = run(broken)
    assert status(result) == 1
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        'education/schools/schools.csv:2:3 type-error: Field "学生数" holds "三十", which is not an integer.',
        "    → Write digits, e.g. 30.",
    ]
    assert lines[2].endswith(" s; 1 refused; 1 error, 0 warnings.")
    assert lines[3:] == ["Refused: 1 dataset: schools"]


def test_a_thousand_equal_errors_are_shown_as_one_with_the_first_places(broken: Path) -> None:
    """One line names the number and the first places."""
    rows = "".join(f"{number:04},校,x,2000-01-01,是\n" for number in range(500))
    (broken / SCHOOLS).write_text(f"学校代码,名称,学生数,建校日期,寄宿\n{rows}", encoding="utf-8")
    output = run(broken).stdout
    assert output.count("type-error") == 1
    place = "education/schools/schools.csv"
    assert f"(500 times) {place}:3:3, {place}:4:3, {place}:5:3 …\n" in output


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (".", ["bus-lines", "salaries", "schools"]),
        ("transport", ["bus-lines", "salaries"]),
        ("education/schools", ["schools"]),
        ("education/schools/datapackage.yaml", ["schools"]),
        ("education/schools/schools.csv", ["schools"]),
    ],
)
def test_a_path_is_a_portal_a_folder_a_descriptor_or_a_file_it_names(tiny: Path, path: str, names: list[str]) -> None:
    """Each stands for the datasets it belongs to."""
    result = run(tiny / path, "--format", "json")
    assert [item["name"] for item in json.loads(result.stdout)["datasets"]] == names


def test_a_bare_file_is_checked_as_it_was_understood(tmp_path: Path) -> None:
    """A table without a description needs no schema to be found ragged."""
    file = tmp_path / "stops.csv"
    file.write_text("id,name\n1,a\n2,b,c\n", encoding="utf-8")
    result = run(file, "--format", "json")
    assert status(result) == 1
    document = json.loads(result.stdout)
    assert [(item["code"], item["row"], item["column"]) for item in document["findings"]] == [("extra-cell", 3, 3)]
    assert document["datasets"] == [{"name": "stops", "accepted": False}]


def test_loose_files_are_named_and_nothing_to_check_is_a_bad_call(tmp_path: Path) -> None:
    """Data that no descriptor makes a dataset are a finding with what to do, and the status is 2."""
    (tmp_path / "stops.csv").write_text("id\n1\n", encoding="utf-8")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.4\n")
    result = run(tmp_path)
    assert status(result) == 2
    assert result.stdout.startswith(
        "stops.csv folder-undescribed: This folder holds data files (1) but no descriptor, so they are not published: "
        "stops.csv.\n    → For each file to publish run portal new FILE"
    )
    assert f"portal: There is no dataset in {tmp_path}: no datapackage.yaml.\n" in result.stderr


def test_an_empty_folder_is_a_bad_call_and_an_empty_portal_is_not(tmp_path: Path) -> None:
    """Whoever begins a portal may check it before there is a dataset; so may who names the folder around it."""
    assert status(run(tmp_path)) == 2
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "catalog.yaml").write_text("title: 门户\n", encoding="utf-8")
    assert status(run(tmp_path / "datasets")) == 0
    assert status(run(tmp_path)) == 0


def test_a_table_in_a_zip_is_checked_as_a_table(tmp_path: Path) -> None:
    """The one table of an archive needs no description to be found ragged."""
    file = tmp_path / "stops.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "about it")
        archive.writestr("stops.csv", "id,name\n1,a\n2,b,c\n")
    result = run(file, "--format", "json")
    assert [item["code"] for item in json.loads(result.stdout)["findings"]] == ["extra-cell"]


def test_several_paths_are_checked_together(tiny: Path) -> None:
    """Datasets and findings stand in the order of the paths."""
    result = run(tiny / "transport" / "salaries", tiny / "education", "--format", "json")
    assert [item["name"] for item in json.loads(result.stdout)["datasets"]] == ["salaries", "schools"]


def test_files_of_one_name_are_counted_and_named_each(tmp_path: Path) -> None:
    """A table and its namesake of another format are two; the verdicts tell them apart, and the step is told once."""
    good, bad = tmp_path / "stops.csv", tmp_path / "stops.tsv"
    good.write_text("id,name\n1,a\n", encoding="utf-8")
    bad.write_text("id\tname\n1\ta\tb\n", encoding="utf-8")
    document = json.loads(run(good, bad, "--format", "json").stdout)
    assert document["datasets"] == [
        {"name": good.as_posix(), "accepted": True},
        {"name": bad.as_posix(), "accepted": False},
    ]
    told = run(good, bad)
    assert told.stdout.splitlines()[-1] == f"Refused: 1 dataset: {bad.as_posix()}"
    assert told.stdout.splitlines()[-2].startswith("Checked: 2 datasets in ")
    assert told.stderr.count("Validating (2)") == 1


def test_json_is_what_a_build_writes_down(broken: Path, tmp_path: Path) -> None:
    """The findings are those of report.json, where the portal knows its address."""
    with (broken / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.write("base_url: https://data.example.cn\n")
    release = build_folder(broken, tmp_path / "build").folder
    assert release is not None
    written = json.loads((release / "report.json").read_text(encoding="utf-8"))
    document = json.loads(run(broken, "--format", "json").stdout)
    assert document["findings"] == written["findings"]
    assert {item["name"]: item["accepted"] for item in document["datasets"]} == {
        "bus-lines": True,
        "salaries": True,
        "schools": False,
    }


def test_what_could_not_be_read_is_refused_by_its_folder(broken: Path) -> None:
    """A descriptor that is not well formed has no name, so its folder stands in the list."""
    (broken / "education/schools/datapackage.yaml").write_text("name: [", encoding="utf-8")
    result = run(broken, "--format", "json")
    assert status(result) == 1
    assert {"name": "education/schools", "accepted": False} in json.loads(result.stdout)["datasets"]


def test_sarif_names_files_as_they_stand_from_here(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code host finds the file from the root of the repository."""
    monkeypatch.chdir(broken.parent)
    (found,) = json.loads(run("datasets", "--format", "sarif").stdout)["runs"][0]["results"]
    location = found["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {"uri": "datasets/education/schools/schools.csv", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2},
    }


def test_sarif_of_a_bare_file_names_it_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So does it for a file that nothing describes."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("id\n1,2\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (found,) = json.loads(run("in/a.csv", "--format", "sarif").stdout)["runs"][0]["results"]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "in/a.csv"


def test_csv_can_be_written_to_a_file(broken: Path, tmp_path: Path) -> None:
    """Nothing is printed then; the status is the same."""
    target = tmp_path / "findings.csv"
    result = run(broken, "--format", "csv", "--output", target)
    assert (status(result), result.stdout) == (1, "")
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"), newline="")))
    assert [(row["code"], row["row"], row["value"]) for row in rows] == [("type-error", "2", "三十")]


def test_text_can_be_written_to_a_file_in_chinese(broken: Path, tmp_path: Path) -> None:
    """Without colours, in the language of the terminal."""
    target = tmp_path / "findings.txt"
    run(broken, "--output", target, lang="zh")
    assert "type-error: 字段“学生数”的值“三十”不是整数。\n    → " in target.read_text(encoding="utf-8")


def test_a_workbook_lists_the_findings_of_datasets(broken: Path, tmp_path: Path) -> None:
    """Its second sheet has a line for each."""
    target = tmp_path / "findings.xlsx"
    assert status(run(broken, "--format", "xlsx", "--output", target)) == 1
    assert [row[13].value for row in load_workbook(target).worksheets[1].iter_rows(min_row=2)] == ["type-error"]


def test_a_workbook_of_one_file_is_its_receipt(tmp_path: Path) -> None:
    """The publisher's own workbook comes back with its rows and a sheet of what to do."""
    book = Workbook()
    assert book.active is not None
    for row in (["编号", "名称"], ["1", "甲"], [None, None], ["2", "乙"]):
        book.active.append(row)
    source, target = tmp_path / "stops.xlsx", tmp_path / "receipt.xlsx"
    book.save(source)
    run(source, "--format", "xlsx", "--output", target)
    receipt = load_workbook(target)
    assert len(receipt.sheetnames) == 2
    assert receipt[book.active.title]["B2"].value == "甲"


def test_explain_tells_what_was_understood(tiny: Path) -> None:
    """The format, the header and the columns of each table, before the findings."""
    output = run(tiny / "education", "--explain").stdout
    assert output.startswith("schools: List of schools\n  schools: schools.csv\n    Format: CSV\n")
    assert "      学生数: integer\n" in output


def test_explain_quotes_no_cell_of_what_is_not_open(tiny: Path) -> None:
    """Of a closed dataset only format and declared columns are told."""
    output = run(tiny / "transport/salaries", "--explain").stdout
    assert "    Format: CSV\n" in output
    assert "Header" not in output


def test_metadata_alone_opens_no_file(broken: Path) -> None:
    """With --only metadata a wrong cell is not seen."""
    assert status(run(broken, "--only", "metadata")) == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "xlsx"], "A workbook needs --output FILE."),
        (["--format", "json", "--explain"], "--explain goes with --format text."),
        (["nowhere"], "There is nothing at nowhere."),
        ([str(FIXTURES / "tiny"), "--output", "nowhere/findings.txt"], "nowhere/findings.txt cannot be written"),
    ],
)
def test_a_bad_call_is_one_sentence(arguments: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be done is said before or after the check, never as a trace."""
    monkeypatch.chdir(FIXTURES)
    error = run(*arguments).exception
    text = error.message.en if isinstance(error, ConfigurationError) else getattr(error, "message", "")
    assert sentence in text


def test_a_name_that_a_terminal_would_obey_is_shown_with_escapes(tiny: Path) -> None:
    """Nothing of a folder's name reaches the terminal as a command to it."""
    folder = tiny / "a\x1b[31mb"
    folder.mkdir()
    (folder / "datapackage.yaml").write_text("name: [", encoding="utf-8")
    output = run(tiny).stdout
    assert "\x1b" not in output
    assert output.splitlines()[0].startswith("a\\x1b[31mb/datapackage.yaml:")
    assert "Refused: 1 dataset: a\\x1b[31mb\n" in output


def test_results_are_kept_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """KAIFANG_CACHE comes first, then the folder of the user's caches."""
    monkeypatch.setenv("KAIFANG_CACHE", "/srv/cache")
    assert cache_folder() == Path("/srv/cache")
    monkeypatch.delenv("KAIFANG_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/home/a/caches")
    assert cache_folder() == Path("/home/a/caches/kaifang")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == Path("~/.cache/kaifang").expanduser()
