"""The stage *publish*: data files of all accepted datasets written, in parallel processes; what was left out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portal.examining.examined import Examined, killed
from portal.examining.examined_dataset import failure
from portal.examining.understanding import UnderstoodDataset
from portal.findings.finding import Finding, Report, found
from portal.model.known_formats import BY_NAME
from portal.model.limits import Limits
from portal.publishing.files.dataset_files import publish_dataset
from portal.publishing.publication import PublishedDataset
from portal.workers import Progress, Silence, each


@dataclass(frozen=True)
class Published:
    """The datasets whose files were written, in the order of names, and all that was found until now."""

    datasets: tuple[PublishedDataset, ...]
    report: Report


def publish(
    examined: Examined, site_dir: Path, limits: Limits, *, jobs: int = 0, progress: Progress | None = None
) -> Published:
    """Write the files of all accepted datasets below *site_dir*; one that fails is left out, with a finding.

    Without *jobs* all is done in this process. Raises OSError where the machine refuses, as when the disk is full.
    """
    progress = progress or Silence()
    accepted = examined.accepted
    progress.step("publish", len(accepted))
    published: list[PublishedDataset] = []
    failures: list[Finding] = []
    for understood, result in each(
        partial(_publish_one, site_dir, limits),
        accepted,
        jobs=jobs,
        seconds_max=limits.dataset_seconds_max,
        killed=lambda item: killed(item.dataset),
        is_light=lambda item: not item.resources,
    ):
        name = understood.dataset.name
        if isinstance(result, Finding):
            failures.append(result)
            shutil.rmtree(site_dir / "data" / name, ignore_errors=True)
        else:
            published.append(result)
        progress.advance(name)
    return Published(tuple(published), examined.report + failures + _left_out(published))


def _publish_one(site_dir: Path, limits: Limits, understood: UnderstoodDataset) -> PublishedDataset | Finding:
    try:
        return publish_dataset(understood, site_dir, limits)
    except Exception as error:
        return failure(understood.dataset, error)


def _left_out(published: Iterable[PublishedDataset]) -> Iterator[Finding]:
    """Tell which tables could not be written in which format."""
    for item in published:
        for resource in item.resources:
            for format_ in resource.left_out:
                yield found(
                    "format-left-out",
                    dataset=item.dataset.name,
                    resource=resource.resource.name,
                    file=item.dataset.descriptor_file,
                    format=format_.upper(),
                    reason=BY_NAME[format_].left_out,
                )
