"""Personal data and secrecy marks in running text and file names, without the title of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from portal.examining.privacy.recognising.detectors import Hit, find_cards, find_ids, find_plates
from portal.examining.privacy.recognising.home_addresses import find_addresses, find_dwellings, may_hold_dwelling
from portal.examining.privacy.recognising.mailboxes import find_emails, find_likely_emails
from portal.examining.privacy.recognising.named_people_in_text import find_labelled_people
from portal.examining.privacy.recognising.person_documents import find_stated_documents
from portal.examining.privacy.recognising.secrecy_marks import find_marks, may_hold_mark
from portal.examining.privacy.recognising.spelling import normal
from portal.examining.privacy.recognising.telephones import find_mobiles

_NUMBER = re.compile(r"[0-9](?:(?:[^0-9A-Za-z]{1,3})?[0-9]){10}")
"""A cheap question first: most text holds no number that is long enough."""


def hits_in(text: str, today: date) -> Iterator[Hit]:
    """Find identifiers and secrecy marks in running text.

    >>> [hit.kind for hit in hits_in("机密★：手机 13800000000，证件 110101185001010018", date(2026, 1, 1))]
    ['id', 'phone', 'secrecy']
    """
    text = normal(text)
    if _NUMBER.search(text):
        yield from find_ids(text, today)
        yield from find_mobiles(text)
        yield from find_cards(text)
    yield from find_emails(text)
    yield from find_likely_emails(text)
    yield from find_plates(text)
    yield from find_stated_documents(text, today)
    homes = list(find_addresses(text)) if "住" in text or "户籍" in text else []
    yield from homes
    if not homes and may_hold_dwelling(text):
        yield from find_dwellings(text)
    yield from find_labelled_people(text)
    if may_hold_mark(text):
        yield from find_marks(text)


def redacted(text: str, today: date) -> str:
    """Return *text* with every identifier in it masked: names of files, columns and sheets hold some, too.

    >>> redacted("名单13800000000.csv", date(2026, 1, 1))
    '名单138****0000.csv'
    """
    for hit in list(hits_in(text, today)):
        if not hit.kind.startswith("secrecy"):
            text = normal(text).replace(hit.text, hit.masked)
    return text
