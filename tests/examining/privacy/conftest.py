"""What the tests of the gate share: a dataset written for the test, understood and screened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal.examining.privacy import sieved_cells
from portal.examining.privacy.screening import screen
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.examining.understanding import UnderstoodDataset
from portal.findings.finding import Finding
from portal.model.limits import Limits
from portal.settings import load_settings

TODAY = date(2026, 6, 1)
ENTRY = "name: made\ntitle: 样例\ndescription: 说明\n"

Screened = Callable[..., list[Finding]]
Understood = Callable[..., UnderstoodDataset]


@pytest.fixture(autouse=True)
def by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the small tables of the tests as at large ones."""
    monkeypatch.setattr(sieved_cells, "SMALL_BYTES", 0)


@pytest.fixture
def understood(write_dataset: Callable[..., Path], tmp_path: Path) -> Understood:
    """Return a function that writes a dataset, its resources by file name, and understands it."""

    def understand_it(name: str = "made", more: str = "", **files: str | bytes) -> UnderstoodDataset:
        paths = [file.replace("__", ".") for file in files]
        resources = "".join(f"  - {{name: r{number}, path: {path}}}\n" for number, path in enumerate(paths))
        text = ENTRY.replace("name: made", f"name: {name}") + more + f"resources:\n{resources}"
        root = write_dataset(
            text if resources else text.replace("resources:\n", "resources: []\n"), folder=name, **files
        )
        catalog, report = load_catalog(load_settings(root))
        assert not report.count("error"), list(report)
        dataset = next(item for item in catalog.datasets if item.name == name)
        work_dir = tmp_path / f"work-{name}"
        work_dir.mkdir(exist_ok=True)
        return understand(dataset, work_dir, Limits())

    return understand_it


@pytest.fixture
def screened(understood: Understood, tmp_path: Path) -> Screened:
    """Return a function that writes a dataset and gives what the gate finds in it."""

    def screen_it(more: str = "", **files: str | bytes) -> list[Finding]:
        data = understood("made", more, **files)
        return list(screen(data, Limits(), tmp_path / "work-made", today=TODAY))

    return screen_it
