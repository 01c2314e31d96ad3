"""Columns of names (姓名, 户主) beside what says more of a person: telephone, diagnosis, marks at school, home.

A name alone says little. Beside health, need, faith, money, a birth date, school, a home or a telephone it is refused;
beside a sentence, a party, a score, an age or coordinates it may be meant for the public, as with officials and
athletes: a warning, and none where a post, an institution or a contest stands there, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from portal.examining.privacy.recognising.person_names import is_half_of_name, is_surname, share_of_names
from portal.examining.privacy.recognising.telephones import has_landline, is_local_number
from portal.examining.privacy.sieve import TableColumn
from portal.examining.privacy.sieved_cells import Cells
from portal.examining.privacy.sightings import Certainty

SAMPLE_ROWS = 500
NAMES_SHARE_MIN = 0.6
SURE_NAMES_SHARE_MIN = 0.8
HOMES_SHARE_MIN = 0.5
_TRAITS = frozenset(["birth", "sensitive", "id", "pupil", "origin"])
"""What a person would not have told."""
_PUBLIC_TRAITS = frozenset(["life", "age", "coordinates"])
"""What is told of public persons, too."""
_BESIDE_MAYBE = frozenset(["birth", "sensitive", "age", "sex", "pupil"])
"""Beside one of these a column called name that holds names is one of people."""
_PLACE = re.compile("[县区市镇乡村街路巷组屯寨弄号]|社区|小区|花园|家属院")


class NamedPeople:
    """The columns of people in one table; *columns* are those that are filled."""

    def __init__(self, cells: Cells, columns: Sequence[TableColumn]) -> None:
        self._cells = cells
        self._beside = [column for column in columns if not column.is_public_contact]
        self._roles = frozenset().union(*(column.roles for column in self._beside if "count" not in column.roles))
        self.persons = [
            *self._named("person", NAMES_SHARE_MIN, by_shape=True),
            *self._named("person_by_kind", NAMES_SHARE_MIN, by_shape=False),
            *self._surnames(),
            *self._halves(),
        ]
        """Columns that are for names of persons by their title and hold some."""
        if not self.persons and not self._roles.isdisjoint(_BESIDE_MAYBE):
            by_shape = "birth" in self._roles
            self.persons = self._named("maybe_person", SURE_NAMES_SHARE_MIN, by_shape=by_shape)

    def judged(
        self, personal: Collection[int], office_mail: Collection[int], addresses: Collection[int]
    ) -> Iterator[tuple[TableColumn, Certainty]]:
        """Yield the columns whose names stand beside something that makes them personal data.

        *personal* are the columns with an identifier, *office_mail* with any e-mail, *addresses* with a house number.
        """
        hits, office_mailed, housed = (
            any(column.number in numbers for column in self._beside) for numbers in (personal, office_mail, addresses)
        )
        landline = self._any_cell("phone", has_landline)
        if self.persons:
            at_work = "post" in self._roles
            lives = self._has_homes() and not housed
            traits = frozenset().union(*map(self._traits_of, self._beside))
            refused = hits or landline or office_mailed or housed or bool(traits)
            local = self._any_cell("phone", is_local_number)
            refused = refused or ((local or lives) and not at_work)
            asked = (
                local
                or lives
                or self._is_told_of_officials
                or (not at_work and not _PUBLIC_TRAITS.isdisjoint(self._roles))
            )
            for column in self.persons if refused or asked else []:
                yield column, "certain" if refused else "suspect"
        offices = self._named("office_person", NAMES_SHARE_MIN, by_shape=False)
        for column in offices if hits or landline or office_mailed else []:
            yield column, "certain" if hits else "office"

    def _traits_of(self, column: TableColumn) -> frozenset[str]:
        """Return what the title of *column* says of a person that nobody would have told."""
        if "count" in column.roles or ("origin" in column.roles and "rank" in self._roles):
            return frozenset()
        return column.roles & _TRAITS

    @property
    def _is_told_of_officials(self) -> bool:
        return "origin" in self._roles and "rank" in self._roles

    def _named(self, role: str, share_min: float, *, by_shape: bool) -> list[TableColumn]:
        return [
            column
            for column in self._beside
            if role in column.roles and share_of_names(self._sample(column), by_shape=by_shape) >= share_min
        ]

    def _surnames(self) -> list[TableColumn]:
        return [
            column
            for column in self._beside
            if "surname" in column.roles and self._sample(column) and all(map(is_surname, self._sample(column)))
        ]

    def _halves(self) -> list[TableColumn]:
        """Return the columns for first or last names, one word a cell."""
        halves = [column for column in self._beside if "half" in column.roles]
        return [
            column
            for column in halves
            if sum(map(is_half_of_name, self._sample(column)))
            >= SURE_NAMES_SHARE_MIN * max(1, len(self._sample(column)))
        ]

    def _sample(self, column: TableColumn) -> list[str]:
        return self._cells.sample(column.number, SAMPLE_ROWS)

    def _any_cell(self, role: str, test: Callable[[str], bool]) -> bool:
        return any(test(cell) for column in self._beside if role in column.roles for cell in self._sample(column))

    def _has_homes(self) -> bool:
        """Whether a column for addresses or rooms, not those of an office, holds some."""
        for column in self._beside:
            if "office_address" in column.roles or column.roles.isdisjoint(["dwelling", "address", "home"]):
                continue
            cells = self._sample(column)
            if "dwelling" in column.roles or sum(map(bool, map(_PLACE.search, cells))) >= HOMES_SHARE_MIN * len(cells):
                return True
        return False
