"""What tests use by name: where things are, and how a folder is built."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from portal.pipeline import BuildReport, build
from portal.settings import load_settings

FIXTURES = Path(__file__).parent / "fixtures"
PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared" / "data"
TODAY = date(2026, 6, 1)

needs_shared_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real inputs is not on this machine")


def build_folder(datasets: Path, out: Path, *, strict: bool = False, jobs: int = 1) -> BuildReport:
    """Build a folder of datasets for a fixed day."""
    return build(load_settings(datasets), out, today=TODAY, strict=strict, jobs=jobs)


def run(*arguments: str | Path, lang: str = "en", cwd: Path | None = None) -> tuple[int, str]:
    """Run the command line and return its exit status and all that it printed."""
    environment = {**os.environ, "KAIFANG_LANG": lang, "PYTHONPATH": str(PROJECT), "COLUMNS": "200"}
    command = [sys.executable, "-m", "portal", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, timeout=120, check=False)
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
