"""THE RECIPE of ``portal build``: a folder of datasets becomes a release. Read this first.

load -> examine -> publish and profile -> index -> render -> list -> swap. Each step takes values and gives values;
none reaches back. A dataset with an error is left out and reported, the others go on.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from portal.examining.examination import Examination, failure
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.understanding import Understanding
from portal.examining.validation.metadata.description_rules import check_metadata
from portal.examining.whole_catalog import (
    Progress,
    Silence,
    examine_all,
    findings_of,
    killed,
    linked_tables,
    rules_of,
    without_errors,
)
from portal.findings.finding import Finding, Report, found
from portal.model.catalog import Dataset
from portal.model.errors import ReleaseError
from portal.model.former_names import moved_names, taken_over
from portal.model.known_formats import BY_NAME
from portal.model.limits import Limits
from portal.model.portal import Directory
from portal.publishing.files.dataset_files import publish_dataset
from portal.publishing.files.descriptions import write_descriptions
from portal.publishing.files.manifest import entries_of, write_manifest
from portal.publishing.files.release_files import hash_inputs, write_release_file, write_report
from portal.publishing.files.standard_files import write_standard_files
from portal.publishing.history import FILE_NAME as HISTORY_FILE
from portal.publishing.history import point_of, read_history, with_point, write_history
from portal.publishing.publication import PublishedDataset
from portal.publishing.quality.assessment import assess_all, basis_of, dead_links_of
from portal.publishing.quality.link_answers import broken_lines
from portal.publishing.quality.overview import overview
from portal.publishing.release import (
    current_release,
    exclusive,
    new_release,
    release_id,
    reuse_unchanged,
    working_folder,
)
from portal.publishing.search.dataset_store import released_codes, write_records
from portal.publishing.search.search_documents import search_document
from portal.publishing.search.search_index import write_index
from portal.publishing.site.pages.quality_page import Assessed
from portal.publishing.site.refused_reports import refusals_of, refused_registers, write_refused_reports
from portal.publishing.site.release_pages import write_release_pages
from portal.publishing.site.render import own_templates
from portal.settings import Settings, address_missing
from portal.workers import each

logger = logging.getLogger(__name__)

_MACHINE_ERRORS = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EFBIG])


@dataclass(frozen=True)
class BuildReport:
    """What a build did. *release* is None where nothing was released because something was refused."""

    published: tuple[PublishedDataset, ...]
    report: Report
    release: Path | None

    @property
    def refused(self) -> tuple[str, ...]:
        """Names or folders of the datasets that were left out."""
        return tuple(sorted(self.report.refused()))


def build(
    settings: Settings,
    out: Path,
    *,
    today: date,
    strict: bool = False,
    jobs: int = 1,
    cache_dir: Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Turn the datasets of *settings* into a new release below *out* and make it current.

    *cache_dir* keeps what checks found, so that a table that did not change is not checked again. With *strict* nothing
    is released where anything is refused. Raises ConfigurationError or ReleaseError where the settings or *out* cannot
    be used; ``current`` is then as it was.
    """
    progress = progress or Silence()
    with exclusive(out), _machine_errors(out), working_folder(out) as work:
        progress.step("load")
        catalog, load_report = load_catalog(settings, skip=out)
        basis, basis_findings = basis_of(settings, today)
        history, history_broken = read_history(out)
        report = load_report + basis_findings + broken_lines(history_broken, HISTORY_FILE)
        codes = _released_codes(out)
        report = report + check_metadata(catalog, profile=settings.profile, today=today, released=codes)
        rules = replace(rules_of(settings), today=today, cache_dir=cache_dir)
        examined = examine_all(catalog.datasets, work, rules, jobs, progress)
        report = report + findings_of(examined)
        accepted = without_errors(catalog, report)
        report = report + linked_tables(accepted, examined, rules, work)
        if strict and report.count("error"):
            return BuildReport((), report, None)
        own = own_templates(settings.templates_dir)
        former = [point for point in history if (point.day, point.edition) != (today, settings.edition)]
        inputs_hash = hash_inputs(settings, catalog, today, former, own)
        built_at = datetime.now(UTC)
        id_ = release_id(built_at, inputs_hash)
        with new_release(out, id_) as draft:
            folder = draft.folder
            published, failures = _publish(accepted, examined, folder / "site", settings.limits, jobs, progress)
            report = report + failures + _left_out(published)
            if strict and report.count("error"):
                return BuildReport((), report, None)
            report = report + address_missing(settings.portal) + dead_links_of(published, basis)
            published = tuple(assess_all(published, report, basis))
            seen = overview(published, basis.weights.points)
            history = with_point(history, point_of(seen, today, settings.edition, basis.weights.points_max))
            directory = Directory(settings.portal, catalog.publishers, catalog.themes)
            progress.step("index")
            moved = tuple(moved_names((item.dataset for item in published), catalog.publishers))
            write_records(published, directory, folder / "search" / "records.sqlite", moved, codes)
            names = taken_over(catalog.publishers, {item.dataset.publisher.id for item in published})
            documents = (search_document(item, names) for item in published)
            write_index(documents, folder / "search")
            progress.step("describe")
            report = report + write_descriptions(published, directory, folder / "site", today)
            write_standard_files(folder / "site")
            progress.step("render")
            assessed = Assessed(basis.weights, seen, history)
            registers = refused_registers(catalog, report)
            renderer = write_release_pages(folder, directory, published, moved, report, assessed, registers, own, today)
            refusals = refusals_of(catalog, examined, report)
            write_refused_reports(refusals, directory, renderer, folder / "reports", today)
            progress.step("manifest")
            write_report(report, folder / "report.json")
            write_manifest(folder, published)
            _reuse(folder, out)
            write_release_file(folder, id_, built_at, inputs_hash, settings.edition, published, report, today)
            release = draft.finish()
            write_history(history, out)
            return BuildReport(published, report, release)


def _publish(
    accepted: Sequence[Dataset],
    examined: Mapping[str, Examination],
    site_dir: Path,
    limits: Limits,
    jobs: int,
    progress: Progress,
) -> tuple[tuple[PublishedDataset, ...], list[Finding]]:
    progress.step("publish", len(accepted))
    published: list[PublishedDataset] = []
    failures: list[Finding] = []
    publish = partial(_publish_one, site_dir, limits)
    items = [(dataset, examined[dataset.name].understanding) for dataset in accepted]
    seconds_max = limits.dataset_seconds_max
    for (dataset, _), result in each(
        publish,
        items,
        jobs=jobs,
        seconds_max=seconds_max,
        killed=lambda item: killed(item[0]),
        is_light=lambda item: not item[0].resources,
    ):
        if isinstance(result, Finding):
            failures.append(result)
            shutil.rmtree(site_dir / "data" / dataset.name, ignore_errors=True)
        else:
            published.append(result)
        progress.advance(dataset.name)
    return tuple(published), failures


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


def _publish_one(site_dir: Path, limits: Limits, item: tuple[Dataset, Understanding]) -> PublishedDataset | Finding:
    dataset, understanding = item
    try:
        return publish_dataset(dataset, understanding, site_dir, limits)
    except OSError as error:
        if error.errno in _MACHINE_ERRORS:
            raise
        return failure(dataset, error)
    except Exception as error:
        return failure(dataset, error)


def _released_codes(out: Path) -> dict[str, str]:
    """Return the resource codes of all datasets released so far; they never change."""
    former = current_release(out)
    return released_codes(former / "search" / "records.sqlite") if former else {}


def _reuse(folder: Path, out: Path) -> None:
    """Link what the current release holds already; a list of it that cannot be read only means more bytes on disk."""
    former = current_release(out)
    if former is None:
        return
    files, former_files = (((path, entry.sha256) for path, entry in entries_of(where)) for where in (folder, former))
    with contextlib.suppress(OSError, ValueError, TypeError):
        reuse_unchanged(folder, files, former, former_files)


@contextlib.contextmanager
def _machine_errors(out: Path) -> Iterator[None]:
    """Turn what the machine refuses while a release is written into one clear sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReleaseError(
            f"写入 {out} 时失败：{reason}。已发布的版本没有改动。",
            f"Writing to {out} failed: {reason}. What was published is as it was.",
        ) from error
