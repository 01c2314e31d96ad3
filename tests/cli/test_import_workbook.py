"""The commands that hand out forms and take them in."""

from __future__ import annotations

from pathlib import Path

import pytest
from clerk import ANSWERS, ROWS, fill_in, portal_folder
from click.testing import CliRunner

from portal.cli import commands


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIFANG_LANG", "en")


def test_a_form_is_written_once(tmp_path: Path) -> None:
    """One that is there may be filled in already, and is left alone."""
    path = tmp_path / "填报.xlsx"
    assert (
        CliRunner().invoke(commands, ["template", "dataset", "-o", str(path)], standalone_mode=False).return_value == 0
    )
    again = CliRunner().invoke(commands, ["template", "dataset", "-o", str(path)], standalone_mode=False)
    assert "already" in str(again.exception)


def test_an_inbox_is_worked_through_to_the_end(tmp_path: Path) -> None:
    """A bad file does not stop the next; accepted files are moved, refused ones stay; the status says so."""
    datasets, inbox = portal_folder(tmp_path / "datasets"), tmp_path / "in"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(b"PK\x03\x04 broken")
    fill_in(inbox / "b.xlsx", ANSWERS, ROWS)
    arguments = ["workbook", "--inbox", str(inbox), "--datasets", str(datasets), "--today", "2026-06-01"]
    done = CliRunner().invoke(commands, ["import", *arguments], standalone_mode=False)
    assert done.exception is None
    assert done.return_value == 1
    assert "Files: 2; accepted: 1; refused: 1." in done.output
    found = sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file())
    assert found == ["a.xlsx", "回执/a-回执.xlsx", "回执/b-回执.xlsx", "已处理/b.xlsx"]
    assert (datasets / "transport" / "gong-jiao-zhan-dian" / "datapackage.yaml").is_file()


@pytest.mark.parametrize("arguments", [["workbook"], ["workbook", "a.xlsx", "--inbox", "in"]])
def test_files_and_an_inbox_exclude_each_other(arguments: list[str]) -> None:
    """One of them is wanted."""
    done = CliRunner().invoke(commands, ["import", *arguments])
    assert done.exit_code == 2
    assert "Give either files or --inbox." in done.output
