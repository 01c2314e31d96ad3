"""Identical build skipped: where nothing changed since the last build, the current release and its findings stay.

What a build found is kept beside the releases, as findings and not as the sentences of ``report.json``. Whatever is
missing or cannot be read there, and whatever is not whole in the release, only means that it is built anew.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from portal.examining.validation.tables.kept_results import finding_from, kept_record
from portal.findings.finding import Finding, Report
from portal.publishing.assessed import catalogue_quality
from portal.publishing.background import Background
from portal.publishing.files.manifest_lookup import Manifest
from portal.publishing.files.release_files import RELEASE_FILE
from portal.publishing.history import write_history
from portal.publishing.release import Release, current_release
from portal.publishing.search.dataset_store import Records
from portal.publishing.search.indexing import RECORDS_FILE

FINDINGS_FILE = ".findings.ndjson"
"""What the last build found, a line each after one that names its release."""

_BY_CHANCE = frozenset(["processing-failed", "pattern-too-slow", "document-too-slow", "description-left-out"])
"""Codes of findings that hang on time and memory too: where there is one, the next build may go better."""


def unchanged_release(out: Path, inputs: str, background: Background) -> Release | None:
    """Return the current release of *out* where a build of *inputs* would make the same one again, else None.

    The history gets the point of the day that such a build would have written.
    """
    folder = current_release(out)
    try:
        if folder is None or not _is_of(folder, inputs) or not _is_whole(folder):
            return None
        report = Report(_read_findings(out, folder.name))
        if any(item.code in _BY_CHANCE for item in report):
            return None
        records = Records(folder / "search" / RECORDS_FILE)
        published = tuple(records.several(records.names()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, sqlite3.Error):
        return None
    history = catalogue_quality(published, background).history
    if history != background.history:
        write_history(history, out)
    return Release(out / "releases" / folder.name, published, report, is_unchanged=True)


def keep_findings(report: Report, release: Path, out: Path) -> None:
    """Write down in *out*, in one step, what the build of *release* found."""
    draft = out / f"{FINDINGS_FILE}.part"
    with draft.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"release": release.name}) + "\n")
        for finding in report:
            file.write(json.dumps(kept_record(finding)) + "\n")
    draft.replace(out / FINDINGS_FILE)


def _read_findings(out: Path, release: str) -> tuple[Finding, ...]:
    """Return what was kept for *release*. Raises OSError, ValueError, TypeError or KeyError where nothing usable is."""
    with (out / FINDINGS_FILE).open(encoding="utf-8") as lines:
        if json.loads(next(lines, "{}")) != {"release": release}:
            raise ValueError(release)
        return tuple(finding_from(json.loads(line)) for line in lines)


def _is_of(folder: Path, inputs: str) -> bool:
    document = json.loads((folder / RELEASE_FILE).read_text(encoding="utf-8"))
    return bool(document["inputs"] == inputs)


def _is_whole(folder: Path) -> bool:
    """Whether every file that the release lists is there, in its size."""
    return all((folder / path).stat().st_size == entry.bytes for path, entry in Manifest(folder).entries())
