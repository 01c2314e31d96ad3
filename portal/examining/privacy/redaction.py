"""Findings as they may be shown: what other rooms quote of a cell holds personal data too.

A wrong identity number is still somebody's. So what stands in a column of identifiers is masked whatever it is, and in
every other text what has the shape of an identifier.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from portal.examining.privacy.recognising.column_hints import roles_of
from portal.examining.privacy.recognising.masking import masked
from portal.examining.privacy.recognising.passages import redacted
from portal.examining.privacy.recognising.spelling import normal
from portal.findings.finding import Finding
from portal.model.catalog import Dataset
from portal.model.text import LocalText
from portal.model.understood_table import Decision, UnderstoodTable

DIGITS_MIN = 6
"""A value with fewer digits is no telephone number, card or identity number, whatever its column is called."""

_NUMBER_ROLES = frozenset(["id", "phone", "card", "passport"])
_ALWAYS_MASKED = {"home": "address", "person": "name"}
_LONG_NUMBER = re.compile(rf"[0-9]{{{DIGITS_MIN},}}")
_MASKED = re.compile(r"[0-9]{3}\*{4}[0-9]{4}")
"""What the gate made of a mobile; it is not masked once more."""
_MOBILE_SHAPE = re.compile("(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_ID_SHAPE = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])"
)


def without_personal_data(finding: Finding, dataset: Dataset, today: date) -> Finding:
    """Return *finding* with every identifier in its value and its texts masked.

    The title of the field decides too, where the schema has one.
    """
    value = finding.value
    texts = [finding.message, finding.mend]
    if value is not None:
        safe = _masked_value(value, _roles(finding, dataset), today)
        if safe != value:
            texts = [LocalText(item.zh.replace(value, safe), item.en.replace(value, safe)) for item in texts]
            for cell in value.split(", "):
                if len(cell) >= DIGITS_MIN:
                    texts = [LocalText(item.zh.replace(cell, "***"), item.en.replace(cell, "***")) for item in texts]
        value = safe
    message, mend = texts
    return without_identifiers(replace(finding, value=value, message=message, mend=mend), today)


def without_identifiers(finding: Finding, today: date) -> Finding:
    """Return *finding* with what has the shape of an identifier masked, in its value, its field and its texts.

    >>> from portal.findings.finding import found
    >>> told = without_identifiers(found("duplicate-label", value="１３８００００１２３４"), date(2026, 1, 1))
    >>> told.value, told.message.zh.split("：")[0]
    ('138****1234', '列名“138****1234”重复')
    """
    texts = [finding.message, finding.mend]
    quoted = {item: _safe(item, today) for item in (finding.value, finding.field) if item}
    for text, safe in quoted.items():
        if safe != text:
            texts = [LocalText(item.zh.replace(text, safe), item.en.replace(text, safe)) for item in texts]
    message, mend = (LocalText(_safe(item.zh, today), _safe(item.en, today)) for item in texts)
    value, field = (quoted.get(item or "", item) for item in (finding.value, finding.field))
    if (value, field, message, mend) == (finding.value, finding.field, finding.message, finding.mend):
        return finding
    return replace(finding, value=value, field=field, message=message, mend=mend)


def table_without_personal_data(table: UnderstoodTable, today: date) -> UnderstoodTable:
    """Return *table* with what was decided of it fit to be shown; the text itself is as it was."""
    decisions = tuple(_decision(item, today) for item in table.decisions)
    return table if decisions == table.decisions else replace(table, decisions=decisions)


def _decision(decision: Decision, today: date) -> Decision:
    words = {name: getattr(decision, name) for name in ("value_zh", "value_en", "how_zh", "how_en")}
    return replace(decision, **{name: _safe(text, today) for name, text in words.items()})


def _roles(finding: Finding, dataset: Dataset) -> frozenset[str]:
    if not finding.field:
        return frozenset()
    titles = {
        field.title.zh
        for resource in dataset.resources
        if resource.name == finding.resource
        for field in resource.schema.fields
        if field.name == finding.field
    }
    return frozenset().union(*(roles_of(title) for title in {finding.field, *titles}))


def _masked_value(value: str, roles: frozenset[str], today: date) -> str:
    for role, kind in _ALWAYS_MASKED.items():
        if role in roles:
            return masked(kind, value)
    safe = _safe(value, today)
    if _MASKED.fullmatch(value):
        return value
    if _NUMBER_ROLES & roles and safe == value and sum(char.isdigit() for char in value) >= DIGITS_MIN:
        return masked("id", value)
    return _LONG_NUMBER.sub("***", safe) if _NUMBER_ROLES & roles else safe


def _safe(text: str, today: date) -> str:
    text = redacted(text, today)
    plain = normal(text)
    safe = _ID_SHAPE.sub(lambda match: masked("id", match.group()), plain)
    safe = _MOBILE_SHAPE.sub(lambda match: masked("phone", match.group()), safe)
    return text if safe == plain else safe
