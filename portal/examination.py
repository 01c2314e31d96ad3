"""One dataset put to every question that decides whether it may be published: understood, validated, screened.

The order is that of trust: a file that is not there is not opened, one that cannot be read is not validated, and what
could not be understood is not screened.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from portal.model.catalog import Dataset
from portal.model.findings import Finding, found
from portal.model.limits import Limits
from portal.model.text import LocalText
from portal.model.understanding import Understanding
from portal.privacy.review import check_review
from portal.privacy.screening import screen
from portal.reading.tables import understand, with_demoted
from portal.validation.by_frictionless import metadata_findings
from portal.validation.cells import check_cells
from portal.validation.coordinates import check_coordinates
from portal.validation.files import check_files
from portal.validation.results import ResultCache
from portal.validation.tables import check_tables

logger = logging.getLogger(__name__)

Question = Literal["metadata", "validation", "privacy"]
QUESTIONS: tuple[Question, ...] = ("metadata", "validation", "privacy")


@dataclass(frozen=True)
class Rules:
    """What an examination goes by. Without *cache_dir* every table is checked anew; *today* bounds birth dates."""

    limits: Limits = Limits()
    questions: tuple[Question, ...] = QUESTIONS
    review_required: bool = False
    today: date | None = None
    cache_dir: Path | None = None


@dataclass(frozen=True)
class Examination:
    """What came of it: what was understood, and every finding."""

    understanding: Understanding = field(default_factory=Understanding)
    findings: tuple[Finding, ...] = ()

    @property
    def is_passed(self) -> bool:
        """Whether the dataset may be published."""
        return all(item.severity != "error" for item in self.findings)


def examine(dataset: Dataset, work_dir: Path, rules: Rules) -> Examination:
    """Examine *dataset*; copies of its tables as text stand in *work_dir* afterwards. Never raises for its content."""
    findings: list[Finding] = []
    understanding = Understanding()
    try:
        for step in _steps(dataset, work_dir, rules):
            if isinstance(step, Understanding):
                understanding = step
            else:
                findings.append(step)
    except Exception as error:
        findings.append(failure(dataset, error))
    return Examination(understanding, tuple(findings))


def _steps(dataset: Dataset, work_dir: Path, rules: Rules) -> Iterator[Understanding | Finding]:
    if dataset.source is None:
        return
    if "metadata" in rules.questions or "validation" in rules.questions:
        problems = list(metadata_findings(dataset))
        yield from problems
        if _has_errors(problems):
            return
    if not {"validation", "privacy"}.intersection(rules.questions):
        return
    problems = list(check_files(dataset, rules.limits))
    yield from problems
    if _has_errors(problems):
        return
    understanding = understand(dataset, work_dir, rules.limits)
    yield understanding
    yield from understanding.findings
    dataset = with_demoted(dataset, understanding)
    if "validation" in rules.questions:
        cache = ResultCache(rules.cache_dir) if rules.cache_dir else None
        yield from check_tables(dataset, understanding, rules.limits, cache=cache)
        yield from check_cells(dataset, understanding, rules.limits)
        yield from check_coordinates(dataset, understanding, rules.limits)
    if "privacy" in rules.questions:
        yield from screen(dataset, understanding, rules.limits, work_dir, today=rules.today)
        yield from check_review(dataset, required=rules.review_required)


def _has_errors(findings: list[Finding]) -> bool:
    return any(item.severity == "error" for item in findings)


def failure(dataset: Dataset, error: Exception) -> Finding:
    """Turn what nobody foresaw into a finding; the trace goes to the log, never to a user."""
    logger.debug("dataset %s", dataset.name, exc_info=error)
    text = type(error).__name__ + (f": {error}" if dataset.is_open and str(error) else "")
    reason = LocalText(text, text)
    return found("processing-failed", dataset=dataset.name, file=dataset.descriptor_file, reason=reason)
