"""Personal data masked with stars in every finding: quoted cells, details, names of files and columns.

Findings as they may be shown: what other rooms quote of a cell holds personal data too. A wrong identity number is
still somebody's. So what stands in a column of identifiers is masked whatever it is, and in every other text what has
the shape of an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from portal.examining.privacy.recognising.column_hints import roles_of
from portal.examining.privacy.recognising.masking import masked
from portal.examining.privacy.recognising.passages import redacted
from portal.examining.privacy.recognising.spelling import normal
from portal.findings.finding import Finding, with_texts
from portal.model.catalog import Dataset, Field
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


def all_without_personal_data(findings: Sequence[Finding], dataset: Dataset, today: date) -> list[Finding]:
    """Return *findings* of one dataset as `without_personal_data` leaves them.

    What is masked of one value is masked in the names of files and sheets of all of them: so places stay alike.
    """
    quotes = {item: None for one in findings if (item := _quotes_of(one, dataset, today))}
    files = {one.file: one.file for one in findings if one.file}
    for file in files:
        for item in quotes:
            files[file] = item.in_file(files[file])
    return [without_personal_data(replace(one, file=files.get(one.file or "")), dataset, today) for one in findings]


def without_personal_data(finding: Finding, dataset: Dataset, today: date) -> Finding:
    """Return *finding* with every identifier in its value, its place and its details masked.

    The title of the field decides too, where the schema has one. What is masked of the value is masked wherever else
    the finding quotes it, and in no word of ours.
    """
    quotes = _quotes_of(finding, dataset, today)
    if quotes:
        file = finding.file and quotes.in_file(finding.file)
        finding = with_texts(replace(finding, value=quotes.safe, file=file), quotes.in_text)
    return without_identifiers(finding, today)


def _quotes_of(finding: Finding, dataset: Dataset, today: date) -> _Quotes | None:
    if finding.value is None:
        return None
    safe = _masked_value(finding.value, _roles(finding, dataset), today)
    return _Quotes(finding.value, safe) if safe != finding.value else None


def without_identifiers(finding: Finding, today: date) -> Finding:
    """Return *finding* with what has the shape of an identifier masked, in its value, its place and its details.

    >>> from portal.findings.finding import found
    >>> from portal.findings.words import message_of
    >>> told = without_identifiers(found("duplicate-label", value="１３８００００１２３４"), date(2026, 1, 1))
    >>> told.value, message_of(told).zh.split("：")[0]
    ('138****1234', '列名“138****1234”重复')
    """

    def safe(text: str) -> str:
        return _safe(text, today)

    value, field, file = (item and safe(item) for item in (finding.value, finding.field, finding.file))
    if (value, field, file) != (finding.value, finding.field, finding.file):
        finding = replace(finding, value=value, field=field, file=file)
    return with_texts(finding, safe, safe)


@dataclass(frozen=True)
class _Quotes:
    """A *value* that was masked as *safe*, wherever a finding quotes it once more."""

    value: str
    safe: str

    def in_text(self, text: str) -> str:
        """Return a quoted text without the value; where the value was cut, nothing is left of what begins like it."""
        if self.value.endswith("…") and self.value[:-1] in text:
            return self.safe
        text = text.replace(self.value, self.safe)
        for cell in self.value.split(", "):
            if len(cell) >= DIGITS_MIN:
                text = text.replace(cell, "***")
        return text

    def in_file(self, file: str) -> str:
        """Return the path of a file without the value, where it is long enough to be more than a chance."""
        is_telling = len(self.value) >= (2 if self.value.isalpha() and not self.value.isascii() else DIGITS_MIN)
        return self.in_text(file) if is_telling else file


def table_without_personal_data(table: UnderstoodTable, today: date) -> UnderstoodTable:
    """Return *table* with what was decided of it fit to be shown; the text itself is as it was."""
    decisions = tuple(_decision(item, today) for item in table.decisions)
    return table if decisions == table.decisions else replace(table, decisions=decisions)


def dataset_without_personal_data(dataset: Dataset, today: date) -> Dataset:
    """Return *dataset* as a report may show it while it is refused: every text of it, its schemas too, masked.

    What a column of identifiers allows (its values, bounds, pattern) is masked whatever it is.
    """
    shown: Dataset = masked_texts(replace(dataset, source=None), today)
    return shown


def masked_texts(value: Any, today: date) -> Any:
    """Return *value*, of whatever model it is, with its texts masked; numbers too, where they are identifiers."""
    if isinstance(value, Field):
        roles = roles_of(value.name, value.title.zh)
        rules = {name: _masked_rule(rule, roles, today) for name, rule in value.constraints.items()}
        value = replace(value, constraints={})
        return replace(_masked_fields(value, today), constraints=rules)
    if is_dataclass(value) and not isinstance(value, type):
        return _masked_fields(value, today)
    if isinstance(value, Mapping):
        return {_safe(str(key), today): masked_texts(item, today) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(masked_texts(item, today) for item in value)
    return _safe(value, today) if isinstance(value, str) else value


def _masked_fields(value: Any, today: date) -> Any:
    return replace(value, **{item.name: masked_texts(getattr(value, item.name), today) for item in fields(value)})


def _masked_rule(rule: Any, roles: frozenset[str], today: date) -> Any:
    if isinstance(rule, list):
        return [_masked_rule(item, roles, today) for item in rule]
    if isinstance(rule, bool):
        return rule
    text = str(rule)
    safe = _masked_value(text, roles, today)
    return rule if safe == text else safe


def _decision(decision: Decision, today: date) -> Decision:
    words = {name: getattr(decision, name) for name in ("value_zh", "value_en", "how_zh", "how_en")}
    return replace(decision, **{name: _safe(text, today) for name, text in words.items()})


def _roles(finding: Finding, dataset: Dataset) -> frozenset[str]:
    if not finding.field:
        return frozenset()
    names = {finding.field, *finding.field.split(", ")}  # a key of several fields
    titles = {
        field.title.zh
        for resource in dataset.resources
        if resource.name == finding.resource
        for field in resource.schema.fields
        if field.name in names
    }
    return frozenset().union(*(roles_of(title) for title in names | titles))


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
