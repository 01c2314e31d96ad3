"""The page of all register standards (/standards/): areas, standards in each, references; and each standard.

国办发〔2017〕39号, task 8, names the areas. Whether a dataset that follows a standard is what it says, is told from
what was found while it was checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.findings.codes.standards import STANDARDS
from portal.findings.finding import Finding
from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.addresses import dataset_path, publisher_path, report_path, standard_path
from portal.model.portal import Directory
from portal.model.references import REFERENCES
from portal.model.text import LocalText
from portal.publishing.formats.metadata_formats import REGISTER_COUNTS
from portal.publishing.publication import PublishedDataset
from portal.publishing.site import page_registry
from portal.publishing.site.contexts.data_tables import Cell, DataTable, columns, listed, numbers
from portal.publishing.site.contexts.dataset_contexts import RegisterView
from portal.publishing.site.contexts.page_contexts import Link
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.standard_page import Follower, standard_page
from portal.standards.loading import Area, all_standards, areas, standard_named
from portal.standards.register import Standard

_DEVIATIONS = frozenset(code.name for code in STANDARDS if code.severity != "info") - {"register-not-public"}


@dataclass(frozen=True)
class StandardsPage:
    """The overview: the standards with their followers, what there is in each area, and what is referred to."""

    intro: str
    standards: DataTable
    areas: DataTable
    references: DataTable


def standards_pages(
    directory: Directory,
    datasets: Iterable[PublishedDataset],
    findings: Mapping[str, Collection[Finding]],
    refused: Mapping[str, int],
    labels: Labels,
    today: date,
) -> Iterator[Rendering]:
    """Yield the overview and a page for each standard, in the language of *labels*.

    *findings* are those of a dataset by its name; *refused* is how many datasets that follow a standard were refused.
    """
    lang = labels.lang
    followers: dict[str, list[Follower]] = {}
    for item in datasets:
        for name in dict.fromkeys(resource.standard for resource in item.dataset.resources if resource.standard):
            followers.setdefault(name, []).append(_follower(item, findings.get(item.dataset.name, ()), lang))
    home, parent = page_registry.HOME.link(lang), page_registry.STANDARDS.link(lang)
    standards = all_standards()
    overview = StandardsPage(
        intro=translate(
            lang, "What registers are filled in by, in the eight areas of the national plan; and what is still missing."
        ),
        standards=_standards(standards, followers, lang),
        areas=_areas(standards, lang),
        references=_references(standards, lang),
    )
    yield rendering(
        page_registry.STANDARDS, directory, lang, today, overview, description=overview.intro, crumbs=(home,)
    )
    for standard in standards:
        body = standard_page(standard, followers.get(standard.name, ()), refused.get(standard.name, 0), labels)
        yield rendering(
            page_registry.STANDARD,
            directory,
            lang,
            today,
            body,
            path=standard_path(standard.name),
            title=body.title,
            description=body.description,
            crumbs=(home, parent),
        )


def register_views(
    published: PublishedDataset, departments: Mapping[str, LocalText], lang: str
) -> Iterator[RegisterView]:
    """Yield the counts of a dataset's registers; *departments* are names by code, another code stands as it is."""
    resources = {item.name: item.title for item in published.dataset.resources}
    for counts in published.registers:
        title = resources[counts.resource].to(lang)
        rows = (
            (
                Cell(
                    departments[code].to(lang)
                    if code in departments
                    else code or translate(lang, "Without a right code")
                ),
                *numbers(lang, number),
            )
            for code, number in counts.departments
        )
        total = numbers(lang, sum(number for _code, number in counts.departments))
        yield RegisterView(
            title=translate(lang, "Records of “%(table)s” by department", table=title),
            table=DataTable(
                columns(lang, ("Department", "text"), ("Records", "number")),
                tuple(rows),
                (Cell(translate(lang, "All")), *total),
            ),
            path=f"{dataset_path(published.dataset.name)}{REGISTER_COUNTS.file}",
        )


def followed_standards(published: PublishedDataset, lang: str) -> Iterator[Link]:
    """Yield the standards that resources of a dataset follow, each once."""
    names = dict.fromkeys(item.standard for item in published.dataset.resources if item.standard)
    for name in names:
        if standard := standard_named(name):
            yield _link(standard, lang)


def _link(standard: Standard, lang: str) -> Link:
    return Link(standard.title.to(lang), standard_path(standard.name))


def _linked(standard: Standard, lang: str) -> Cell:
    return Cell(standard.title.to(lang), standard_path(standard.name))


def _standards(standards: Iterable[Standard], followers: Mapping[str, Sequence[Follower]], lang: str) -> DataTable:
    heads = columns(
        lang, ("Standard", "text"), ("Fields", "number"), ("Datasets", "number"), ("Of these conform", "number")
    )
    rows = []
    for item in standards:
        known = followers.get(item.name, ())
        conforming = sum(follower.conforms for follower in known)
        rows.append((_linked(item, lang), *numbers(lang, len(item.fields), len(known), conforming)))
    return DataTable(heads, tuple(rows))


def _areas(standards: Sequence[Standard], lang: str) -> DataTable:
    """Return each area with its register standards, what else the portal holds there, and what is missing."""
    heads = columns(lang, ("Area", "name"), ("What there is", "text"), ("What is missing", "text"))
    return DataTable(heads, tuple(_area(area, standards, lang) for area in areas()))


def _area(area: Area, standards: Iterable[Standard], lang: str) -> tuple[Cell, ...]:
    own = (_linked(item, lang) for item in standards if item.area == area.id)
    return (
        Cell(area.title.to(lang)),
        listed((*own, *(Cell(text.to(lang)) for text in area.held))),
        listed(Cell(text.to(lang)) for text in area.missing),
    )


def _references(standards: Sequence[Standard], lang: str) -> DataTable:
    """Return every reference that a field has, in the order of the list of references."""
    heads = columns(lang, ("Number of the standard", "name"), ("Title", "text"), ("Referred to by", "text"))
    rows = []
    for number, reference in REFERENCES.items():
        users = [item for item in standards if number in item.references or _is_source(number, item)]
        if users:
            linked = listed(_linked(item, lang) for item in users)
            rows.append((Cell(number), Cell(reference.title.to(lang)), linked))
    return DataTable(heads, tuple(rows))


def _is_source(number: str, standard: Standard) -> bool:
    return any(item.source.startswith(number) for item in standard.fields)


def _follower(published: PublishedDataset, findings: Collection[Finding], lang: str) -> Follower:
    dataset = published.dataset
    count = sum(item.code in _DEVIATIONS for item in findings)
    records = published.rows or sum(number for item in published.registers for _code, number in item.departments)
    verdict = translate(lang, "Conforms")
    if count:
        verdict = translate_many(lang, "%(num)s deviation", "%(num)s deviations", count)
    cells = (
        Cell(dataset.title.to(lang), dataset_path(dataset.name)),
        Cell(dataset.publisher.title.to(lang), publisher_path(dataset.publisher.id)),
        Cell(number_text(lang, records) if records else ""),
        Cell(verdict, report_path(dataset.name) if dataset.is_released else ""),
    )
    return Follower(not count, cells)


_MESSAGES = (
    _("Standard"), _("Fields"), _("Datasets"), _("Of these conform"), _("Area"), _("What there is"),
    _("What is missing"), _("Number of the standard"), _("Title"), _("Referred to by"), _("Department"), _("Records"),
)  # fmt: skip
