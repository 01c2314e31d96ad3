"""The check of all datasets, in parallel processes: for ``portal check`` and for a build; who is refused.

The stage *examine*: every dataset that was loaded is put to the questions of `Rules`, and all of them to those on the
whole. A build, ``portal check`` and the import of a form come through here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from portal.examining.examined_dataset import ExaminedDataset, Rules, examine_dataset
from portal.examining.loaded import Loaded
from portal.examining.privacy.risk import linkage
from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.findings.finding import Finding, Report, found
from portal.model.catalog import Dataset
from portal.model.text import LocalText
from portal.settings import Settings
from portal.workers import Progress, Silence, each


@dataclass(frozen=True)
class Examined:
    """What came of all datasets, by name, and all that was found until now.

    Copies of tables as text stand in the working folder, as long as that is there.
    """

    datasets: Mapping[str, ExaminedDataset]
    report: Report

    @property
    def accepted(self) -> tuple[UnderstoodDataset, ...]:
        """The datasets that have no error: they may be published. In the order of names."""
        return _accepted(self.datasets, self.report)


def examine(
    loaded: Loaded,
    work: Path,
    rules: Rules,
    *,
    released: Mapping[str, str] | None = None,
    jobs: int = 0,
    progress: Progress | None = None,
) -> Examined:
    """Put the datasets of *loaded* to the questions of *rules*; copies of tables as text stay below *work*.

    *released* are the resource codes that were released before. Without *jobs* all is done in this process.
    """
    report = loaded.report
    if "metadata" in rules.questions:
        report = report + _metadata(loaded, rules, released)
    progress = progress or Silence()
    progress.step("validate", len(loaded.datasets))
    datasets = _each_dataset(loaded.datasets, work, rules, jobs, progress)
    report = report + (finding for item in datasets.values() for finding in item.findings)
    if "privacy" in rules.questions:
        report = report + linkage(_accepted(datasets, report), rules.limits, work)
    return Examined(datasets, report)


def rules_of(settings: Settings) -> Rules:
    """Return what datasets are examined by in a portal with these settings."""
    return Rules(limits=settings.limits, review_required=settings.review_required)


def _metadata(loaded: Loaded, rules: Rules, released: Mapping[str, str] | None) -> Iterator[Finding]:
    """Yield what is wrong in the descriptions; what is found in the registers belongs to the catalog as a whole."""
    chosen: set[str | None] = {item.name for item in loaded.datasets}
    if loaded.is_whole:
        chosen.add(None)
    profile = loaded.settings.profile
    for finding in check_metadata(loaded.catalog, profile=profile, today=rules.today, released=released):
        if finding.dataset in chosen:
            yield finding


def _each_dataset(
    datasets: Sequence[Dataset], work: Path, rules: Rules, jobs: int, progress: Progress
) -> dict[str, ExaminedDataset]:
    examined: dict[str, ExaminedDataset] = {}
    results = each(
        partial(_examine_one, work, rules),
        datasets,
        jobs=jobs,
        seconds_max=rules.limits.dataset_seconds_max,
        killed=lambda item: ExaminedDataset(UnderstoodDataset.of(item), (killed(item),)),
        is_light=lambda item: not item.resources,
    )
    for dataset, result in results:
        examined[dataset.name] = _held_once(result, dataset)
        progress.advance(dataset.name)
    return examined


def _examine_one(work: Path, rules: Rules, dataset: Dataset) -> ExaminedDataset:
    folder = work / dataset.name
    if dataset.resources:
        folder.mkdir(parents=True, exist_ok=True)
    return examine_dataset(dataset, folder, rules)


def _held_once(result: ExaminedDataset, dataset: Dataset) -> ExaminedDataset:
    """Return *result* with *dataset* itself in it: what another process sends back is a copy of all that it holds.

    Its files are those that were examined, the copies.
    """
    understood = result.understood
    if understood.dataset is dataset or dataset.source is None or understood.dataset.source is None:
        return result
    dataset = replace(dataset, source=replace(dataset.source, folder=understood.dataset.source.folder))
    demoted = {
        item.resource.name
        for item, before in zip(understood.resources, dataset.resources, strict=True)
        if item.resource.kind != before.kind
    }
    return replace(result, understood=UnderstoodDataset.of(dataset, understood.tables, understood.findings, demoted))


def _accepted(datasets: Mapping[str, ExaminedDataset], report: Report) -> tuple[UnderstoodDataset, ...]:
    refused = report.refused()
    return tuple(item.understood for name, item in datasets.items() if name not in refused)


def killed(dataset: Dataset) -> Finding:
    """Say that the process which worked on a dataset was ended: it took too long, or the memory did not suffice."""
    reason = LocalText(
        "处理进程被终止：超过时限（limits.dataset_seconds_max），或内存不足",
        "its process was ended: it took longer than limits.dataset_seconds_max, or the memory did not suffice",
    )
    return found("processing-failed", dataset=dataset.name, file=dataset.descriptor_file, reason=reason)
