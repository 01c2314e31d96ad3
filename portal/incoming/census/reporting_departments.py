"""Departments that report in the census, known by present and former names; who has not reported yet.

The departments are those of publishers.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from datetime import date

from portal.incoming.records.record import plain_title
from portal.model.catalog import Publisher

_NO_DEPARTMENT = "公共企事业单位"
"""The kind of publisher that the census does not ask."""
_SHORT_NAME_MIN = 3
"""The fewest characters of a department's name without the place in front: 教育局."""


class ReportingDepartments:
    """Finds departments by the names they have and had."""

    def __init__(self, publishers: tuple[Publisher, ...] = ()) -> None:
        self.publishers = publishers
        self.by_name: dict[str, Publisher] = {}
        for publisher in publishers:
            for name in publisher.former_names:
                self.by_name.setdefault(plain_title(name), publisher)
        for publisher in publishers:
            self.by_name[plain_title(publisher.title.zh)] = publisher

    def named(self, name: str) -> Publisher | None:
        """Return the department of that name, now or formerly; spaces and marks do not matter.

        >>> from portal.model.text import LocalText
        >>> bureau = Publisher("education", LocalText("示范市教育局"), former_names=("示范市教委",))
        >>> departments = ReportingDepartments((bureau,))
        >>> departments.named("示范市 教育局") == departments.named("示范市教委") == bureau
        True
        """
        return self.by_name.get(plain_title(name))

    def of_file(self, stem: str) -> Publisher | None:
        """Return the department after which a workbook is called, None where that is not clear, as of two in it.

        A name may stand in it whole, or be all of it without what stands in front, as departments of one city do.
        A name that is part of a longer one there is not meant.

        >>> from portal.model.text import LocalText
        >>> bureau = Publisher("education", LocalText("示范市教育局"))
        >>> departments = ReportingDepartments((bureau,))
        >>> departments.of_file("2026示范市教育局普查表") == departments.of_file("教育局") == bureau
        True
        >>> departments.of_file("局") is departments.of_file("普查表") is None
        True
        """
        plain = plain_title(stem)
        standing = self._standing_in(plain)
        if standing:
            return next(iter(standing.values())) if len(standing) == 1 else None
        short = {item.id: item for name, item in self.by_name.items() if name.endswith(plain)}
        return next(iter(short.values())) if len(short) == 1 and len(plain) >= _SHORT_NAME_MIN else None

    def _standing_in(self, plain: str) -> dict[str, Publisher]:
        """Return by id the departments whose names stand in a plain text, other than within a longer name."""
        places = [
            (match.start(), match.start() + len(name), publisher)
            for name, publisher in self.by_name.items()
            if name and name in plain
            for match in re.finditer(f"(?={re.escape(name)})", plain)
        ]
        return {
            publisher.id: publisher
            for start, end, publisher in places
            if not any(
                first <= start and end <= last and last - first > end - start for first, last, _publisher in places
            )
        }

    def not_reported(self, reported: Container[str], on: date) -> Iterator[Publisher]:
        """Yield the departments that are to report and whose ids are not among those that did.

        Not asked are public enterprises, those whose duties went to another, and those that are only to come.
        """
        for publisher in self.publishers:
            is_yet_to_come = publisher.valid_from is not None and publisher.valid_from > on
            if publisher.kind == _NO_DEPARTMENT or publisher.successor or is_yet_to_come:
                continue
            if publisher.id not in reported:
                yield publisher
