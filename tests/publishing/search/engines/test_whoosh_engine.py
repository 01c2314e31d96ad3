"""The files of an index: equal for equal documents, and no others than those that are read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import PROJECT

from portal.publishing.search.engines.search_index import write_index
from portal.publishing.search.search_documents import FACETS, SearchDocument

TITLES = ["水质监测", "空气质量 PM2.5", "Schools and 学校", "。"]
DOCUMENTS = [
    SearchDocument(title, title, f"{title}\n数据", dict.fromkeys(FACETS, (title,)), "2026-01-01", title)
    for title in sorted(TITLES)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of a few documents."""
    write_index(DOCUMENTS, tmp_path)
    return tmp_path / "whoosh"


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder with their bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_index_is_these_files(folder: Path) -> None:
    """The index has Whoosh's words, our columns and what phrases are looked for in; no lock, nothing temporary."""
    assert sorted(contents(folder)) == [
        *(f"MAIN_catalogue.{part}" for part in ["_stored.col", "pst", "trm"]),
        "_MAIN_0.toc",
        *(f"columns/{name}" for name in ["codes.npy", "names", "names.npy", "orders.npy", "places.npy", "raised.npy"]),
        "columns/values.json",
        "lengths.npy",
        "texts",
        "texts.npy",
        "titles",
        "titles.npy",
    ]


def test_equal_documents_give_equal_files_in_any_process(folder: Path, tmp_path: Path) -> None:
    """Neither the time nor the hash seed of a process shows in an index."""
    program = (
        "import sys; from pathlib import Path; "
        "from tests.publishing.search.engines.test_whoosh_engine import DOCUMENTS, write_index; "
        "write_index(DOCUMENTS, Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'tests'}"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "other")], check=True, env=environment)
    assert contents(folder) == contents(tmp_path / "other" / "whoosh")
