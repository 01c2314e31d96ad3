"""What tests use by name: where things are, and how a folder is built."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.pipeline import build
from portal.publishing.release import Release
from portal.settings import load_settings

FIXTURES = Path(__file__).parent / "fixtures"
PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared" / "data"
TODAY = date(2026, 6, 1)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
"""The browser of this machine, None where there is none."""

NO_REAL_INPUTS = (
    "they read real files of other portals, which are not part of Kaifang and not on this machine (../shared/data)"
)
needs_shared_data = pytest.mark.skipif(not SHARED.is_dir(), reason=NO_REAL_INPUTS)


def real_cases(found: Iterable[Any], *, arguments: int = 1) -> list[Any]:
    """Return the cases that real inputs make; where they are not here, one that stands for them and is passed over."""
    cases = list(found)
    assert bool(cases) == SHARED.is_dir(), "the real inputs are here, and make no case"
    return cases or [pytest.param(*[None] * arguments, id="real-inputs")]


def build_folder(datasets: Path, out: Path, *, strict: bool = False, jobs: int = 1, fresh: bool = False) -> Release:
    """Build a folder of datasets for a fixed day."""
    return build(load_settings(datasets), out, today=TODAY, strict=strict, jobs=jobs, fresh=fresh)


def run(*arguments: str | Path, lang: str = "en", cwd: Path | None = None) -> tuple[int, str]:
    """Run the command line in this process, which has the portal loaded; return its exit status and all it printed.

    What a command changes in its process is put back.
    """
    hook, handler = sys.unraisablehook, signal.getsignal(signal.SIGTERM)
    with (
        patch.dict(os.environ, {"KAIFANG_LANG": lang, "COLUMNS": "200"}),
        patch.object(sys, "argv", ["portal", *map(str, arguments)]),
        contextlib.chdir(cwd or Path.cwd()),
        CliRunner().isolation() as (printed, complained, _),
    ):
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            sys.unraisablehook = hook
            signal.signal(signal.SIGTERM, handler)
        sys.stdout.flush()
        sys.stderr.flush()
        output = (printed.getvalue() + complained.getvalue()).decode()
    assert "Traceback" not in output
    return status, output


def run_alone(*arguments: str | Path, lang: str = "en") -> tuple[int, str]:
    """Do what `run` does in a process of its own, as a person meets it."""
    environment = {**os.environ, "KAIFANG_LANG": lang, "PYTHONPATH": str(PROJECT), "COLUMNS": "200"}
    command = [sys.executable, "-m", "portal", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)
    output = done.stdout + done.stderr
    assert "Traceback" not in output
    return done.returncode, output


def contents(release: Path) -> Iterator[bytes]:
    """Yield every file of a release, what is packed in it too, and the cells of its Parquet files."""
    for path in sorted(item for item in release.rglob("*") if item.is_file()):
        content = path.read_bytes()
        yield content
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from (archive.read(name) for name in archive.namelist())
        if path.suffix == ".parquet":
            with duckdb.connect() as database:
                yield str(database.read_parquet(str(path)).fetchall()).encode()
