"""The check of all datasets, in parallel processes: for ``portal check`` and for a build; who is refused.

Datasets are put to every question, many at a time: what a build asks before it publishes, and all that a check does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from portal.examining.examination import Examination, Rules, examine
from portal.examining.privacy.risk import linkage
from portal.examining.questions import QUESTIONS, Question
from portal.examining.understanding import Understanding
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.finding import Finding, Report, found
from portal.model.catalog import Catalog, Dataset
from portal.model.text import LocalText
from portal.settings import Settings
from portal.workers import each


class Progress(Protocol):
    """Hears how far the work is."""

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins; *total* is how many items it has, where that is known."""

    def advance(self, item: str) -> None:
        """One item of the step is done."""


class Silence:
    """A progress that nobody watches."""

    def step(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, item: str) -> None:
        """Say nothing."""


class _Within:
    """The progress of one target, as a part of a step that has begun: only its items are told."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, name: str, total: int | None = None) -> None:
        """Say nothing: the step is that of all targets."""

    def advance(self, item: str) -> None:
        """One more of all targets is done."""
        self._progress.advance(item)


@dataclass(frozen=True)
class Target:
    """Datasets to check: *datasets* are some of *catalog*, and *findings* what was found while it was read."""

    settings: Settings
    catalog: Catalog
    datasets: tuple[Dataset, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class CheckedDataset:
    """A dataset that was checked, and what was understood of its tables (the texts themselves are gone)."""

    dataset: Dataset
    is_accepted: bool
    understanding: Understanding


@dataclass(frozen=True)
class CheckReport:
    """What a check found. A dataset that could not even be read has findings and is not among *datasets*."""

    datasets: tuple[CheckedDataset, ...]
    report: Report


def check(
    targets: Sequence[Target],
    *,
    questions: tuple[Question, ...] = QUESTIONS,
    jobs: int = 1,
    cache_dir: Path | None = None,
    progress: Progress | None = None,
    today: date | None = None,
) -> CheckReport:
    """Put every dataset of *targets* to *questions* without making a release."""
    progress = progress or Silence()
    checked: list[CheckedDataset] = []
    everything = Report()
    progress.step("validate", sum(len(target.datasets) for target in targets))
    for target in targets:
        rules = replace(rules_of(target.settings), questions=questions, cache_dir=cache_dir)
        report = Report(target.findings)
        if "metadata" in questions:
            metadata = check_metadata(target.catalog, profile=target.settings.profile, today=today)
            chosen: set[str | None] = {item.name for item in target.datasets}
            if len(target.datasets) == len(target.catalog.datasets):
                chosen.add(None)  # what is found in the registers belongs to no dataset
            report = report + [item for item in metadata if item.dataset in chosen]
        with tempfile.TemporaryDirectory(prefix="kaifang-") as work:
            examined = examine_all(target.datasets, Path(work), rules, jobs, _Within(progress))
            report = report + findings_of(examined)
            if "privacy" in questions:
                report = report + linked_tables(without_errors(target.catalog, report), examined, rules, Path(work))
        refused = report.refused()
        for dataset in target.datasets:
            understanding = examined[dataset.name].understanding
            checked.append(CheckedDataset(dataset, dataset.name not in refused, understanding))
        everything = everything + report
    return CheckReport(tuple(checked), everything)


def rules_of(settings: Settings) -> Rules:
    """Return what an examination goes by in a portal with these settings."""
    return Rules(limits=settings.limits, review_required=settings.review_required)


def examine_all(
    datasets: Sequence[Dataset], work: Path, rules: Rules, jobs: int, progress: Progress
) -> dict[str, Examination]:
    """Return the examination of each dataset by its name; copies of tables as text stay below *work*."""
    progress.step("validate", len(datasets))
    examined: dict[str, Examination] = {}
    examine_ = partial(_examine_one, work, rules)
    seconds_max = rules.limits.dataset_seconds_max
    results = each(
        examine_,
        datasets,
        jobs=jobs,
        seconds_max=seconds_max,
        killed=lambda item: Examination(findings=(killed(item),)),
        is_light=lambda item: not item.resources,
    )
    for dataset, result in results:
        examined[dataset.name] = result
        progress.advance(dataset.name)
    return examined


def _examine_one(work: Path, rules: Rules, dataset: Dataset) -> Examination:
    folder = work / dataset.name
    if dataset.resources:
        folder.mkdir(parents=True, exist_ok=True)
    return examine(dataset, folder, rules)


def linked_tables(
    accepted: Sequence[Dataset], examined: Mapping[str, Examination], rules: Rules, work: Path
) -> list[Finding]:
    """Look for tables that tell more together than each of them alone."""
    understood = [(item, examined[item.name].understanding) for item in accepted if item.name in examined]
    return list(linkage(understood, rules.limits, work))


def findings_of(examined: Mapping[str, Examination]) -> Iterator[Finding]:
    """Yield every finding of every examination."""
    for examination in examined.values():
        yield from examination.findings


def killed(dataset: Dataset) -> Finding:
    """Say that the process which worked on a dataset was ended: it took too long, or the memory did not suffice."""
    reason = LocalText(
        "处理进程被终止：超过时限（limits.dataset_seconds_max），或内存不足",
        "its process was ended: it took longer than limits.dataset_seconds_max, or the memory did not suffice",
    )
    return found("processing-failed", dataset=dataset.name, file=dataset.descriptor_file, reason=reason)


def without_errors(catalog: Catalog, report: Report) -> tuple[Dataset, ...]:
    """Return the datasets that *report* has no error of."""
    refused = report.refused()
    return tuple(dataset for dataset in catalog.datasets if dataset.name not in refused)
