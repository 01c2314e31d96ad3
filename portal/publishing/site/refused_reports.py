"""HTML reports (``reports/``) on refused datasets, for their publishers; each one file by itself.

The datasets are not on the site; a report needs no other file. They lie beside ``site/``, not in it: nobody but those
who run the portal can open them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from portal.examining.examination import Examination
from portal.examining.understanding import Understanding
from portal.examining.understanding_in_words import decisions_of
from portal.findings.finding import Finding, Report
from portal.model.addresses import HOME
from portal.model.catalog import Catalog, Dataset
from portal.model.portal import Directory
from portal.model.text import LANGUAGES
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.contexts.report_contexts import ReportAlone
from portal.publishing.site.frame import make_page
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.report_page import bare_report, report_page
from portal.publishing.site.render import Renderer, joined_styles

FILE_NAME_CHARACTERS_MAX = 80
"""Characters of the name of a report's file."""


@dataclass(frozen=True)
class Refusal:
    """A dataset that is not on the site; *name* is its name, or its folder where it could not even be read."""

    name: str
    findings: tuple[Finding, ...]
    dataset: Dataset | None = None
    understanding: Understanding = field(default_factory=Understanding)


def refusals_of(catalog: Catalog, examined: Mapping[str, Examination], report: Report) -> Iterator[Refusal]:
    """Yield what is left out, each with its findings and what was understood of it."""
    by_name = {dataset.name: dataset for dataset in catalog.datasets}
    findings: dict[str, list[Finding]] = {}
    for finding in report:
        findings.setdefault(finding.dataset or "", []).append(finding)
    for name in sorted(report.refused()):
        examination = examined.get(name, Examination())
        yield Refusal(name, tuple(findings[name]), by_name.get(name), examination.understanding)


def refused_registers(catalog: Catalog, report: Report) -> Mapping[str, int]:
    """Count the refused datasets that follow each register standard; which they are is for their publishers."""
    refused = report.refused()
    return Counter(
        name
        for dataset in catalog.datasets
        if dataset.is_register and dataset.name in refused
        for name in {item.standard for item in dataset.resources} - {""}
    )


def write_refused_reports(
    refusals: Iterable[Refusal], directory: Directory, renderer: Renderer, folder: Path, today: date
) -> list[Path]:
    """Write ``<name>.html`` and ``en/<name>.html`` below *folder* for each; return the Chinese ones in this order."""
    styles = Markup(joined_styles())  # noqa: S704 - our own style sheets
    names: set[str] = set()
    written = []
    for refusal in refusals:
        name = _file_name(refusal.name, names)
        names.add(name)
        for lang in LANGUAGES:
            path = folder / name if lang == "zh" else folder / lang / name
            path.parent.mkdir(parents=True, exist_ok=True)
            other = f"en/{name}" if lang == "zh" else f"../{name}"
            path.write_text(_page(refusal, directory, renderer, lang, today, styles, other), encoding="utf-8")
        written.append(folder / name)
    return written


def _page(
    refusal: Refusal, directory: Directory, renderer: Renderer, lang: str, today: date, styles: Markup, other: str
) -> str:
    if refusal.dataset is None:
        report = bare_report(refusal.name, refusal.findings, lang, today)
    else:
        entry = _as_published(refusal.dataset, refusal.understanding)
        report = report_page(entry, refusal.findings, Labels(directory, lang), today)
    body = ReportAlone(report, styles, other)
    page = make_page(directory, lang, today, HOME, report.heading, body, description=report.verdict, robots="noindex")
    return renderer.render("pages/report-alone.html", page)


def _as_published(dataset: Dataset, understanding: Understanding) -> PublishedDataset:
    """Return the dataset with what was understood of its tables, as if it were published; without any file."""
    resources = []
    for resource in dataset.resources:
        table = understanding.tables.get(resource.name)
        decisions = decisions_of(table, is_open=dataset.is_released) if table else ()
        sheets = table.sheets if table and dataset.is_released else ()
        resources.append(PublishedResource(resource, decisions=decisions, sheets=sheets))
    return PublishedDataset(replace(dataset, source=None), tuple(resources))


def _file_name(name: str, taken: set[str]) -> str:
    """Return a plain name for a file that no other report has.

    >>> _file_name("education/new schools", {"education-new-schools.html"})
    'education-new-schools-2.html'
    """
    plain = re.sub(r"[^\w.-]+", "-", name)[:FILE_NAME_CHARACTERS_MAX].strip(".-") or "dataset"
    numbers = ("", *(f"-{number}" for number in range(2, len(taken) + 2)))
    return next(file for number in numbers if (file := f"{plain}{number}.html") not in taken)
