"""report.json and release.json: findings, counts, date and the hash of all inputs of a build.

What a release says of itself, beside its site, and what it was made of.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from portal import __version__
from portal.findings.finding import Report
from portal.findings.words import finding_record
from portal.model.catalog import Catalog, Edition
from portal.publishing.publication import PublishedDataset
from portal.publishing.quality.link_answers import FILE_NAME as LINKS_FILE
from portal.publishing.quality.weights import OWN_FILE as QUALITY_FILE
from portal.settings import Settings

_REGISTERS = ("catalog.yaml", "publishers.yaml", "themes.yaml", QUALITY_FILE, LINKS_FILE)


def write_report(report: Report, path: Path) -> None:
    """Write every finding, one a line, so that no report is too long to be written."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"findings": [')
        for number, finding in enumerate(report):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(finding_record(finding), ensure_ascii=False))
        file.write("\n]}\n")


def write_release_file(
    folder: Path,
    id_: str,
    built_at: datetime,
    inputs_hash: str,
    edition: Edition,
    published: Sequence[PublishedDataset],
    report: Report,
    today: date,
) -> None:
    """Write what the release *id_* is, when it was made of what, and how much it holds."""
    document = {
        "id": id_,
        "built_at": built_at.isoformat(timespec="seconds"),
        "today": today.isoformat(),
        "version": __version__,
        "edition": edition,
        "inputs": inputs_hash,
        "counts": {
            "datasets": len(published),
            "resources": sum(len(item.dataset.resources) for item in published),
            "files": sum(len(resource.files) for item in published for resource in item.resources),
            "rows": sum(item.rows for item in published),
            "errors": report.count("error"),
            "warnings": report.count("warning"),
        },
        "refused": sorted(report.refused()),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / "release.json").write_text(f"{text}\n", encoding="utf-8")


def hash_inputs(
    settings: Settings, catalog: Catalog, today: date, former: Sequence[object], templates: Path | None
) -> str:
    """Return a SHA-256 over all that a release is made of.

    That is settings, descriptors, data, answers of links, *templates* of the portal's own, the points of *former* days,
    day and version.
    """
    digest = hashlib.sha256()
    rules = (settings.edition, settings.profile, settings.licence, settings.limits, settings.review_required)
    stated = (__version__, today.isoformat(), settings.portal, list(former), *rules)
    digest.update(repr(stated).encode())
    for dataset in catalog.datasets:
        descriptor = dataset.source.descriptor if dataset.source else None
        digest.update(f"{dataset.folder}\n{json.dumps(descriptor, sort_keys=True)}\n".encode())
    own = [path for path in sorted(templates.rglob("*")) if path.is_file()] if templates else []
    for path in (*_input_files(settings.datasets_dir, catalog), *own):
        digest.update(f"{os.path.relpath(path, settings.datasets_dir)}\n".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _input_files(datasets_dir: Path, catalog: Catalog) -> Iterable[Path]:
    registers = (datasets_dir / name for name in _REGISTERS)
    described = (
        path
        for dataset in catalog.datasets
        if dataset.source
        for path in (dataset.source.folder / name for resource in dataset.resources for name in resource.paths)
    )
    return sorted({path for path in (*registers, *described) if path.is_file() and os.access(path, os.R_OK)})
