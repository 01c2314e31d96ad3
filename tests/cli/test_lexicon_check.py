"""`portal lexicon check`: findings of the lexicon, counts by topic, and the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import commands


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIFANG_LANG", "en")


def run(folder: Path, *options: str) -> Result:
    """Run the command on a folder of datasets."""
    return CliRunner().invoke(commands, ["lexicon", "check", str(folder), *options], standalone_mode=False)


def test_a_good_lexicon_is_counted(tmp_path: Path) -> None:
    """Topics with their groups, and the status is 0."""
    (tmp_path / "lexicon.yaml").write_text("topic: our-words\ngroups:\n- words: [云上游园会]\n", encoding="utf-8")
    done = run(tmp_path)
    assert done.return_value == 0
    assert "     1  our-words\n" in done.output


def test_a_fault_is_told_with_its_row_and_the_status_is_1(tmp_path: Path) -> None:
    """Where it stands, and how to mend it."""
    (tmp_path / "lexicon-x.yaml").write_text("groups:\n- words: [云上游园会]\n  broader: [乐园]\n", encoding="utf-8")
    done = run(tmp_path, "--all")
    assert done.return_value == 1
    assert 'lexicon-x.yaml:2 lexicon-broader-unknown: The broader word "乐园"' in done.output
