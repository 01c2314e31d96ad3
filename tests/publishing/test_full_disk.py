"""A machine that refuses in the middle of a build: nothing is published, and what was stays."""

from __future__ import annotations

import errno
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from support import FIXTURES, TODAY
from xlsxwriter.exceptions import FileCreateError

from portal.examining.privacy import screening
from portal.examining.privacy.documents.document_texts import passages
from portal.examining.reading import cells_in_duckdb, understood_tables
from portal.examining.reading.sheets import workbook_files
from portal.examining.validation.tables import verdict
from portal.model.errors import ReleaseError
from portal.model.limits import Limits
from portal.pipeline import build
from portal.publishing.files import descriptions
from portal.publishing.files.table_writers import XlsxWriter
from portal.publishing.release import current_release
from portal.settings import load_settings

FULL = OSError(errno.ENOSPC, "No space left on device")
IN_DUCKDB = duckdb.IOException('IO Error: Could not write file "x": No space left on device')


def refusing(error: Exception) -> Callable[..., Any]:
    """Return what raises *error* when it is called."""

    def refuse(*given: Any, **more: Any) -> Any:
        raise error

    return refuse


@pytest.mark.parametrize(
    ("place", "name", "error"),
    [
        (XlsxWriter, "close", FileCreateError(FULL)),
        (XlsxWriter, "add", FULL),
        (cells_in_duckdb, "connect", IN_DUCKDB),
        (descriptions, "beside", RuntimeError(FULL)),
        (understood_tables, "read_delimited", FULL),
        (understood_tables, "read_delimited", ValueError(FULL)),
        (verdict.Tables, "_fast_verdict", IN_DUCKDB),
        (screening, "in_file", FULL),
    ],
    ids=[
        "inside a library's exception",
        "while rows are written",
        "as words of DuckDB",
        "in the descriptions",
        "while a table is read",
        "inside another while a table is read",
        "while a table is judged",
        "while files are screened",
    ],
)
@pytest.mark.parametrize("jobs", [0, 1])
def test_a_full_disk_leaves_the_current_release_alone(
    tiny_releases: Path, monkeypatch: pytest.MonkeyPatch, place: Any, name: str, error: Exception, jobs: int
) -> None:
    """Wherever it is met, and however it is told: one sentence, and no release without the dataset that met it."""
    before = current_release(tiny_releases)
    with monkeypatch.context() as patched:
        patched.setattr(place, name, refusing(error))
        with pytest.raises(ReleaseError) as caught:
            build(load_settings(FIXTURES / "tiny"), tiny_releases, today=TODAY, fresh=True, jobs=jobs)
    assert "No space left on device" in caught.value.message.en
    assert current_release(tiny_releases) == before is not None


def test_a_full_disk_is_no_broken_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the gate writes for its readers says nothing of the document where it cannot be written."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.sqlite", b"SQLite format 3\0")
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refusing(FULL))
    with pytest.raises(OSError, match="No space left"):
        list(passages(tmp_path / "a.zip", "zip"))


def test_a_full_disk_is_no_broken_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plain copy of a workbook that does not fit onto the disk does not make it one that cannot be read."""
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    monkeypatch.setattr(workbook_files, "_pieces", refusing(FULL))
    with (
        pytest.raises(OSError, match="No space left"),
        workbook_files.opened_workbook(tmp_path / "a.xlsx", Limits(), tmp_path / "copy"),
    ):
        pass


def test_a_name_like_a_refusal_stops_nobody(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A broken file called as the system calls a full disk refuses its own dataset and no other."""
    root = write_dataset(
        "name: made\nresources: [{name: t, path: No space left on device.parquet}]\n",
        **{"No space left on device__parquet": b"PAR1 nothing"},
    )
    release = build(load_settings(root), tmp_path / "build", today=TODAY)
    assert [item.code for item in release.report if item.severity == "error"] == ["format-error"]
