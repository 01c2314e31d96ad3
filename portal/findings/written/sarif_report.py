"""Report of findings as SARIF 2.1.0, which code hosts such as GitHub show beside the lines of files.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0. Severity error, warning and info are
its levels error, warning and note.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from portal.findings.codes import CODES, Code
from portal.findings.finding import Finding, Report, file_and_sheet
from portal.findings.words import mend_of, message_of
from portal.model.known_formats import DESCRIPTION_FORMATS, suffixes

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_DESCRIPTORS = tuple(suffixes(DESCRIPTION_FORMATS))


def dump(report: Report, *, lang: str, version: str) -> str:
    """Return one run with all codes that occur as rules, in *lang*; *version* is that of the portal.

    Files of the findings should be relative to the root of the repository, or absolute.
    """
    names = list(dict.fromkeys(finding.code for finding in report))
    driver = {
        "name": "Kaifang",
        "fullName": f"Kaifang {version}",
        "version": version,
        "rules": [_rule(CODES[name], lang) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, names.index(finding.code), lang) for finding in report],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _rule(code: Code, lang: str) -> dict[str, Any]:
    advice = "\n\n→ ".join([code.explanation.to(lang), *_advice(code, lang)])
    return {
        "id": code.name,
        "name": "".join(part.capitalize() for part in code.name.split("-")),
        "shortDescription": {"text": code.title.to(lang)},
        "fullDescription": {"text": code.explanation.to(lang)},
        "help": {"text": advice, "markdown": advice},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _advice(code: Code, lang: str) -> list[str]:
    """Return how to mend it with details as "…", unless that is nothing but a detail."""
    text = re.sub(r"(?<!\{)\{\w+\}", "…", code.mend.to(lang)).replace("{{", "{").replace("}}", "}")
    return [] if text == "…" else [text]


def _result(finding: Finding, rule: int, lang: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{message_of(finding).to(lang)}\n→ {mend_of(finding).to(lang)}"},
    }
    location = _location(finding)
    if location:
        result["locations"] = [location]
    result["partialFingerprints"] = {"kaifangFinding/v1": _fingerprint(finding)}
    properties = {"row": finding.row, "column": finding.column, "field": finding.field, "value": finding.value}
    result["properties"] = {name: value for name, value in properties.items() if value is not None}
    return result


def _location(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if finding.file:
        region = {"startLine": finding.row or 1}
        if finding.row and finding.column and finding.file.endswith(_DESCRIPTORS):
            region["startColumn"] = finding.column  # in a table the column is that of a field, not of a character
        file, _ = file_and_sheet(finding.file)
        location["physicalLocation"] = {"artifactLocation": _artifact(file), "region": region}
    place = "/".join(part for part in (finding.dataset, finding.resource, finding.field) if part)
    if place:
        location["logicalLocations"] = [{"fullyQualifiedName": place}]
    return location


def _artifact(file: str) -> dict[str, str]:
    address = quote(file.encode("utf-8", "surrogateescape"))
    if PurePosixPath(file).is_absolute():
        return {"uri": f"file://{address}"}
    return {"uri": address, "uriBaseId": "%SRCROOT%"}


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same for a finding from run to run."""
    parts = (finding.code, finding.file, finding.row, finding.column, finding.field, finding.dataset, finding.resource)
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
