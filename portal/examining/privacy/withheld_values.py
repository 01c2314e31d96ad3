"""Columns whose values no profile tells: declared contacts, approved exceptions, titles of names, telephones, cards.

The rows of an open table are open, these columns too: their publisher answers for that. But nobody needs the most
frequent telephone number, so neither a profile nor a picture holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from portal.examining.privacy.recognising.column_hints import roles_of
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text
from portal.model.catalog import Dataset, Field
from portal.model.table_profile import ColumnProfile
from portal.model.text import LANGUAGES

_NUMBERED_ROLES = frozenset(("id", "phone", "card", "passport", "birth"))
_PERSONAL_ROLES = _NUMBERED_ROLES | {"plate", "email", "home", "person", "office_person", "half", "surname"}
_COUNTED_ROLES = frozenset(("count", "quantity", "hotline"))
"""A column of numbers of people, or of public hotlines, is of no single one."""


def withheld_columns(dataset: Dataset, columns: Iterable[ColumnProfile | Field]) -> frozenset[str]:
    """Return the names of those columns of which profiles tell only how many values there are."""
    declared = set(_declared(dataset)) - {""}
    titles = _titles(dataset)
    return frozenset(
        column.name
        for column in columns
        if column.name in declared
        or is_personal_title(column.name, column.type)
        or any(_is_personal(pair, column.type) for pair in titles.get(column.name, ()))
    )


@lru_cache(maxsize=4096)
def is_personal_title(title: str, type_: str) -> bool:
    """Whether a column so called holds what is of single persons; a number is no name and no address.

    >>> is_personal_title("联系电话", "integer"), is_personal_title("身份证办理人数", "integer")
    (True, False)
    >>> is_personal_title("路长", "string"), is_personal_title("线路长度", "number")
    (True, False)
    """
    roles = roles_of(title) if title else frozenset()
    personal = _NUMBERED_ROLES if type_ in ("integer", "number", "date", "year") else _PERSONAL_ROLES
    return bool(roles & personal) and not roles & _COUNTED_ROLES


def _declared(dataset: Dataset) -> Iterable[str]:
    """Yield the columns that the dataset itself calls contacts or personal, whether that is approved or not."""
    catalogue = dataset.catalogue
    for key in ("public_contact", "quasi_identifiers"):
        stated = catalogue.get(key)
        yield from map(as_text, as_list(stated) if isinstance(stated, list) else [stated])
    stated = catalogue.get("privacy_exception")
    for entry in as_list(stated) if isinstance(stated, list) else [stated]:
        fields = as_mapping(entry).get("fields")
        yield from map(as_text, as_list(fields) if isinstance(fields, list) else [fields])


def _is_personal(titles: Iterable[str], type_: str) -> bool:
    """Whether one title in two languages says so: a 咨询电话 is no person's, though "Phone" alone might be."""
    told = tuple(titles)
    counted = any(roles_of(title) & _COUNTED_ROLES for title in told if title)
    return not counted and any(is_personal_title(title, type_) for title in told)


def _titles(dataset: Dataset) -> dict[str, set[tuple[str, ...]]]:
    """Return all titles that tables give a column of one name, each in both languages."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for resource in dataset.resources:
        for field in resource.schema.fields:
            found.setdefault(field.name, set()).add(tuple(field.title.to(lang) for lang in LANGUAGES))
    return found
