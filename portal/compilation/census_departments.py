"""The departments of publishers.yaml as the census asks them: by the names they have and had, who is to report."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from portal.compilation.records import plain_title
from portal.model.catalog import Publisher

_NO_DEPARTMENT = "公共企事业单位"
"""The kind of publisher that the census does not ask."""


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
