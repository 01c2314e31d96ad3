"""Templates of registers by command: the same workbook that the page of the standard gives out."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import commands
from portal.cli.template import register
from portal.publishing.files.standard_files import write_register_template
from portal.standards.loading import NAMES, standard_named


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIFANG_LANG", "en")


def run(*arguments: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(commands, ["template", "register", *map(str, arguments)], standalone_mode=False)


def test_the_template_is_that_of_the_site(tmp_path: Path) -> None:
    """The same bytes as beside the page of the standard, and the command says where they are."""
    path = tmp_path / "a.xlsx"
    done = run("connection", "-o", path)
    assert (done.return_value, done.output) == (0, f"Written: {path}\n")
    standard = standard_named("connection")
    assert standard is not None
    write_register_template(standard, tmp_path / "b.xlsx")
    assert path.read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_register_that_is_there_is_left_alone(tmp_path: Path) -> None:
    """It may be filled in already."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"filled in")
    assert str(run("department", "-o", path).exception) == f"{path} exists already and was left alone."
    assert path.read_bytes() == b"filled in"


def test_an_unknown_standard_is_answered_with_those_there_are(tmp_path: Path) -> None:
    """Nothing is written."""
    done = run("../department", "-o", tmp_path / "a.xlsx")
    assert str(done.exception) == f'There is no standard "../department"; it is one of {", ".join(NAMES)}.'
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["register", "department"], ["dataset"]])
def test_a_place_that_cannot_be_written_is_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    """A folder that is missing is no fault of the program."""
    path = tmp_path / "missing" / "a.xlsx"
    done = CliRunner().invoke(commands, ["template", *arguments, "-o", str(path)], standalone_mode=False)
    assert str(done.exception) == f"{path} cannot be written: there is no such file or folder."


def test_the_help_names_every_standard() -> None:
    """They can be chosen without looking them up."""
    help_text = inspect.getdoc(register.callback)
    assert help_text is not None
    assert [name for name in NAMES if name not in help_text] == []
