"""A machine that refuses in the middle of a build: nothing is published, and what was stays."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support import TODAY
from xlsxwriter.exceptions import FileCreateError

from portal.examining.reading import cells_in_duckdb
from portal.model.errors import ReleaseError
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
    ],
    ids=["inside a library's exception", "while rows are written", "as words of DuckDB", "in the descriptions"],
)
@pytest.mark.parametrize("jobs", [0, 1])
def test_a_full_disk_leaves_the_current_release_alone(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Any, name: str, error: Exception, jobs: int
) -> None:
    """Wherever it is met, and however it is told: one sentence, and no release without the dataset that met it."""
    out = tmp_path / "build"
    build(load_settings(tiny), out, today=TODAY)
    before = current_release(out)
    with monkeypatch.context() as patched:
        patched.setattr(place, name, refusing(error))
        with pytest.raises(ReleaseError) as caught:
            build(load_settings(tiny), out, today=TODAY, fresh=True, jobs=jobs)
    assert "No space left on device" in caught.value.message.en
    assert current_release(out) == before
