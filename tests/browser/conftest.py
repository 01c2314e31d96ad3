"""What tests in a browser share: Chromium, and a server of the repository's own datasets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from api.serving import serving
from playwright.sync_api import Browser, sync_playwright
from support import PROJECT, build_folder

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server gives out a build of ``datasets/``."""
    out: Path = tmp_path_factory.mktemp("own") / "build"
    report = build_folder(PROJECT / "datasets", out)
    assert report.refused == ()
    with serving(out / "current") as address:
        yield address
