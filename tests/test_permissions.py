"""Files and folders that the account may not read: said as that, and never the fault of their content.

The administrator may read everything, so where the tests run as one the commands are run without that privilege.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from support import PROJECT

PRIVILEGES = "-dac_override,-dac_read_search"


@cache
def unprivileged() -> list[str] | None:
    """Return what to begin a command with so that permissions hold for it, None where that cannot be had."""
    if os.geteuid() != 0:
        return []
    prefix = ["setpriv", "--bounding-set", PRIVILEGES]
    if (
        shutil.which("setpriv") is None
        or subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode
    ):
        return None
    return prefix


def run(*arguments: str | Path) -> tuple[int, str]:
    """Run the command line as one who may not read everything."""
    prefix = unprivileged()
    if prefix is None:
        pytest.skip("the tests run as administrator, and setpriv cannot take the privilege away")
    environment = {**os.environ, "KAIFANG_LANG": "en", "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*prefix, sys.executable, "-m", "portal", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def locked(tiny: Path) -> Iterator[Path]:
    """The tiny catalogue with a table that nobody may read."""
    table = tiny / "education" / "schools" / "schools.csv"
    table.chmod(0)
    yield table
    table.chmod(0o644)


def test_a_file_that_may_not_be_read_refuses_its_dataset_alone(tiny: Path, locked: Path) -> None:
    """The finding says what to do about the right to read it; the other datasets are checked."""
    status, output = run("check", tiny, "--no-cache", "--jobs", "1")
    assert status == 1
    assert "education/schools/schools.csv file-unreadable: The portal may not read this file.\n" in output
    assert "Checked: 3 datasets" in output
    assert "Refused: 1 dataset: schools" in output


def test_no_dataset_is_drafted_of_a_file_that_may_not_be_read(tmp_path: Path, locked: Path) -> None:
    """One sentence, and nothing is written."""
    status, output = run("new", locked, "--datasets", tmp_path / "drafted")
    assert (status, output) == (
        2,
        f"portal: {locked} may not be read. Give it the right (chmod a+r), or ask the administrator.\n",
    )
    assert not (tmp_path / "drafted").exists()


def test_a_clerk_is_answered_that_the_file_may_not_be_read(tiny: Path, locked: Path) -> None:
    """Nothing unexpected happened, and the content is not blamed."""
    status, output = run("import", "workbook", locked, "--datasets", tiny)
    assert status == 1
    assert "schools.csv file-unreadable: The portal may not read this file.\n" in output
    assert "processing-failed" not in output


@pytest.mark.parametrize("mode", [0, 0o444])
def test_a_folder_that_may_not_be_entered_refuses_itself_alone(tiny: Path, mode: int) -> None:
    """Whether its files can be listed or not; named by itself it is a bad call."""
    folder = tiny / "education" / "schools"
    folder.chmod(mode)
    try:
        status, output = run("check", tiny, "--no-cache", "--jobs", "1")
        named = run("check", folder)
    finally:
        folder.chmod(0o755)
    assert status == 1
    assert "education/schools descriptor-unreadable: The descriptor cannot be read: permission denied.\n" in output
    assert "Refused: 1 dataset: education/schools" in output
    assert named[0] == 2
    assert f"portal: {folder} may not be opened." in named[1]
