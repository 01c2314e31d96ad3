"""One dataset examined, step by step: metadata, reading, validation, personal data.

One dataset is put to every question that decides whether it may be published: understood, validated, screened. The
order is that of trust: a file that is not there is not opened, one that cannot be read is not validated, and what could
not be understood is not screened. From the first file that is opened all is done on copies, which are published, too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from portal.examining.examination_questions import QUESTIONS, Question
from portal.examining.own_copies import states_of, with_own_copies
from portal.examining.privacy.redaction import (
    all_without_personal_data,
    table_without_personal_data,
    without_personal_data,
)
from portal.examining.privacy.review import check_review, is_unread
from portal.examining.privacy.screening import screen
from portal.examining.reading.understood_tables import understand
from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.cells.checked_cells import check_cells
from portal.examining.validation.cells.coordinates import check_coordinates
from portal.examining.validation.cells.nested_cells import check_depths
from portal.examining.validation.file_checks import check_files
from portal.examining.validation.register_rules import check_standards
from portal.examining.validation.tables.by_frictionless import CheckedDescriptor, check_descriptor
from portal.examining.validation.tables.kept_results import ResultCache
from portal.examining.validation.tables.verdict import check_tables
from portal.examining.validation.unsaid_registers import check_unsaid_registers
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.errors import raise_refusal
from portal.model.limits import Limits
from portal.model.text import LocalText

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rules:
    """What datasets are examined by. Without *cache_dir* every table is checked anew; *today* bounds birth dates."""

    limits: Limits = Limits()
    questions: tuple[Question, ...] = QUESTIONS
    review_required: bool = False
    unread_needs_approval: bool = True
    """Whether an open dataset with a part that could not be read needs the approval of its content, too."""
    today: date | None = None
    cache_dir: Path | None = None


@dataclass(frozen=True)
class ExaminedDataset:
    """What came of it: the dataset as it was understood, and every finding."""

    understood: UnderstoodDataset
    findings: tuple[Finding, ...] = ()

    @property
    def is_passed(self) -> bool:
        """Whether the dataset may be published."""
        return all(item.severity != "error" for item in self.findings)


def examine_dataset(dataset: Dataset, work_dir: Path, rules: Rules) -> ExaminedDataset:
    """Examine *dataset*; copies of its files, and of its tables as text, stand in *work_dir* afterwards.

    Never raises for its content; raises OSError where the machine refuses.

    Whatever a finding quotes, it holds no personal data that can be recognised.
    """
    findings: list[Finding] = []
    understood = UnderstoodDataset.of(dataset)
    today = rules.today or date.today()
    tidy = partial(without_personal_data, dataset=dataset, today=today)
    try:
        for step in _steps(dataset, work_dir, replace(rules, today=today), tidy):
            if isinstance(step, UnderstoodDataset):
                shown = {name: table_without_personal_data(table, today) for name, table in step.tables.items()}
                understood = replace(step.with_tables(shown), findings=tuple(map(tidy, step.findings)))
            else:
                findings.append(step)
    except Exception as error:
        findings.append(failure(dataset, error))
    if dataset.is_released and any(table.sheets for table in understood.tables.values()):
        # Of other data nobody is told what the sheets are called.
        from portal.examining.reading.sheets.remarks import on_its_sheet

        findings = [on_its_sheet(item, understood.tables) for item in findings]
    return ExaminedDataset(understood, tuple(all_without_personal_data(findings, dataset, today)))


def _steps(
    dataset: Dataset, work_dir: Path, rules: Rules, tidy: Callable[[Finding], Finding]
) -> Iterator[UnderstoodDataset | Finding]:
    if dataset.source is None:
        return
    descriptor = CheckedDescriptor()
    if "metadata" in rules.questions or "validation" in rules.questions:
        descriptor = check_descriptor(dataset)
        yield from descriptor.findings
        if _has_errors(descriptor.findings):
            return
    if not {"validation", "privacy"}.intersection(rules.questions):
        return
    states = states_of(dataset)
    problems = list(check_files(dataset, rules.limits))
    yield from problems
    if _has_errors(problems):
        return
    dataset, changed = with_own_copies(dataset, work_dir, states)
    yield from changed
    if changed:
        return
    descriptor = replace(descriptor, source=dataset.source)
    understood = understand(dataset, work_dir, rules.limits)
    yield understood
    yield from understood.findings
    if "validation" in rules.questions:
        cache = ResultCache(rules.cache_dir, tidy) if rules.cache_dir else None
        yield from check_standards(understood, rules.limits)
        yield from check_unsaid_registers(understood)
        too_deep = list(check_depths(understood, rules.limits))
        yield from too_deep
        if not too_deep:
            yield from check_tables(understood, rules.limits, cache=cache, descriptor=descriptor)
        yield from check_cells(understood, rules.limits)
        yield from check_coordinates(understood, rules.limits)
    if "privacy" in rules.questions:
        is_unread_in_part = False
        for item in screen(understood, rules.limits, work_dir, today=rules.today):
            is_unread_in_part = is_unread_in_part or is_unread(item)
            yield item
        yield from check_review(
            understood.dataset,
            required=rules.review_required,
            is_unread_in_part=is_unread_in_part and rules.unread_needs_approval,
        )


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(item.severity == "error" for item in findings)


def failure(dataset: Dataset, error: Exception) -> Finding:
    """Turn what nobody foresaw into a finding; the trace goes to the log, never to a user.

    Raises OSError where it was the machine that refused, as when the disk is full: that is no fault of the dataset.
    """
    raise_refusal(error)
    logger.debug("dataset %s", dataset.name, exc_info=error)
    text = type(error).__name__  # what it says may quote a cell
    reason = LocalText(text, text)
    return found("processing-failed", dataset=dataset.name, file=dataset.descriptor_file, reason=reason)
