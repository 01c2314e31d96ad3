"""Report of findings as JSON: the shape of ``report.json`` and the API, with the verdict on each dataset."""

from __future__ import annotations

import json
from collections.abc import Mapping

from portal.findings.finding import Report
from portal.findings.words import finding_record


def dump(report: Report, datasets: Mapping[str, bool]) -> str:
    """Return ``{"findings": [...], "datasets": [{"name", "accepted"}]}``; *datasets* are names and whether accepted.

    >>> dump(Report(), {"schools": True}).split()
    ['{', '"findings":', '[],', '"datasets":', '[', '{', '"name":', '"schools",', '"accepted":', 'true', '}', ']', '}']
    """
    document = {
        "findings": [finding_record(finding) for finding in report],
        "datasets": [{"name": name, "accepted": is_accepted} for name, is_accepted in datasets.items()],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
