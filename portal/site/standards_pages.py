"""The register standards: the areas in which standards are wanted, what there is in each, and each standard.

国办发〔2017〕39号, task 8, names the areas. Whether a dataset that follows a standard is what it says, is told from
what was found while it was checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.catalog import EDITIONS, Edition, Field
from portal.model.codes.standards import STANDARDS
from portal.model.findings import Finding
from portal.model.portal import Directory
from portal.model.publication import PublishedDataset
from portal.model.references import REFERENCES
from portal.model.text import LocalText
from portal.site.contexts import Detail, Link, RegisterView
from portal.site.frame import Rendering, make_page
from portal.site.labels import Labels
from portal.site.links import dataset_path, publisher_path, report_path
from portal.standards.loading import Area, all_standards, areas, standard_named
from portal.standards.register import Standard, StandardField
from portal.standards.visibility import is_publishable

STANDARDS_PATH = "/standards/"
FILES = ("xlsx", "yaml", "json")
"""What each standard can be had as; the first is the template to fill in."""
FOLLOWERS_SHOWN_MAX = 500

_DEVIATIONS = frozenset(code.name for code in STANDARDS if code.severity != "info") - {"register-not-public"}


@dataclass(frozen=True)
class StandardRow:
    """One standard among others: how many fields it has, and how many datasets follow it."""

    standard: Link
    fields: str
    followers: str
    conforming: str


@dataclass(frozen=True)
class AreaView:
    """One area: its register standards, what else the portal holds there, and what is missing."""

    title: str
    standards: tuple[Link, ...]
    held: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ReferenceRow:
    """A published standard or order, and the register standards with fields that refer to it."""

    number: str
    title: str
    used_by: tuple[Link, ...]


@dataclass(frozen=True)
class StandardsPage:
    """The overview."""

    intro: str
    standards: tuple[StandardRow, ...]
    areas: tuple[AreaView, ...]
    references: tuple[ReferenceRow, ...]


@dataclass(frozen=True)
class FieldView:
    """One field. *references* are (number, title); *editions* say in the order of `EDITIONS` what each shows of it."""

    name: str
    title: str
    description: str
    type: str
    rules: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    source: str
    editions: tuple[tuple[bool, str], ...]


@dataclass(frozen=True)
class Follower:
    """A dataset that follows a standard. *verdict* says whether it conforms; *report* is "" without a report."""

    dataset: Link
    publisher: Link
    records: str
    conforms: bool
    verdict: str
    report: str


@dataclass(frozen=True)
class StandardPage:
    """One standard. *files* are (format, path); *editions* say what the rows of each edition are."""

    title: str
    description: str
    facts: tuple[Detail, ...]
    files: tuple[tuple[str, str], ...]
    edition_titles: tuple[str, ...]
    edition_notes: tuple[str, ...]
    fields: tuple[FieldView, ...]
    keys: tuple[str, ...]
    followers: tuple[Follower, ...]
    followers_note: str
    snippet: str
    """The lines of a descriptor that follow it."""


def standard_path(name: str) -> str:
    """Return the path of the page of a standard.

    >>> standard_path("department")
    '/standards/department/'
    """
    return f"{STANDARDS_PATH}{name}/"


def standard_file_path(name: str, format_: str) -> str:
    """Return the path of a standard as a file.

    >>> standard_file_path("department", "yaml")
    '/standards/department/department.yaml'
    """
    return f"{standard_path(name)}{name}.{format_}"


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
    home = Link(translate(lang, "Home"), "/")
    parent = Link(translate(lang, "Standards"), STANDARDS_PATH)
    page = partial(make_page, directory, lang, today, section="standards")
    standards = all_standards()
    overview = StandardsPage(
        intro=translate(
            lang, "What registers are filled in by, in the eight areas of the national plan; and what is still missing."
        ),
        standards=tuple(_row(item, followers.get(item.name, ()), lang) for item in standards),
        areas=tuple(_area(area, standards, lang) for area in areas()),
        references=tuple(_references(standards, lang)),
    )
    yield (
        "pages/standards.html",
        page(parent.path, parent.title, overview, description=overview.intro, crumbs=(home,)),
    )
    for standard in standards:
        body = _page(standard, followers.get(standard.name, ()), refused.get(standard.name, 0), labels)
        yield (
            "pages/standard.html",
            page(standard_path(standard.name), body.title, body, description=body.description, crumbs=(home, parent)),
        )


def register_views(
    published: PublishedDataset, departments: Mapping[str, LocalText], lang: str
) -> Iterator[RegisterView]:
    """Yield the counts of a dataset's registers; *departments* are names by code, another code stands as it is."""
    resources = {item.name: item.title for item in published.dataset.resources}
    for counts in published.registers:
        names = [
            (
                departments[code].to(lang) if code in departments else code or translate(lang, "Without a right code"),
                number,
            )
            for code, number in counts.departments
        ]
        title = resources[counts.resource].to(lang)
        yield RegisterView(
            title=translate(lang, "Records of “%(table)s” by department", table=title),
            rows=tuple((name, number_text(lang, number)) for name, number in names),
            total=number_text(lang, sum(number for _, number in counts.departments)),
        )


def followed_standards(published: PublishedDataset, lang: str) -> Iterator[Link]:
    """Yield the standards that resources of a dataset follow, each once."""
    names = dict.fromkeys(item.standard for item in published.dataset.resources if item.standard)
    for name in names:
        if standard := standard_named(name):
            yield _link(standard, lang)


def _link(standard: Standard, lang: str) -> Link:
    return Link(standard.title.to(lang), standard_path(standard.name))


def _row(standard: Standard, followers: Sequence[Follower], lang: str) -> StandardRow:
    conforming = sum(item.conforms for item in followers)
    return StandardRow(
        _link(standard, lang),
        number_text(lang, len(standard.fields)),
        number_text(lang, len(followers)),
        number_text(lang, conforming),
    )


def _area(area: Area, standards: Iterable[Standard], lang: str) -> AreaView:
    return AreaView(
        title=area.title.to(lang),
        standards=tuple(_link(item, lang) for item in standards if item.area == area.id),
        held=tuple(text.to(lang) for text in area.held),
        missing=tuple(text.to(lang) for text in area.missing),
    )


def _references(standards: Sequence[Standard], lang: str) -> Iterator[ReferenceRow]:
    """Yield every reference that a field has, in the order of the list of references."""
    for number, reference in REFERENCES.items():
        users = tuple(_link(item, lang) for item in standards if number in item.references or _is_source(number, item))
        if users:
            yield ReferenceRow(number, reference.title.to(lang), users)


def _is_source(number: str, standard: Standard) -> bool:
    return any(item.source.startswith(number) for item in standard.fields)


def _follower(published: PublishedDataset, findings: Collection[Finding], lang: str) -> Follower:
    dataset = published.dataset
    count = sum(item.code in _DEVIATIONS for item in findings)
    records = published.rows or sum(number for item in published.registers for _, number in item.departments)
    return Follower(
        dataset=Link(dataset.title.to(lang), dataset_path(dataset.name)),
        publisher=Link(dataset.publisher.title.to(lang), publisher_path(dataset.publisher.id)),
        records=number_text(lang, records) if records else "",
        conforms=not count,
        verdict=translate_many(lang, "%(num)s deviation", "%(num)s deviations", count)
        if count
        else translate(lang, "Conforms"),
        report=report_path(dataset.name) if dataset.is_released else "",
    )


def _page(standard: Standard, followers: Sequence[Follower], refused: int, labels: Labels) -> StandardPage:
    lang = labels.lang
    area = next(item for item in areas() if item.id == standard.area)
    return StandardPage(
        title=standard.title.to(lang),
        description=standard.description.to(lang),
        facts=(
            Detail(translate(lang, "Identifier"), standard.name),
            Detail(translate(lang, "Version of the standard"), standard.version),
            Detail(translate(lang, "Area"), area.title.to(lang)),
        ),
        files=tuple((format_, standard_file_path(standard.name, format_)) for format_ in FILES),
        edition_titles=tuple(translate(lang, _EDITIONS[edition]) for edition in EDITIONS),
        edition_notes=tuple(_edition_note(standard, edition, lang) for edition in EDITIONS),
        fields=tuple(_field(standard, item, labels) for item in standard.fields),
        keys=tuple(_keys(standard, lang)),
        followers=tuple(followers[:FOLLOWERS_SHOWN_MAX]),
        followers_note=_followers_note(len(followers), refused, lang),
        snippet=f"resources:\n  - name: register\n    path: register.xlsx\n    standard: {standard.name}\n",
    )


def _field(standard: Standard, item: StandardField, labels: Labels) -> FieldView:
    lang = labels.lang
    rules = labels.rules(Field(item.name, item.title, constraints=item.constraints))
    values = "、".join(value.zh for value in item.values)
    if lang == "en":
        values = ", ".join(f"{value.zh} ({value.en})" for value in item.values)
    return FieldView(
        name=item.name,
        title=item.title.to(lang),
        description=item.description.to(lang),
        type=labels.type(item.type),
        rules=(*rules, *([translate(lang, "One of: %(value)s", value=values)] if values else [])),
        references=tuple((number, REFERENCES[number].title.to(lang)) for number in item.references),
        source=item.source or translate(lang, "Added here"),
        editions=tuple(
            (edition in item.editions, _shown(standard, edition in item.editions, edition, lang))
            for edition in EDITIONS
        ),
    )


def _shown(standard: Standard, is_visible: bool, edition: Edition, lang: str) -> str:
    if not is_visible:
        return translate(lang, "Kept back")
    return translate(lang, "Shown") if is_publishable(standard, edition) else translate(lang, "In sums only")


def _edition_note(standard: Standard, edition: Edition, lang: str) -> str:
    visible = sum(edition in item.editions for item in standard.fields)
    title = translate(lang, _EDITIONS[edition])
    if visible == len(standard.fields):
        return translate(lang, "%(edition)s: all fields", edition=title)
    if not is_publishable(standard, edition):
        return translate(lang, "%(edition)s: no records, only their number by department", edition=title)
    return translate(
        lang,
        "%(edition)s: %(visible)s of %(all)s fields",
        edition=title,
        visible=number_text(lang, visible),
        all=number_text(lang, len(standard.fields)),
    )


def _keys(standard: Standard, lang: str) -> Iterator[str]:
    separator = "、" if lang == "zh" else ", "
    titles = {item.name: item.title.to(lang) for item in standard.fields}
    named = {item.name: item for item in all_standards()}
    yield translate(
        lang, "Primary key: %(fields)s", fields=separator.join(titles[name] for name in standard.primary_key)
    )
    for key in standard.foreign_keys:
        other = named[key.standard]
        yield translate(
            lang,
            "%(fields)s refers to %(reference)s in “%(table)s”",
            fields=separator.join(titles[name] for name in key.fields),
            reference=separator.join(other.field(name).title.to(lang) for name in key.reference_fields),
            table=other.title.to(lang),
        )


def _followers_note(count: int, refused: int, lang: str) -> str:
    notes = []
    if count > FOLLOWERS_SHOWN_MAX:
        more = count - FOLLOWERS_SHOWN_MAX
        notes.append(translate_many(lang, "%(num)s more follows it.", "%(num)s more follow it.", more))
    if refused:
        notes.append(
            translate_many(
                lang,
                "%(num)s dataset that follows it was refused at this build.",
                "%(num)s datasets that follow it were refused at this build.",
                refused,
            )
        )
    return ("" if lang == "zh" else " ").join(notes)


_EDITIONS: dict[Edition, str] = {"open": _("Open edition"), "sharing": _("Sharing edition")}
