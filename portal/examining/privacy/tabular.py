"""Personal data in columns of a table: ID cards, phones, bank cards, names, judged by cells and titles.

One table: which columns hold personal data or secrecy marks, by what stands in the cells and over them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from stdnum.cn import uscc

from portal.examining.privacy.hits_in_places import ALIKE_MIN, CHANCE_SHARE
from portal.examining.privacy.named_people import NamedPeople
from portal.examining.privacy.recognising.detectors import (
    ID_SHAPE,
    LETTERS,
    Hit,
    find_cards,
    find_ids,
    find_plates,
)
from portal.examining.privacy.recognising.home_addresses import find_addresses, find_dwellings
from portal.examining.privacy.recognising.mailboxes import find_emails, find_likely_emails
from portal.examining.privacy.recognising.masking import masked
from portal.examining.privacy.recognising.named_people_in_text import find_labelled_people
from portal.examining.privacy.recognising.openness_marks import tells_of_openness
from portal.examining.privacy.recognising.passages import hits_in
from portal.examining.privacy.recognising.person_documents import (
    find_old_ids,
    find_passports,
    find_stated_documents,
    find_stated_ids,
)
from portal.examining.privacy.recognising.person_names import has_name_shape
from portal.examining.privacy.recognising.secrecy_marks import find_marks, may_hold_mark
from portal.examining.privacy.recognising.spelling import normal, without_float
from portal.examining.privacy.recognising.telephones import find_mobiles, only_telephones
from portal.examining.privacy.sieve import TableColumn
from portal.examining.privacy.sieved_cells import NO_PLAIN_NUMBER, Cells, Count
from portal.examining.privacy.sightings import KINDS_IN_TEXT, Certainty, Sighting
from portal.examining.reading.sheets.trailing_rows import is_total
from portal.findings.finding import ROWS_KEPT_MAX

CARDS_SHARE_MIN = 0.8
CARDS_MIN = 5
PLATES_SHARE_MIN = 0.8
PLATES_MIN = 5
CHANCE_MIN = 50
"""From so many numbers of one length on, few valid ones among them are put down to chance."""

KNOWN_MAX = 200_000
"""Texts that are remembered; what is seen elsewhere and not among them is told once more."""
UNSURE_MAX = 1_000
"""Numbers in notes that are held back until their rows tell whether they are totals."""
FIRST_NAMES = 50
_FILLED = "[^ ]"
_LONG_NUMBER = r"^ *[1-9](?:[ -]?[0-9]){8,13}(?:\.[0-9]+)? *$"

CONTACT_KINDS = frozenset(["phone", "email", "name", "address"])
"""What a column declared as public contact may hold; never an identity number or a card."""

_PLACES = re.compile("位置|坐落|地点|场所|部位|机构|单位|企业|公司|所在")
"""Titles of columns where an address, with a room too, is that of a place."""
_WHOLE_ID = re.compile(rf" *{LETTERS}{ID_SHAPE}{LETTERS} *")


@dataclass
class _Tally:
    """What was seen of one kind in one column, as it is counted."""

    count: int = 0
    whole: int = 0
    masked: str = ""
    records: list[int] = field(default_factory=list)

    def add(self, record: int, hit: Hit) -> None:
        self.count += 1
        self.whole += hit.is_whole
        self.masked = self.masked or hit.masked
        if len(self.records) < ROWS_KEPT_MAX and record not in self.records[-1:]:
            self.records.append(record)


class TableScreen:
    """Looks through one table; `sightings` gives what it saw, with records of the text as rows.

    *notes* are records that are no data: a note is read as running text, whatever the title of its column says. With
    *is_remembering* the texts of identifiers are kept in `known`, to know them again elsewhere in the file.
    """

    def __init__(
        self,
        cells: Cells,
        columns: Sequence[TableColumn],
        today: date,
        *,
        notes: Collection[int] = (),
        is_remembering: bool = False,
    ) -> None:
        self.cells = cells
        self.columns = columns
        self.today = today
        self.tallies: dict[tuple[int, str], _Tally] = {}
        self.shaped_ids: dict[int, int] = {}
        self.filled: list[Count] = []
        self.notes = notes
        self.is_remembering = is_remembering
        self.known: set[str] = set()
        self.noted: dict[tuple[int, str], _Tally] = {}
        self.unsure: list[tuple[int, int, Hit]] = []

    def sightings(self) -> Iterator[Sighting]:
        """Yield what was seen, column by column."""
        if not self.columns:
            return
        self.filled = self.cells.counts([NO_PLAIN_NUMBER if item.is_number else item.sieve for item in self.columns])
        hot = {number: self.columns[number].sieve for number, count in enumerate(self.filled) if count.passed}
        if hot:
            for record, number, text in self.cells.holding(hot):
                if record in self.notes:
                    hits = self._note_hits(record, number, text)
                    tallies = self.noted
                else:
                    hits = list(self._hits(self.columns[number], without_float(normal(text))))
                    tallies = self.tallies
                for hit in hits:
                    tally = tallies.get((number, hit.kind))
                    if tally is None:
                        tally = tallies[number, hit.kind] = _Tally()
                    tally.add(record, hit)
                if self.is_remembering and len(self.known) < KNOWN_MAX:
                    self.known.update(hit.text for hit in (*hits, *hits_in(text, self.today)))
        people = NamedPeople(self.cells, [item for item in self.columns if self.filled[item.number].filled])
        yield from self._judged(bool(people.persons))
        personal = {number for (number, kind), tally in self.tallies.items() if self._is_personal(number, kind, tally)}
        for column, certainty in people.judged(personal, self._holding("email-office"), self._holding("address-open")):
            yield self._name_sighting(column, certainty)
        yield from self._in_notes()

    def _note_hits(self, record: int, number: int, text: str) -> list[Hit]:
        """Return what a cell of a note holds; a bare number may be a total, which the row must tell."""
        hits = [_plain(hit) for hit in hits_in(text, self.today)]
        if "phone" not in self.columns[number].roles and len(self.unsure) < UNSURE_MAX:
            self.unsure += [(record, number, hit) for hit in hits if hit.kind.startswith("phone") and hit.is_whole]
            hits = [hit for hit in hits if not (hit.kind.startswith("phone") and hit.is_whole)]
        return hits

    def _in_notes(self) -> Iterator[Sighting]:
        rows = self.cells.rows_at({record for record, _, _ in self.unsure}) if self.unsure else {}
        for record, number, hit in self.unsure:
            if not is_total(rows.get(record, ())):
                self.noted.setdefault((number, hit.kind), _Tally()).add(record, hit)
        for (number, noted), tally in sorted(self.noted.items()):
            kind, certainty = KINDS_IN_TEXT.get(noted, (noted, "certain"))
            yield Sighting(
                kind,
                certainty,
                count=tally.count,
                masked=tally.masked,
                rows=tuple(tally.records),
                column=number + 1,
                place="notes",
            )

    def _hits(self, column: TableColumn, text: str) -> Iterator[Hit]:
        roles = column.roles
        if _WHOLE_ID.fullmatch(text):
            self.shaped_ids[column.number] = self.shaped_ids.get(column.number, 0) + 1
        found = [hit for hit in find_ids(text, self.today) if not ("credit_code" in roles and uscc.is_valid(hit.text))]
        if "id" in roles:
            found = [replace(hit, kind="id") for hit in found]
            found = found or list(find_old_ids(text, self.today))
            found = found or list(find_stated_ids(text, self.today, is_licence="licence" in roles))
        yield from found
        for hit in find_mobiles(only_telephones(text) if "url" in roles else text, is_hinted="phone" in roles):
            yield _plain(hit)
        yield from self._cards(column, text)
        if "passport" in roles:
            yield from find_passports(text)
        elif not ("id" in roles and found):
            yield from find_stated_documents(text, self.today)
        yield from find_plates(text, is_hinted="plate" in roles)
        yield from find_likely_emails(text)
        if "@" in text:
            yield from find_emails(text)
            yield from (replace(hit, kind="email-office") for hit in find_emails(text, private_only=False))
        is_home = "home" in roles and "office_address" not in roles
        if is_home or ("address" in roles and "office_address" not in roles):
            yield from (
                replace(hit, kind="address" if is_home else "address-open")
                for hit in find_addresses(text, is_hinted=True)
            )
        elif "office_address" not in roles:
            homes = list(find_addresses(text))
            rooms = find_dwellings(text)
            yield from homes or (
                replace(hit, kind="address-room") if _PLACES.search(column.label) else hit for hit in rooms
            )
        yield from find_labelled_people(text)
        if may_hold_mark(text):
            yield from find_marks(text, title=column.label, is_work="work" in roles)

    def _cards(self, column: TableColumn, text: str) -> Iterator[Hit]:
        """Find cards; a bare number that is all of its cell counts by the share of such cells."""
        if "card" in column.roles:
            yield from find_cards(text, is_hinted=True)
        elif text.strip().replace(" ", "").isdigit():
            yield from (replace(hit, kind="card-by-share") for hit in find_cards(text, is_hinted=True) if hit.is_whole)
        else:
            yield from find_cards(text)

    def _judged(self, has_persons: bool) -> Iterator[Sighting]:
        for (number, kind), tally in sorted(self.tallies.items()):
            column = self.columns[number]
            judged = self._judge(column, kind, tally, has_persons)
            if judged and not (column.is_public_contact and judged[0] in CONTACT_KINDS):
                yield self._sighting(column, *judged, tally)

    def _judge(self, column: TableColumn, kind: str, tally: _Tally, has_persons: bool) -> tuple[str, Certainty] | None:
        """Say what a tally means in its column, None where it means nothing."""
        if kind == "id":
            return "id", "suspect" if self._is_chance_id(column, tally) else "certain"
        if kind in ("phone", "phone-loose"):
            return self._judge_phone(column, kind, tally)
        if kind in ("id-loose", "email-likely"):
            plain = kind.partition("-")[0]
            return None if (column.number, plain) in self.tallies else (plain, "suspect")
        if kind == "card-by-share":
            enough = max(CARDS_MIN, CARDS_SHARE_MIN * self.filled[column.number].filled)
            return ("card", "certain") if tally.count >= enough else None
        if kind in ("plate", "plate-bare"):
            return "plate", "certain" if self._are_plates(column, kind, tally) else "suspect"
        if kind == "secrecy-openness" and tells_of_openness(column.label):
            # Of some rows it says that they are not public: it speaks of them, not of the file.
            return ("secrecy", "suspect") if tally.count >= self.filled[column.number].filled else None
        if kind in ("secrecy-word", "secrecy-openness"):
            return "secrecy", "suspect"
        if kind == "email-office":
            private = self.tallies.get((column.number, "email"), _Tally())
            if tally.count == private.count or not (has_persons or "email" in column.roles):
                return None
            return ("email", "certain" if has_persons else "office") if not private.count else None
        if kind == "address-room":
            if (column.number, "address") in self.tallies:
                return None
            return "address", "certain" if has_persons else "suspect"
        if kind == "address-open":
            return ("address", "certain") if has_persons else None
        return kind, "certain"

    def _judge_phone(self, column: TableColumn, kind: str, tally: _Tally) -> tuple[str, Certainty] | None:
        if kind == "phone-loose" and (column.number, "phone") in self.tallies:
            return None
        is_bare = tally.whole == tally.count
        if "hotline" in column.roles:
            return "phone", "contact"
        if "phone" in column.roles or not (is_bare or kind == "phone-loose"):
            return "phone", "certain"
        if "quantity" in column.roles or "count" in column.roles:
            return None
        if "code" in column.roles or kind == "phone-loose":
            return "phone", "suspect"
        alike = self.cells.number_of(column.number, _LONG_NUMBER)
        is_chance = alike - tally.count >= ALIKE_MIN and tally.count < CHANCE_SHARE * alike
        return "phone", "suspect" if is_chance else "certain"

    def _are_plates(self, column: TableColumn, kind: str, tally: _Tally) -> bool:
        """Whether a column of plates or vehicles holds them, a word says so, or nearly all of its cells are plates."""
        if "plate" in column.roles:
            return True
        if "code" in column.roles or "model" in column.roles:
            return False
        enough = max(PLATES_MIN, PLATES_SHARE_MIN * self.filled[column.number].filled)
        return kind == "plate" or "vehicle" in column.roles or tally.whole >= enough

    def _is_chance_id(self, column: TableColumn, tally: _Tally) -> bool:
        """Whether numbers that pass are as many as chance lets pass: one in eleven of those with the right shape."""
        if "id" in column.roles or tally.whole < tally.count:
            return False
        shaped = self.shaped_ids.get(column.number, 0)
        if shaped >= 10:
            return tally.whole < 0.5 * shaped
        of_length = self.cells.number_of(column.number, f"^ *{LETTERS}[0-9]{{17}}[0-9Xx]{LETTERS} *$")
        return of_length >= CHANCE_MIN and tally.whole < 0.05 * of_length

    def _holding(self, kind: str) -> set[int]:
        return {number for number, held in self.tallies if held == kind}

    def _is_personal(self, number: int, kind: str, tally: _Tally) -> bool:
        is_plate = kind == "plate-bare" and self._are_plates(self.columns[number], kind, tally)
        return kind in _MAKES_PERSONAL or is_plate

    def _name_sighting(self, column: TableColumn, certainty: Certainty) -> Sighting:
        filled = self.cells.holding({column.number: _FILLED})
        first = [(record, text) for record, _, text in islice(filled, FIRST_NAMES) if record not in self.notes]
        shown = next((text.strip() for _, text in first if has_name_shape(text)), first[0][1].strip() if first else "")
        records = [record for record, _ in first]
        noted = self.cells.rows_at(self.notes).values() if self.notes else ()
        no_names = sum(1 for row in noted if column.number < len(row) and row[column.number])
        count = self.filled[column.number].filled - no_names
        tally = _Tally(count, masked=masked("name", shown), records=records)
        return self._sighting(column, "name", certainty, tally)

    def _sighting(self, column: TableColumn, kind: str, certainty: Certainty, tally: _Tally) -> Sighting:
        return Sighting(
            kind,
            certainty,
            count=tally.count,
            masked=tally.masked,
            rows=tuple(tally.records),
            column=column.number + 1,
            field=column.label,
            names=column.names,
        )


def _plain(hit: Hit) -> Hit:
    """Return a mobile without a word before it as one like any other: in a table the column decides."""
    return replace(hit, kind="phone") if hit.kind in ("phone-bare", "phone-grouped") else hit


_MAKES_PERSONAL = frozenset(["id", "phone", "card", "passport", "plate", "email", "address"])
