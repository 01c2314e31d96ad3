"""How tests have one table understood: files and a resource's entry in, what was understood out."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import raw_rows, understand
from portal.findings.finding import Finding
from portal.findings.words import message_of
from portal.model.catalog import Dataset, Resource
from portal.model.limits import Limits
from portal.model.understood_table import UnderstoodTable
from portal.settings import load_settings


@dataclass(frozen=True)
class Understood:
    """The outcome for the only resource, named t, of a dataset named made."""

    dataset: Dataset
    table: UnderstoodTable | None
    findings: tuple[Finding, ...]
    demoted: bool
    work_dir: Path

    @property
    def resource(self) -> Resource:
        """The resource as the catalogue has it."""
        return self.dataset.resources[0]

    @property
    def codes(self) -> list[tuple[str, int | None, int | None]]:
        """Code, row and column of every finding."""
        return [(item.code, item.row, item.column) for item in self.findings]

    @property
    def rows(self) -> list[tuple[int, list[str]]]:
        """The data rows; fails where there is no table."""
        assert self.table is not None, self.findings
        return list(raw_rows(self.table))

    @property
    def whole(self) -> UnderstoodTable:
        """The table; fails where there is none."""
        assert self.table is not None, self.findings
        return self.table

    @property
    def text(self) -> str:
        """The whole text of the table."""
        return self.whole.path.read_bytes().decode("utf-8")


def understood(
    folder: Path, files: Mapping[str, str | bytes], *, limits: Limits | None = None, closed: bool = False, **entry: Any
) -> Understood:
    """Write a dataset of *files* and understand it; *entry* is what else the resource says."""
    root = folder / "datasets"
    shutil.rmtree(root, ignore_errors=True)
    (root / "made").mkdir(parents=True)
    for name, content in files.items():
        path = root / "made" / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    path_entry = {"path": [*files] if len(files) > 1 else next(iter(files))} if files else {}
    document: dict[str, Any] = {"name": "made", "resources": [{"name": "t", **path_entry, **entry}]}
    if closed:
        document["catalogue"] = {"open": False}
    (root / "made" / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
    catalog, report = load_catalog(load_settings(root))
    assert catalog.datasets, [message_of(item).en for item in report]
    dataset = catalog.datasets[0]
    work_dir = folder / "work"
    result = understand(dataset, work_dir, limits or Limits())
    return Understood(dataset, result.tables.get("t"), result.findings, result.dataset != dataset, work_dir)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def gzipped(content: str | bytes) -> bytes:
    """Return a GZ file, always the same."""
    return gzip.compress(content.encode() if isinstance(content, str) else content, mtime=0)
