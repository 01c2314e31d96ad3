"""The open catalogue (公共信息资源开放目录): what is open, on what condition, from when, and what is not and why.

国办发〔2017〕39号, task 5, has it built on the resource catalogue. The overview counts by department; each has
its own list in pages, so that no page grows with the catalogue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from portal.formats.open_catalogue import ground
from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.portal import Directory
from portal.model.publication import PublishedDataset
from portal.model.terms import OPEN_STATES
from portal.site.contexts import Link, Pager
from portal.site.frame import Rendering, make_page
from portal.site.labels import Labels
from portal.site.links import dataset_path, in_language, numbered, relative
from portal.site.lists import pager

OPEN_CATALOGUE_PATH = "/open-catalogue/"
ROWS_A_PAGE = 200
PLANNED_SHOWN = 200
FILES = ("xlsx", "csv", "json")
"""The whole open catalogue as files, the first for most people."""


@dataclass(frozen=True)
class CountRow:
    """How many datasets of a department are in each state, in the order of `OPEN_STATES`, and all together."""

    department: Link
    counts: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class PlannedRow:
    """A dataset that is to be opened."""

    dataset: Link
    department: str
    day: date | None


@dataclass(frozen=True)
class PlannedYear:
    """What is to be opened in one year (年度开放计划); the last has no date yet."""

    title: str
    rows: tuple[PlannedRow, ...]


@dataclass(frozen=True)
class OpenCatalogue:
    """The overview. *files* are format and path of the whole open catalogue."""

    intro: str
    states: tuple[str, ...]
    rows: tuple[CountRow, ...]
    totals: CountRow
    plan: tuple[PlannedYear, ...]
    plan_note: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EntryRow:
    """One dataset of a department. *note* is its condition, the day of opening, or the ground for not opening."""

    dataset: Link
    code: str
    state: tuple[str, str]
    note: str
    cycle: str
    formats: str


@dataclass(frozen=True)
class DepartmentCatalogue:
    """The datasets of one department, a part of them on each page."""

    title: str
    summary: str
    rows: tuple[EntryRow, ...]
    pager: Pager | None
    parent: Link


def open_catalogue_pages(
    directory: Directory, datasets: Sequence[PublishedDataset], labels: Labels, today: date
) -> Iterator[Rendering]:
    """Yield the overview and each department's pages, in the language of *labels*; *datasets* are sorted."""
    lang = labels.lang
    by_publisher: dict[str, list[PublishedDataset]] = {}
    for item in datasets:
        by_publisher.setdefault(item.dataset.publisher.id, []).append(item)
    home = Link(translate(lang, "Home"), "/")
    parent = Link(translate(lang, "Open catalogue"), OPEN_CATALOGUE_PATH)
    page = partial(make_page, directory, lang, today)
    overview = _overview(directory, by_publisher, labels)
    yield (
        "pages/open-catalogue.html",
        page(parent.path, parent.title, overview, description=overview.intro, section="open-catalogue", crumbs=(home,)),
    )
    for publisher in directory.publishers:
        members = by_publisher.get(publisher.id, [])
        path = department_path(publisher.id)
        for number, start in enumerate(range(0, len(members), ROWS_A_PAGE), start=1):
            here = in_language(lang, numbered(path, number))
            body = DepartmentCatalogue(
                title=translate(lang, "Open catalogue: %(department)s", department=publisher.title.to(lang)),
                summary=translate_many(lang, "%(num)s dataset", "%(num)s datasets", len(members)),
                rows=tuple(_entry(item, labels) for item in members[start : start + ROWS_A_PAGE]),
                pager=pager(number, len(members), ROWS_A_PAGE, partial(_numbered_href, lang, here, path)),
                parent=parent,
            )
            yield (
                "pages/open-catalogue-department.html",
                page(
                    numbered(path, number),
                    body.title,
                    body,
                    description=body.summary,
                    section="open-catalogue",
                    crumbs=(home, parent),
                ),
            )


def department_path(identifier: str) -> str:
    """Return the path of a department's open catalogue."""
    return f"{OPEN_CATALOGUE_PATH}{identifier}/"


def state_note(item: PublishedDataset, lang: str) -> str:
    """Return what belongs to the state: a condition, the day of opening, or the ground for not opening."""
    dataset = item.dataset
    if dataset.open_state == "conditional":
        return dataset.open_condition
    if dataset.open_state == "planned":
        return dataset.planned_on.isoformat() if dataset.planned_on else translate(lang, "Date not fixed")
    if dataset.open_state == "closed":
        return ground(item) or translate(lang, "No ground is stated")
    return ""


def _numbered_href(lang: str, here: str, path: str, number: int) -> str:
    return relative(here, in_language(lang, numbered(path, number)))


def _overview(
    directory: Directory, by_publisher: Mapping[str, Sequence[PublishedDataset]], labels: Labels
) -> OpenCatalogue:
    lang = labels.lang
    rows = []
    total: Counter[str] = Counter()
    planned: list[PublishedDataset] = []
    for publisher in directory.publishers:
        members = by_publisher.get(publisher.id, [])
        counts: Counter[str] = Counter(item.dataset.open_state for item in members)
        total.update(counts)
        planned += [item for item in members if item.dataset.open_state == "planned"]
        if members:
            rows.append(_count_row(Link(publisher.title.to(lang), department_path(publisher.id)), counts, lang))
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
        states=tuple(labels.value("open", state) for state in OPEN_STATES),
        rows=tuple(rows),
        totals=_count_row(Link(translate(lang, "All departments"), OPEN_CATALOGUE_PATH), total, lang),
        plan=tuple(_plan(shown, lang)),
        plan_note=note if len(shown) < len(planned) else "",
        files=tuple((format_.upper(), f"{OPEN_CATALOGUE_PATH}open-catalogue.{format_}") for format_ in FILES),
    )


def _count_row(department: Link, counts: Counter[str], lang: str) -> CountRow:
    return CountRow(
        department,
        tuple(number_text(lang, counts[state]) for state in OPEN_STATES),
        number_text(lang, counts.total()),
    )


def _plan(planned: Sequence[PublishedDataset], lang: str) -> Iterator[PlannedYear]:
    years: dict[int | None, list[PlannedRow]] = {}
    for item in planned:
        dataset = item.dataset
        row = PlannedRow(
            Link(dataset.title.to(lang), dataset_path(dataset.name)),
            dataset.publisher.title.to(lang),
            dataset.planned_on,
        )
        years.setdefault(dataset.planned_on.year if dataset.planned_on else None, []).append(row)
    for year, rows in years.items():
        title = translate(lang, "Opening in %(year)s", year=year) if year else translate(lang, "Date not fixed")
        yield PlannedYear(title, tuple(rows))


def _entry(item: PublishedDataset, labels: Labels) -> EntryRow:
    dataset = item.dataset
    return EntryRow(
        dataset=Link(dataset.title.to(labels.lang), dataset_path(dataset.name)),
        code=dataset.code,
        state=(dataset.open_state, labels.value("open", dataset.open_state)),
        note=state_note(item, labels.lang),
        cycle=labels.value("update_cycle", dataset.update_cycle),
        formats=", ".join(item.formats),
    )


_MESSAGES = (_("Open catalogue"),)
