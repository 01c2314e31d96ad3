"""report.json and release.json: findings, counts, date and the hash of all inputs of a build."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal import __version__
from portal.findings.finding import Report
from portal.findings.words import finding_record
from portal.model.catalog import Edition
from portal.publishing.release_content import ReleaseContent

REPORT_FILE = "report.json"
RELEASE_FILE = "release.json"


@dataclass(frozen=True)
class ReleaseStamp:
    """Which release it is: when it was made, of what (a hash of all inputs), and for whom. *built_at* is in UTC."""

    inputs: str
    edition: Edition
    built_at: datetime

    @classmethod
    def now(cls, inputs: str, edition: Edition) -> ReleaseStamp:
        """Return the stamp of a release that is made at this moment."""
        return cls(inputs, edition, datetime.now(UTC))

    @property
    def id(self) -> str:
        """The name of the release: ``yyyymmddThhmmssZ-<12 hex of the inputs>``."""
        return f"{self.built_at:%Y%m%dT%H%M%SZ}-{self.inputs[:12]}"


def write_report(report: Report, path: Path) -> None:
    """Write every finding, one a line, so that no report is too long to be written."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"findings": [')
        for number, finding in enumerate(report):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(finding_record(finding), ensure_ascii=False))
        file.write("\n]}\n")


def write_release_file(content: ReleaseContent, stamp: ReleaseStamp, path: Path) -> None:
    """Write what the release is, when it was made of what, and how much it holds."""
    published, report = content.datasets, content.report
    document = {
        "id": stamp.id,
        "built_at": stamp.built_at.isoformat(timespec="seconds"),
        "today": content.today.isoformat(),
        "version": __version__,
        "edition": stamp.edition,
        "inputs": stamp.inputs,
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
    path.write_text(f"{text}\n", encoding="utf-8")
