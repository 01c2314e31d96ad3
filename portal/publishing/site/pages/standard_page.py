"""The page of one register standard: fields with rules and sources, what each edition shows, followers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.addresses import standard_file_path
from portal.model.catalog import EDITIONS, Edition, Field
from portal.model.references import REFERENCES
from portal.model.text import enumerated
from portal.publishing.site.contexts.data_tables import Cell, Column, DataTable, columns
from portal.publishing.site.contexts.page_contexts import Detail
from portal.publishing.site.labels import Labels
from portal.standards.loading import all_standards, areas
from portal.standards.register import Standard, StandardField
from portal.standards.visibility import is_publishable

FILES = ("xlsx", "yaml", "json")
"""What each standard can be had as; the first is the template to fill in."""
FOLLOWERS_SHOWN_MAX = 500
"""Registers that the page of a standard lists; the number of the others is told."""


@dataclass(frozen=True)
class Follower:
    """A dataset that follows a standard, as a row of the table of followers, and whether it conforms."""

    conforms: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class StandardPage:
    """One standard. *files* are (format, path); *edition_notes* say what the rows of each edition are."""

    title: str
    description: str
    facts: tuple[Detail, ...]
    files: tuple[tuple[str, str], ...]
    edition_notes: tuple[str, ...]
    fields: DataTable
    keys: tuple[str, ...]
    followers: DataTable
    followers_note: str
    snippet: str
    """The lines of a descriptor that follow it."""


def standard_page(standard: Standard, followers: Sequence[Follower], refused: int, labels: Labels) -> StandardPage:
    """Return the page's context; *refused* is how many datasets that follow the standard were refused."""
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
        edition_notes=tuple(_edition_note(standard, edition, lang) for edition in EDITIONS),
        fields=_fields(standard, labels),
        keys=tuple(_keys(standard, lang)),
        followers=_followers(followers, lang),
        followers_note=_followers_note(len(followers), refused, lang),
        snippet=f"resources:\n  - name: register\n    path: register.xlsx\n    standard: {standard.name}\n",
    )


def _fields(standard: Standard, labels: Labels) -> DataTable:
    """Return the fields, with a column for each edition that says what it shows of them."""
    lang = labels.lang
    heads = (
        *columns(lang, ("Field", "text"), ("Type", "name"), ("Rules", "text")),
        *(Column(translate(lang, _EDITIONS[edition]), "name") for edition in EDITIONS),
        *columns(lang, ("Source", "text")),
    )
    return DataTable(heads, tuple(_field(standard, item, labels) for item in standard.fields))


def _field(standard: Standard, item: StandardField, labels: Labels) -> tuple[Cell, ...]:
    lang = labels.lang
    rules = [*labels.rules(Field(item.name, item.title, constraints=item.constraints))]
    values = enumerated("zh", (value.zh for value in item.values))
    if lang == "en":
        values = enumerated(lang, (f"{value.zh} ({value.en})" for value in item.values))
    if values:
        rules.append(translate(lang, "One of: %(value)s", value=values))
    rules += [f"{number} {REFERENCES[number].title.to(lang)}" for number in item.references]
    return (
        Cell(item.title.to(lang), code=item.name),
        Cell(labels.type(item.type)),
        Cell(note=item.description.to(lang), parts=tuple(map(Cell, rules))),
        *(_shown(standard, edition in item.editions, edition, lang) for edition in EDITIONS),
        Cell(item.source or translate(lang, "Added here")),
    )


def _shown(standard: Standard, is_visible: bool, edition: Edition, lang: str) -> Cell:
    if not is_visible:
        return Cell(note=translate(lang, "Kept back"))
    return Cell(translate(lang, "Shown") if is_publishable(standard, edition) else translate(lang, "In sums only"))


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
    titles = {item.name: item.title.to(lang) for item in standard.fields}
    named = {item.name: item for item in all_standards()}
    yield translate(
        lang, "Primary key: %(fields)s", fields=enumerated(lang, (titles[name] for name in standard.primary_key))
    )
    for key in standard.foreign_keys:
        other = named[key.standard]
        yield translate(
            lang,
            "%(fields)s refers to %(reference)s in “%(table)s”",
            fields=enumerated(lang, (titles[name] for name in key.fields)),
            reference=enumerated(lang, (other.field(name).title.to(lang) for name in key.reference_fields)),
            table=other.title.to(lang),
        )


def _followers(followers: Sequence[Follower], lang: str) -> DataTable:
    heads = columns(lang, ("Dataset", "text"), ("Publisher", ""), ("Records", "number"), ("Does it conform?", "name"))
    return DataTable(heads, tuple(item.cells for item in followers[:FOLLOWERS_SHOWN_MAX]))


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

_MESSAGES = (
    _("Field"), _("Type"), _("Rules"), _("Source"), _("Dataset"), _("Publisher"), _("Records"), _("Does it conform?"),
)  # fmt: skip
