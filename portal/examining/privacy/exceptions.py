"""Exceptions that a publisher declares: public_contact, privacy_exception, quasi_identifiers.

What a publisher declares about personal data: office contacts by intent, and approved exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text, as_texts, read_day
from portal.findings.details import listed
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.text import LocalText


@dataclass(frozen=True)
class PrivacyException:
    """One entry of ``catalogue.privacy_exception`` that is complete."""

    fields: frozenset[str]
    reason: str
    approver: str
    day: str


@dataclass(frozen=True)
class Declarations:
    """All that a dataset declares. *quasi_identifiers* is None where nothing is said about them."""

    public_contact: tuple[str, ...] = ()
    exceptions: tuple[PrivacyException, ...] = ()
    quasi_identifiers: tuple[str, ...] | None = None
    findings: tuple[Finding, ...] = ()

    def exception_for(self, names: Iterable[str]) -> PrivacyException | None:
        """Return the exception that speaks of a place by one of its *names*."""
        wanted = set(names)
        return next((item for item in self.exceptions if not wanted.isdisjoint(item.fields)), None)


def declared(dataset: Dataset, today: date) -> Declarations:
    """Read what *dataset* declares; entries that are incomplete are findings and have no effect.

    Nobody has approved yet what bears a date after *today*.
    """
    catalogue = dataset.catalogue
    exceptions: list[PrivacyException] = []
    findings: list[Finding] = []
    stated = catalogue.get("privacy_exception")
    for number, entry in enumerate([] if stated is None else _listed(stated), start=1):
        said = as_mapping(entry)
        exception = PrivacyException(
            frozenset(_texts(said.get("fields"))),
            as_text(said.get("reason")),
            as_text(said.get("approved_by")),
            as_text(said.get("date")),
        )
        missing = list(_missing(exception, today))
        if missing:
            findings.append(
                found(
                    "privacy-exception-incomplete",
                    dataset=dataset.name,
                    file=dataset.descriptor_file,
                    field="catalogue.privacy_exception",
                    number=number,
                    missing=listed(missing),
                )
            )
        else:
            exceptions.append(exception)
    quasi = catalogue.get("quasi_identifiers")
    return Declarations(
        public_contact=_texts(catalogue.get("public_contact")),
        exceptions=tuple(exceptions),
        quasi_identifiers=None if quasi is None else _texts(quasi),
        findings=tuple(findings),
    )


def _missing(exception: PrivacyException, today: date) -> Iterator[LocalText]:
    if not exception.fields:
        yield LocalText("fields", "fields")
    if not exception.reason:
        yield LocalText("reason", "reason")
    if not exception.approver:
        yield LocalText("approved_by", "approved_by")
    day = read_day(exception.day)
    if day is None:
        yield LocalText("date", "date")
    elif day > today:
        yield LocalText(f"date（{day} 晚于今天）", f"date ({day} is after today)")


def _listed(value: Any) -> list[Any]:
    return as_list(value) if isinstance(value, list) else [value]


def _texts(value: Any) -> tuple[str, ...]:
    return as_texts(_listed(value)) if value is not None else ()
