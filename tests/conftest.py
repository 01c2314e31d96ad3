"""What tests share: a whole small catalogue, builds of it, and the app that serves them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from support import FIXTURES, build_folder

from portal.publishing.release import Release
from portal.serving.app import create_app

settings.register_profile(
    "any machine",  # a law does not hang on how fast the machine is
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=200 if os.environ.get("KAIFANG_NIGHTLY") else 100,
)
settings.load_profile("any machine")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name files made for a test by their size: archives hold the time, and all processes must know the same names."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) and len(val) > 20 else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say a reason for passing tests over once, with their number, wherever in the tests they stand."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and not hasattr(report, "wasxfail"):
        _, _, reason = report.longrepr
        report.longrepr = (str(FIXTURES.parent), None, reason)  # type: ignore[assignment]
    return report


@pytest.fixture(scope="session")
def tiny_build(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The tiny catalogue, built once."""
    return build_folder(FIXTURES / "tiny", tmp_path_factory.mktemp("tiny") / "build")


@pytest.fixture(scope="session")
def tiny_release(tiny_build: Release) -> Path:
    """The release of the tiny catalogue; tests only read it."""
    assert tiny_build.folder is not None
    return tiny_build.folder


@pytest.fixture
def tiny_releases(tiny_build: Release, tmp_path: Path) -> Path:
    """A folder of releases with that of the tiny catalogue, which a test may build into."""
    assert tiny_build.folder is not None
    return Path(shutil.copytree(tiny_build.folder.parents[1], tmp_path / "build", symlinks=True))


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
