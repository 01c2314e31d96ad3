"""The open catalogue page (公共信息资源开放目录), by department: what is open, from when, what is not, why.

It says on what condition, too. 国办发〔2017〕39号, task 5, has it built on the resource catalogue. The overview counts
by department; each has its own list in pages, so that no page grows with the catalogue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.addresses import (
    dataset_path,
    in_language,
    numbered,
    open_catalogue_file,
    open_catalogue_path,
    publisher_path,
    relative,
)
from portal.model.portal import Directory
from portal.model.terms import OPEN_STATES
from portal.publishing.formats.open_catalogue import ground
from portal.publishing.publication import PublishedDataset
from portal.publishing.site import page_registry
from portal.publishing.site.contexts.data_tables import Cell, Column, DataTable, columns, numbers, without_empty_columns
from portal.publishing.site.contexts.list_contexts import Pager
from portal.publishing.site.contexts.page_contexts import Link
from portal.publishing.site.dataset_lists import calendar_path, pager
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.labels import Labels

ROWS_A_PAGE = 200
PLANNED_SHOWN = 200
LIMITED_SHOWN = 200
"""Datasets that are given out on application or not at all, on the overview."""
FILES = ("xlsx", "csv", "json")
"""The whole open catalogue as files, the first for most people."""


@dataclass(frozen=True)
class PlannedYear:
    """What is to be opened in one year (年度开放计划); the last has no date yet. *id* is that of its heading."""

    id: str
    title: str
    table: DataTable


@dataclass(frozen=True)
class Choice:
    """A value to filter by and what it is called, with how many datasets have it."""

    value: str
    title: str


@dataclass(frozen=True)
class OpenCatalogue:
    """The overview: departments with the number of datasets in each state. *files* are format and path."""

    intro: str
    departments: DataTable
    plan: tuple[PlannedYear, ...]
    plan_note: str
    limited: DataTable
    """What is given out on application, and what is not: each with its condition or ground."""
    limited_note: str
    states: tuple[Choice, ...]
    """Openness to choose from, and departments below, for the list of datasets."""
    choices: tuple[Choice, ...]
    files: tuple[tuple[str, str], ...]
    calendar_path: str = ""
    """The calendar of all deadlines; "" where there is none."""


@dataclass(frozen=True)
class DepartmentCatalogue:
    """The datasets of one department, a part of them on each page."""

    title: str
    summary: str
    datasets: DataTable
    pager: Pager | None
    publisher: Link


def open_catalogue_pages(
    directory: Directory, datasets: Sequence[PublishedDataset], labels: Labels, today: date
) -> Iterator[Rendering]:
    """Yield the overview and each department's pages, in the language of *labels*; *datasets* are sorted."""
    lang = labels.lang
    by_publisher: dict[str, list[PublishedDataset]] = {}
    for item in datasets:
        by_publisher.setdefault(item.dataset.publisher.id, []).append(item)
    home, parent = page_registry.HOME.link(lang), page_registry.OPEN_CATALOGUE.link(lang)
    overview = _overview(directory, by_publisher, labels)
    yield rendering(
        page_registry.OPEN_CATALOGUE, directory, lang, today, overview, description=overview.intro, crumbs=(home,)
    )
    for publisher in directory.publishers:
        members = by_publisher.get(publisher.id, [])
        path = open_catalogue_path(publisher.id)
        for number, start in enumerate(range(0, len(members), ROWS_A_PAGE), start=1):
            here = in_language(lang, numbered(path, number))
            body = DepartmentCatalogue(
                title=translate(lang, "Open catalogue: %(department)s", department=publisher.title.to(lang)),
                summary=translate_many(lang, "%(num)s dataset", "%(num)s datasets", len(members)),
                datasets=_datasets(members[start : start + ROWS_A_PAGE], labels),
                pager=pager(number, len(members), ROWS_A_PAGE, partial(_numbered_href, lang, here, path)),
                publisher=Link(publisher.title.to(lang), publisher_path(publisher.id)),
            )
            yield rendering(
                page_registry.DEPARTMENT,
                directory,
                lang,
                today,
                body,
                path=numbered(path, number),
                title=body.title,
                description=body.summary,
                crumbs=(home, parent),
            )


def state_note(item: PublishedDataset, lang: str) -> Cell:
    """Return what belongs to the state: a condition, the day of opening, or the ground for not opening."""
    dataset = item.dataset
    if dataset.open_state == "conditional":
        return Cell(dataset.open_condition)
    if dataset.open_state == "planned":
        return Cell(day=dataset.planned_on) if dataset.planned_on else Cell(translate(lang, "Date not fixed"))
    if dataset.open_state == "closed":
        return Cell(ground(item) or translate(lang, "No ground is stated"))
    return Cell()


def _numbered_href(lang: str, here: str, path: str, number: int) -> str:
    return relative(here, in_language(lang, numbered(path, number)))


def _overview(
    directory: Directory, by_publisher: Mapping[str, Sequence[PublishedDataset]], labels: Labels
) -> OpenCatalogue:
    lang = labels.lang
    rows = []
    total: Counter[str] = Counter()
    planned: list[PublishedDataset] = []
    limited: list[PublishedDataset] = []
    choices = []
    for publisher in directory.publishers:
        members = by_publisher.get(publisher.id, [])
        counts: Counter[str] = Counter(item.dataset.open_state for item in members)
        total.update(counts)
        planned += [item for item in members if item.dataset.open_state == "planned"]
        limited += [item for item in members if item.dataset.open_state in ("conditional", "closed")]
        if members:
            choices.append(Choice(publisher.id, _counted(publisher.title.to(lang), len(members), lang)))
            rows.append((Cell(publisher.title.to(lang), open_catalogue_path(publisher.id)), *_counts(counts, lang)))
    shown = sorted(planned, key=lambda item: (item.dataset.planned_on or date.max, item.dataset.name))[:PLANNED_SHOWN]
    note = translate_many(
        lang, "%(num)s further dataset stands in the files.", "%(num)s further datasets stand in the files.",
        len(planned) - len(shown),
    )  # fmt: skip
    return OpenCatalogue(
        intro=translate(
            lang,
            "What the departments open to the public, what they give out on application, what they plan to open, "
            "and what they keep and why.",
        ),
        departments=DataTable(
            (
                Column(translate(lang, "Department"), "text"),
                *(Column(labels.value("open", state), "number") for state in OPEN_STATES),
                Column(translate(lang, "All"), "number"),
            ),
            tuple(rows),
            (Cell(translate(lang, "All departments")), *_counts(total, lang)),
        ),
        plan=tuple(_plan(shown, lang)),
        plan_note=note if len(shown) < len(planned) else "",
        limited=_limited(limited[:LIMITED_SHOWN], labels),
        limited_note=translate_many(
            lang,
            "%(num)s further dataset stands in the files.",
            "%(num)s further datasets stand in the files.",
            len(limited) - LIMITED_SHOWN,
        )
        if len(limited) > LIMITED_SHOWN
        else "",
        states=tuple(
            Choice(state, _counted(labels.value("open", state), total[state], lang))
            for state in OPEN_STATES
            if total[state]
        ),
        choices=tuple(choices),
        files=tuple((format_.upper(), open_catalogue_file(format_)) for format_ in FILES),
        calendar_path=calendar_path(item for members in by_publisher.values() for item in members),
    )


def _counts(counts: Counter[str], lang: str) -> tuple[Cell, ...]:
    """Return how many datasets are in each state, in the order of `OPEN_STATES`, and all together."""
    return numbers(lang, *(counts[state] for state in OPEN_STATES), counts.total())


def _counted(title: str, count: int, lang: str) -> str:
    return translate(lang, "%(title)s (%(num)s)", title=title, num=number_text(lang, count))


def _limited(members: Sequence[PublishedDataset], labels: Labels) -> DataTable:
    """Return what is not given to everybody; the department decides, on the condition or ground that it states."""
    heads = columns(
        labels.lang, ("Dataset", "text"), ("Department", ""), ("Openness", "name"), ("Condition or ground", "text")
    )
    return DataTable(
        heads,
        tuple(
            (
                Cell(item.dataset.title.to(labels.lang), dataset_path(item.dataset.name)),
                Cell(item.dataset.publisher.title.to(labels.lang), publisher_path(item.dataset.publisher.id)),
                Cell(mark=(item.dataset.open_state, labels.value("open", item.dataset.open_state))),
                state_note(item, labels.lang),
            )
            for item in members
        ),
    )


def _plan(planned: Iterable[PublishedDataset], lang: str) -> Iterator[PlannedYear]:
    years: dict[int | None, list[tuple[Cell, ...]]] = {}
    for item in planned:
        dataset = item.dataset
        row = (
            Cell(dataset.title.to(lang), dataset_path(dataset.name)),
            Cell(dataset.publisher.title.to(lang)),
            Cell(day=dataset.planned_on),
        )
        years.setdefault(dataset.planned_on.year if dataset.planned_on else None, []).append(row)
    for year, rows in years.items():
        title = translate(lang, "Opening in %(year)s", year=year) if year else translate(lang, "Date not fixed")
        heads = columns(lang, ("Dataset", "text"), ("Department", ""), ("Opening planned on", "name"))
        yield PlannedYear(f"plan-{year or 'undated'}", title, without_empty_columns(DataTable(heads, tuple(rows))))


def _datasets(members: Iterable[PublishedDataset], labels: Labels) -> DataTable:
    """Return the table of a department; what is stated of none of its datasets has no column."""
    heads = columns(
        labels.lang,
        ("Dataset", "text"),
        ("Openness", "name"),
        ("Condition, day of opening, or ground", "text"),
        ("Resource code", "name"),
        ("Update cycle", "name"),
        ("Formats", ""),
    )
    return without_empty_columns(DataTable(heads, tuple(_entry(item, labels) for item in members)))


def _entry(item: PublishedDataset, labels: Labels) -> tuple[Cell, ...]:
    dataset = item.dataset
    return (
        Cell(dataset.title.to(labels.lang), dataset_path(dataset.name)),
        Cell(mark=(dataset.open_state, labels.value("open", dataset.open_state))),
        state_note(item, labels.lang),
        Cell(dataset.code),
        Cell(labels.value("update_cycle", dataset.update_cycle)),
        Cell(", ".join(item.formats)),
    )


_MESSAGES = (
    _("Open catalogue"), _("Dataset"), _("Department"), _("Opening planned on"), _("Openness"),
    _("Condition, day of opening, or ground"), _("Condition or ground"), _("Resource code"), _("Update cycle"),
    _("Formats"),
)  # fmt: skip
