"""Metadata lines on a dataset's page: code, dates, sharing, contact, volume; information items.

What the page states about a dataset, and who may have the files.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.i18n import day_text, translate, translate_many
from portal.i18n import gettext_noop as _
from portal.model.addresses import publisher_path
from portal.model.catalog import Dataset
from portal.model.guide import (
    CATEGORY_CLASSES,
    CATEGORY_ITEMS,
    DATA_TYPES,
    FORMAT_CLASSES,
    SHARING_METHOD_CLASSES,
    SHARING_METHOD_TYPES,
    GuideEntry,
    Item,
    Volume,
)
from portal.model.terms import GRANULARITIES
from portal.model.text import LocalText, clauses, enumerated
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.contexts.dataset_contexts import FieldRow
from portal.publishing.site.contexts.page_contexts import Detail
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.dataset_use import use_details
from portal.publishing.site.pages.standards_pages import followed_standards

MAIN_LINES = (
    "Publisher", "Telephone", "Licence", "Updated", "Update cycle", "Openness", "Condition of openness", "Region",
    "Period covered", "Source", "Online address", "Used in 30 days",
)  # fmt: skip
"""Lines of metadata that people ask for first, by their labels."""
ITEMS_MAX = 500
"""Information items of an entry that its page lists."""

_METHODS = {
    name: text
    for terms in (SHARING_METHOD_CLASSES, SHARING_METHOD_TYPES)
    for id_, text in terms.items()
    for name in (id_, text.zh)
}


def access_note(published: PublishedDataset, lang: str) -> str:
    """Return in a sentence why the files are not here, or for whom they are; "" where there is nothing to say."""
    dataset = published.dataset
    if dataset.edition == "sharing":
        return _note_for_departments(published, lang)
    if dataset.open_state == "conditional":
        return translate(
            lang, "The files are given out on application. Condition: %(condition)s", condition=dataset.open_condition
        )
    if dataset.open_state == "planned":
        if dataset.planned_on is None:
            return translate(lang, "The files are to be opened; the date is not yet fixed.")
        return translate(lang, "The files are to be opened on %(day)s.", day=day_text(lang, dataset.planned_on))
    if dataset.open_state == "closed":
        return translate(lang, "Only this entry of the catalogue is public; the files are not.")
    return ""


def _note_for_departments(published: PublishedDataset, lang: str) -> str:
    dataset = published.dataset
    if dataset.sharing.type == "conditional":
        return translate(
            lang,
            "Departments get the files on application. Condition: %(condition)s",
            condition=dataset.sharing.condition or translate(lang, "Not stated"),
        )
    if not dataset.is_admitted:
        return translate(lang, "The files are not shared; only the entry of the catalogue is here.")
    if not dataset.is_open and published.resources:
        return translate(lang, "Departments may use the files here; the public sees only the entry of the catalogue.")
    return ""


def details(published: PublishedDataset, labels: Labels) -> Iterator[Detail]:
    """Yield the lines of metadata; an element that is not stated has no line."""
    dataset, lang = published.dataset, labels.lang

    def line(label: str, text: str) -> Iterator[Detail]:
        if text:
            yield Detail(translate(lang, label), text)

    publisher, guide = dataset.publisher, dataset.guide
    yield Detail(translate(lang, "Publisher"), publisher.title.to(lang), path=publisher_path(publisher.id))
    yield from line("Unit in charge", guide.provider_unit or publisher.unit)
    yield from line("Telephone", guide.phone or publisher.phone)
    yield from line("Resource code", dataset.code)
    yield from line("Category", _category(guide, lang))
    if not dataset.resources and dataset.edition == "sharing":
        yield from line("Format", _format(guide, lang))
    for licence in dataset.licences if dataset.is_admitted else ():
        yield Detail(translate(lang, "Licence"), licence.title.to(lang) or licence.name, href=licence.url)
    if dataset.is_open and not dataset.licences:
        yield from line("Licence", translate(lang, "Not stated"))
    for label, day in (("Published", dataset.published), ("Updated", dataset.updated)):
        if day:
            yield Detail(translate(lang, label), "", day=day)
    yield from line("Update cycle", labels.value("update_cycle", dataset.update_cycle))
    if dataset.edition == "sharing":
        yield from line("Openness", labels.value("open", dataset.open_state))
    yield from line("Condition of openness", dataset.open_condition)
    yield from _sharing(dataset, labels)
    yield from line("Granularity", GRANULARITIES.get(dataset.granularity, LocalText(dataset.granularity)).to(lang))
    yield from line("Region", labels.value("spatial", dataset.spatial))
    yield from line("Period covered", dataset.temporal.replace("/", " — "))
    yield from line("Key area", enumerated(lang, (labels.value("area", area) for area in dataset.areas)))
    yield from line("Related resource codes", enumerated(lang, guide.related_codes))
    yield from line("Ownership", guide.ownership)
    yield from line("Volume", _volume(guide.volume, lang))
    if dataset.edition == "sharing":
        yield from line("Information systems", enumerated(lang, guide.systems))
        yield from line("Network", guide.network)
        yield from line("Location", guide.location)
    for origin in dataset.origins:
        yield Detail(translate(lang, "Source"), origin.title, href=origin.url)
    if guide.online_address:
        yield Detail(translate(lang, "Online address"), translate(lang, "View at the source"), guide.online_address)
    if dataset.homepage:
        yield Detail(translate(lang, "Home page"), dataset.homepage, href=dataset.homepage)
    for link in followed_standards(published, lang):
        yield Detail(translate(lang, "Standard"), link.title, path=link.path)
    yield from use_details(published, lang)
    yield from line("Version", dataset.version)
    yield from line("Identifier", dataset.name)


def _sharing(dataset: Dataset, labels: Labels) -> Iterator[Detail]:
    """Yield how departments share it, on what condition and in which way, or the ground for not sharing."""
    sharing, lang = dataset.sharing, labels.lang
    yield Detail(translate(lang, "Sharing"), labels.value("sharing", sharing.type))
    if sharing.type == "conditional" and sharing.condition:
        yield Detail(translate(lang, "Condition of sharing"), sharing.condition)
    if sharing.method:
        yield Detail(translate(lang, "Way of sharing"), _method(sharing.method, lang))
    if sharing.basis:
        yield Detail(translate(lang, "Ground for not sharing"), sharing.basis)


def _method(method: str, lang: str) -> str:
    """Return a way of sharing in words; it is stated by its ids or in Chinese, class and type parted by a slash.

    >>> _method("platform/file", "zh"), _method("共享平台方式/文件", "en")
    ('共享平台方式 / 文件', 'Sharing platform / File')
    """
    return " / ".join(_METHODS[part].to(lang) if part in _METHODS else part for part in method.split("/"))


def _category(guide: GuideEntry, lang: str) -> str:
    """Return the category of the national guide in words, as far as it is named, and its code."""
    category = guide.category
    item = CATEGORY_ITEMS.get(category.class_id, {}).get(category.item)
    named = (_term(CATEGORY_CLASSES, category.class_id, lang), item.to(lang) if item else "")
    words = " / ".join(filter(None, named))
    if not (words and category.code):
        return words or category.code
    return translate(lang, "%(words)s (%(code)s)", words=words, code=category.code)


def _volume(volume: Volume, lang: str) -> str:
    """Return the figures of the census in a line.

    >>> _volume(Volume("12", "3.5", open_records_10k="1"), "en")
    'In all: 12 GB, 3.5 × 10,000 records; Open to the public: 1 × 10,000 records'
    """
    groups = (
        ("In all", volume.storage_gb, volume.records_10k),
        ("Shared", volume.shared_storage_gb, volume.shared_records_10k),
        ("Open to the public", volume.open_storage_gb, volume.open_records_10k),
    )
    inner, colon = ("，", "：") if lang == "zh" else (", ", ": ")
    parts = []
    for label, storage, records in groups:
        figures = (
            translate(lang, "%(figure)s GB", figure=storage) if storage else "",
            translate(lang, "%(figure)s × 10,000 records", figure=records) if records else "",
        )
        if any(figures):
            parts.append(f"{translate(lang, label)}{colon}{inner.join(filter(None, figures))}")
    return clauses(lang, parts)


def _format(guide: GuideEntry, lang: str) -> str:
    stated = guide.data_format
    return " / ".join(filter(None, (_term(FORMAT_CLASSES, stated.class_id, lang), stated.type, stated.other)))


def item_rows(items: tuple[Item, ...], lang: str) -> tuple[FieldRow, ...]:
    """Return the information items of an entry as lines of a data dictionary, `ITEMS_MAX` at most."""
    return tuple(_item_row(item, lang) for item in items[:ITEMS_MAX])


def items_note(items: tuple[Item, ...], lang: str) -> str:
    """Return how many items the page does not show, and where they stand; "" where it shows all of them.

    >>> items_note((Item("名称"),) * (ITEMS_MAX + 2), "en")
    '2 further information items stand in the entry as JSON.'
    """
    more = len(items) - ITEMS_MAX
    if more <= 0:
        return ""
    return translate_many(
        lang, "%(num)s further information item stands in the entry as JSON.",
        "%(num)s further information items stand in the entry as JSON.", more,
    )  # fmt: skip


def _item_row(item: Item, lang: str) -> FieldRow:
    type_ = _term(DATA_TYPES, item.data_type, lang)
    if item.length is not None:
        type_ = translate(lang, "%(type)s, %(length)s bytes", type=type_, length=item.length) if type_ else ""
    meaning = item.name_en if lang == "en" else ""
    return FieldRow(item.name, meaning, type_, "", (), "", "")


def _term(terms: dict[str, LocalText], value: str, lang: str) -> str:
    return terms[value].to(lang) if value in terms else value


_MESSAGES = (
    _("Publisher"), _("Unit in charge"), _("Telephone"), _("Resource code"), _("Category"), _("Format"), _("Licence"),
    _("Published"), _("Updated"), _("Update cycle"), _("Sharing"), _("Ground for not sharing"),
    _("Condition of openness"), _("Granularity"), _("Region"), _("Period covered"), _("Key area"),
    _("Related resource codes"), _("Source"), _("Online address"), _("Home page"), _("Version"), _("Identifier"),
    _("Openness"), _("Ownership"), _("Volume"), _("Information systems"), _("Network"), _("Location"), _("In all"),
    _("Shared"), _("Open to the public"),
)  # fmt: skip
