"""How to come by a dataset that is not open, and whom to tell that something in one is wrong or missing.

An entry without files says who decides, on what ground, by when, and what can be done now. Sources: 国发〔2016〕51号,
which has departments state the ground for what they do not share; 国办发〔2017〕39号.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.i18n import day_text, translate
from portal.model.addresses import dataset_path, in_language, publisher_path
from portal.model.phone_addresses import phone_address
from portal.model.portal import Portal
from portal.publishing.publication import PublishedDataset
from portal.publishing.site.contexts.access_contexts import AccessView, FeedbackView
from portal.publishing.site.contexts.page_contexts import Detail
from portal.publishing.site.letters import letter


def access_view(published: PublishedDataset, portal: Portal, lang: str) -> AccessView | None:
    """Return how to come by a dataset, None where its files are here or given out elsewhere."""
    dataset = published.dataset
    if published.has_files or dataset.is_admitted:
        return None
    title = dataset.title.to(lang)
    subject = translate(lang, "Request for data: %(title)s", title=title)
    body = translate(
        lang,
        "Dataset: %(title)s (%(name)s)\nPublisher: %(publisher)s\nWhat I need it for:\n",
        title=title,
        name=dataset.name,
        publisher=dataset.publisher.title.to(lang),
    )
    return AccessView(
        heading=translate(lang, "How to come by it"),
        sentence=_sentence(published, lang),
        details=tuple(_grounds(published, portal, lang)),
        mail=letter(portal.email, subject, body),
        mail_label=translate(lang, "Ask for it by mail"),
    )


def feedback(published: PublishedDataset, portal: Portal, lang: str, today: date) -> FeedbackView:
    """Return whom to tell what about a dataset, with the release that was looked at."""
    dataset = published.dataset
    title = dataset.title.to(lang)
    about = translate(
        lang,
        "Dataset: %(title)s (%(name)s), release of %(day)s\n%(address)s\n",
        title=title,
        name=dataset.name,
        day=day_text(lang, today),
        address=portal.base_url + in_language(lang, dataset_path(dataset.name)),
    )
    letters = (
        (
            translate(lang, "Report a mistake"),
            translate(lang, "Mistake in the data: %(title)s", title=title),
            translate(lang, "Where (table, row, column), and what is wrong:"),
        ),
        (
            translate(lang, "Say what is missing"),
            translate(lang, "Wish for the data: %(title)s", title=title),
            translate(lang, "What I need, and for what:"),
        ),
    )
    written = ((label, letter(portal.email, subject, f"{about}{body}\n")) for label, subject, body in letters)
    return FeedbackView(
        letters=tuple((label, address) for label, address in written if address),
        phones=tuple(_phones(published, portal, lang)),
    )


def _sentence(published: PublishedDataset, lang: str) -> str:
    """Say in what state it is, and what that means for who wants it."""
    dataset = published.dataset
    if dataset.edition == "open" and dataset.open_state == "planned":
        return translate(lang, "It is not published yet. Until then you can ask the department for it.")
    if dataset.open_state == "conditional" or dataset.sharing.type == "conditional":
        return translate(lang, "It is given out on application, to whoever meets the condition.")
    return translate(lang, "It is not given out. You can ask the department why, or apply for a part of it.")


def _grounds(published: PublishedDataset, portal: Portal, lang: str) -> Iterator[Detail]:
    dataset = published.dataset
    publisher = dataset.publisher
    unit = dataset.guide.provider_unit or publisher.unit
    yield Detail(translate(lang, "Who decides"), publisher.title.to(lang), path=publisher_path(publisher.id))
    if unit:
        yield Detail(translate(lang, "Unit in charge"), unit)
    if dataset.edition == "open" and dataset.open_state == "planned":
        day = dataset.planned_on
        text = "" if day else translate(lang, "The date is not yet fixed")
        yield Detail(translate(lang, "Opens on"), text, day=day)
    condition = dataset.open_condition if dataset.edition == "open" else dataset.sharing.condition
    if condition:
        yield Detail(translate(lang, "Condition"), condition)
    if dataset.sharing.basis:
        yield Detail(translate(lang, "Ground"), dataset.sharing.basis)
    yield from _phones(published, portal, lang)


def _phones(published: PublishedDataset, portal: Portal, lang: str) -> Iterator[Detail]:
    """Yield the telephone of the department, and that of the portal where it is another."""
    dataset = published.dataset
    own = dataset.guide.phone or dataset.publisher.phone
    if own:
        yield Detail(translate(lang, "Telephone of the department"), own, phone_address(own))
    if portal.phone and portal.phone != own:
        yield Detail(translate(lang, "Telephone of the portal"), portal.phone, phone_address(portal.phone))
