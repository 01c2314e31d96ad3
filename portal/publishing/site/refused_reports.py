"""HTML reports (``reports/``) on refused datasets, for their publishers; each one file by itself.

The datasets are not on the site; a report needs no other file. They lie beside ``site/``, not in it: nobody but those
who run the portal can open them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from portal.examining.privacy.redaction import dataset_without_personal_data, masked_texts
from portal.examining.understanding import UnderstoodDataset
from portal.examining.understanding_in_words import decisions_of
from portal.findings.finding import Finding
from portal.model.addresses import HOME
from portal.model.text import LANGUAGES
from portal.publishing.files.bare_entries import without_values
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.release_content import ReleaseContent
from portal.publishing.site.assets import joined_styles
from portal.publishing.site.contexts.report_contexts import ReportAlone
from portal.publishing.site.frame import make_page
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.report_page import bare_report, report_page
from portal.publishing.site.render import Renderer

FILE_NAME_CHARACTERS_MAX = 80
"""Characters of the name of a report's file."""


@dataclass(frozen=True)
class Refusal:
    """A dataset that is not on the site; *name* is its name, or its folder where it could not even be read.

    *understood* is None where nothing is known of it but that.
    """

    name: str
    findings: tuple[Finding, ...]
    understood: UnderstoodDataset | None = None


def refusals_of(content: ReleaseContent) -> Iterator[Refusal]:
    """Yield what is left out, each with its findings and what was understood of it."""
    findings: dict[str, list[Finding]] = {}
    for finding in content.report:
        findings.setdefault(finding.dataset or "", []).append(finding)
    for name in sorted(content.report.refused()):
        examined = content.examined.get(name)
        yield Refusal(name, tuple(findings[name]), examined.understood if examined else None)


def refused_registers(content: ReleaseContent) -> Mapping[str, int]:
    """Count the refused datasets that follow each register standard; which they are is for their publishers."""
    refused = content.report.refused()
    return Counter(
        name
        for dataset in (item.understood.dataset for item in content.examined.values())
        if dataset.is_register and dataset.name in refused
        for name in {item.standard for item in dataset.resources} - {""}
    )


def write_refused_reports(
    refusals: Iterable[Refusal], content: ReleaseContent, renderer: Renderer, folder: Path
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
            path.write_text(_page(refusal, content, renderer, lang, styles, other), encoding="utf-8")
        written.append(folder / name)
    return written


def _page(refusal: Refusal, content: ReleaseContent, renderer: Renderer, lang: str, styles: Markup, other: str) -> str:
    directory, today = content.directory, content.today
    if refusal.understood is None:
        report = bare_report(refusal.name, refusal.findings, lang, today)
    else:
        entry = _as_published(refusal.understood, today)
        report = report_page(entry, refusal.findings, Labels(directory, lang), today)
    body = ReportAlone(report, styles, other)
    page = make_page(directory, lang, today, HOME, report.heading, body, description=report.verdict, robots="noindex")
    return renderer.render("pages/report-alone.html", page)


def _as_published(understood: UnderstoodDataset, today: date) -> PublishedDataset:
    """Return the dataset with what was understood of its tables, as if it were published; without any file.

    A dataset may be refused for what stands in its description, so all of that is masked.
    """
    dataset = dataset_without_personal_data(understood.dataset, today)
    resources = []
    for item, shown in zip(understood.resources, dataset.resources, strict=True):
        table = item.table
        decisions = decisions_of(table, is_open=understood.dataset.is_released) if table else ()
        sheets = masked_texts(table.sheets, today) if table and understood.dataset.is_released else ()
        resource = shown if understood.dataset.is_released else without_values(shown)
        kind = item.resource.kind
        resources.append(PublishedResource(replace(resource, kind=kind), decisions=decisions, sheets=sheets))
    return PublishedDataset(dataset, tuple(resources))


def _file_name(name: str, taken: set[str]) -> str:
    """Return a plain name for a file that no other report has.

    >>> _file_name("education/new schools", {"education-new-schools.html"})
    'education-new-schools-2.html'
    """
    plain = re.sub(r"[^\w.-]+", "-", name)[:FILE_NAME_CHARACTERS_MAX].strip(".-") or "dataset"
    numbers = ("", *(f"-{number}" for number in range(2, len(taken) + 2)))
    return next(file for number in numbers if (file := f"{plain}{number}.html") not in taken)
