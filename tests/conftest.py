"""What tests share: a whole small catalogue, builds of it, and the app that serves them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.api.app import create_app
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


@pytest.fixture(scope="session")
def tiny_build(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """The tiny catalogue, built once."""
    return build_folder(FIXTURES / "tiny", tmp_path_factory.mktemp("tiny") / "build")


@pytest.fixture(scope="session")
def tiny_release(tiny_build: BuildReport) -> Path:
    """The release of the tiny catalogue; tests only read it."""
    assert tiny_build.release is not None
    return tiny_build.release


@pytest.fixture(scope="session")
def client(tiny_release: Path) -> FlaskClient:
    """A client of the app that serves the tiny catalogue."""
    return create_app(tiny_release).test_client()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny catalogue that a test may change."""
    folder = tmp_path / "datasets"
    shutil.copytree(FIXTURES / "tiny", folder)
    return folder


@pytest.fixture
def write_dataset(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a dataset folder: a descriptor's text, and files by name."""

    def write(descriptor: str, *, folder: str = "made", **files: str | bytes) -> Path:
        root = tmp_path / "datasets"
        target = root / folder
        target.mkdir(parents=True, exist_ok=True)
        (target / "datapackage.yaml").write_text(descriptor, encoding="utf-8")
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (target / name.replace("__", ".")).write_bytes(data)
        return root

    return write
