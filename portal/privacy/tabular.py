"""One table: which columns hold personal data or secrecy marks, by what stands in the cells and over them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from stdnum.cn import uscc

from portal.privacy.cells import NO_PLAIN_NUMBER, Cells, Count
from portal.privacy.detectors import (
    ADDRESS_SHAPE,
    ID_SHAPE,
    PLATE_PROVINCES,
    Hit,
    find_addresses,
    find_cards,
    find_emails,
    find_ids,
    find_mobiles,
    find_old_ids,
    find_passports,
    find_plates,
    has_landline,
    normal,
    without_float,
)
from portal.privacy.hints import roles_of
from portal.privacy.masking import masked
from portal.privacy.names import share_of_names
from portal.privacy.passages import hits_in
from portal.privacy.secrecy import CANDIDATE, find_marks, may_hold_mark
from portal.privacy.sightings import PLACES_SHOWN, Certainty, Sighting
from portal.reading.sheet_ends import is_total

# What `normal` makes a blank or a hyphen of.
_GAP = "[ \u00a0\u2000-\u200a\u202f\u205f\u3000\u2010-\u2015\u2212\u207b\u208b\ufe58\ufe63\uff0d-]"
_G = f"{_GAP}?"

SIEVE = "|".join(
    (
        rf"1[3-9][0-9]{_G}[0-9]{{4}}{_G}[0-9]{{4}}|1[3-9][0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}",
        rf"[1-9](?:{_G}[0-9]){{5}}{_G}(?:1{_G}[89]|2{_G}0)(?:{_G}[0-9]){{2}}{_G}[01]{_G}[0-9]{_G}[0-3](?:{_G}[0-9]){{4}}{_G}[0-9Xx]",
        r"^ *(?:62|4|5|35)(?: ?[0-9]){14,17}(?:\.0+)? *$",
        r"^ *[1-9]\.[0-9]{7,18}[Ee]\+?[0-9]{1,2} *$",
        rf"(?:银行卡|卡号|账号|帐号|账户|(?i:card))[^0-9]{{0,12}}[0-9](?:{_G}[0-9]){{14}}",
        "[０-９①-⑨⁰¹²³⁴-⁹₀-₉𝟎-𝟿\u200b\ufeff]",
        "[@＠﹫]",
        rf"[{PLATE_PROVINCES}][A-HJ-NP-ZＡ-Ｚ][·•.・ -]?[A-HJ-NP-Z0-9Ａ-Ｚ]{{4}}[A-HJ-NP-Z0-9Ａ-Ｚ挂学警港澳]",
        "住址|家住|现住|户籍地址|户籍所在地|居住地址|常住地址|家庭地址|暂住地",
        CANDIDATE,
        rf"[绝机秘絕機]{_GAP}密|[内內]{_GAP}部|外{_GAP}[传傳]|不{_G}[宜得]{_G}公{_G}开",
    )
)
"""What a cell must hold to be looked at in any column. A pattern of RE2 and of Python alike."""

_SIEVE_OF_ROLE = {
    "id": f"[1-9](?:{_G}[0-9]){{14}}",
    "phone": rf"1(?:(?:{_GAP}|\.){{0,2}}[0-9]){{10}}",
    "card": f"[0-9](?:{_G}[0-9]){{14}}",
    "passport": "[0-9]{7}",
    "plate": r"[A-HJ-NP-Z][·•.・ -]?[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]",
    "secrecy": "密|内部|內部",
    "home": ADDRESS_SHAPE,
    "address": ADDRESS_SHAPE,
}

SAMPLE_ROWS = 500
NAMES_SHARE_MIN = 0.6
CARDS_SHARE_MIN = 0.8
CARDS_MIN = 5
CHANCE_MIN = 50
"""From so many numbers of one length on, few valid ones among them are put down to chance."""

KNOWN_MAX = 200_000
"""Texts that are remembered; what is seen elsewhere and not among them is told once more."""
UNSURE_MAX = 1_000

CONTACT_KINDS = frozenset(["phone", "email", "name", "address"])
"""What a column declared as public contact may hold; never an identity number or a card."""

_WHOLE_ID = re.compile(rf" *{ID_SHAPE} *")


@dataclass(frozen=True)
class TableColumn:
    """A column by its position from 0, what its titles say, and how exceptions may name it."""

    number: int
    label: str
    roles: frozenset[str]
    names: tuple[str, ...]
    is_public_contact: bool = False
    is_number: bool = False
    """Whether the schema says number or date; what is none is refused by validation."""

    @property
    def sieve(self) -> str:
        """What a cell must hold to be looked at in this column."""
        return "|".join([SIEVE, *(_SIEVE_OF_ROLE[role] for role in sorted(self.roles) if role in _SIEVE_OF_ROLE)])


def table_columns(
    labels: Sequence[str],
    titles: Sequence[str],
    resource: str,
    public: frozenset[str],
    types: Sequence[str] = (),
) -> list[TableColumn]:
    """Return the columns of a table; *public* are the declared contacts.

    *titles* and *types* are those of the schema by position.
    """
    columns = []
    for number, label in enumerate(labels):
        title = titles[number] if number < len(titles) else ""
        names = tuple(dict.fromkeys(name for name in (label, f"{resource}.{label}", title) if name))
        roles = roles_of(label, title)
        is_number = number < len(types) and types[number] in _NUMBERS
        columns.append(TableColumn(number, label, roles, names, not public.isdisjoint(names), is_number))
    return columns


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
        if len(self.records) < PLACES_SHOWN and record not in self.records[-1:]:
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
                    tallies.setdefault((number, hit.kind), _Tally()).add(record, hit)
                if self.is_remembering and len(self.known) < KNOWN_MAX:
                    self.known.update(hit.text for hit in (*hits, *hits_in(text, self.today)))
        persons = self._name_columns("person", by_shape=True)
        yield from self._judged(bool(persons))
        yield from self._names(persons)
        yield from self._in_notes()

    def _note_hits(self, record: int, number: int, text: str) -> list[Hit]:
        """Return what a cell of a note holds; a bare number may be a total, which the row must tell."""
        hits = list(hits_in(text, self.today))
        if "phone" not in self.columns[number].roles and len(self.unsure) < UNSURE_MAX:
            self.unsure += [(record, number, hit) for hit in hits if hit.kind == "phone" and hit.is_whole]
            hits = [hit for hit in hits if not (hit.kind == "phone" and hit.is_whole)]
        return hits

    def _in_notes(self) -> Iterator[Sighting]:
        rows = self.cells.rows_at({record for record, _, _ in self.unsure}) if self.unsure else {}
        for record, number, hit in self.unsure:
            if not is_total(rows.get(record, ())):
                self.noted.setdefault((number, hit.kind), _Tally()).add(record, hit)
        for (number, kind), tally in sorted(self.noted.items()):
            yield Sighting(
                kind,
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
        for hit in find_ids(text, self.today):
            if not ("credit_code" in roles and uscc.is_valid(hit.text)):
                yield hit
        if "id" in roles:
            yield from find_old_ids(text, self.today)
        if "url" not in roles:
            yield from find_mobiles(text, is_hinted="phone" in roles)
        for hit in find_cards(text, is_hinted="card" in roles or text.strip().replace(" ", "").isdigit()):
            by_share = hit.is_whole and "card" not in roles
            yield replace(hit, kind="card-by-share") if by_share else hit
        if "passport" in roles:
            yield from find_passports(text)
        yield from find_plates(text, is_hinted="plate" in roles)
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
            yield from find_addresses(text)
        if may_hold_mark(text):
            yield from find_marks(text, title=column.label, is_work="work" in roles)

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
        if kind == "phone":
            return self._judge_phone(column, tally)
        if kind == "card-by-share":
            enough = max(CARDS_MIN, CARDS_SHARE_MIN * self.filled[column.number].filled)
            return ("card", "certain") if tally.count >= enough else None
        if kind == "plate" and "code" in column.roles and "plate" not in column.roles:
            return "plate", "suspect"
        if kind == "email-office":
            private = self.tallies.get((column.number, "email"), _Tally())
            if tally.count == private.count or not (has_persons or "email" in column.roles):
                return None
            return ("email", "certain" if has_persons else "office") if not private.count else None
        if kind == "address-open":
            return ("address", "certain") if has_persons else None
        return kind, "certain"

    def _judge_phone(self, column: TableColumn, tally: _Tally) -> tuple[str, Certainty] | None:
        is_bare = tally.whole == tally.count
        if "phone" in column.roles or not is_bare:
            return "phone", "certain"
        if "quantity" in column.roles or "count" in column.roles:
            return None
        if "code" in column.roles:
            return "phone", "suspect"
        of_length = self.cells.number_of(column.number, r"^ *[0-9]{11}(?:\.0+)? *$")
        is_chance = of_length >= CHANCE_MIN and tally.count < 0.3 * of_length
        return "phone", "suspect" if is_chance else "certain"

    def _is_chance_id(self, column: TableColumn, tally: _Tally) -> bool:
        """Whether numbers that pass are as many as chance lets pass: one in eleven of those with the right shape."""
        if "id" in column.roles or tally.whole < tally.count:
            return False
        shaped = self.shaped_ids.get(column.number, 0)
        if shaped >= 10:
            return tally.whole < 0.5 * shaped
        of_length = self.cells.number_of(column.number, "^ *[0-9]{17}[0-9Xx] *$")
        return of_length >= CHANCE_MIN and tally.whole < 0.05 * of_length

    def _name_columns(self, role: str, *, by_shape: bool) -> list[TableColumn]:
        """Return the columns that are for names by their title and hold some."""
        return [
            column
            for column in self.columns
            if role in column.roles
            and not column.is_public_contact
            and self.filled[column.number].filled
            and share_of_names(self.cells.sample(column.number, SAMPLE_ROWS), by_shape=by_shape) >= NAMES_SHARE_MIN
        ]

    def _names(self, persons: Iterable[TableColumn]) -> Iterator[Sighting]:
        """Yield columns of names that stand beside something that makes them personal data."""
        by_hit = {self.columns[number].number for number, kind in self.tallies if kind in _MAKES_PERSONAL}
        beside = [
            column for column in self.columns if not column.is_public_contact and self.filled[column.number].filled
        ]
        hits = any(column.number in by_hit for column in beside)
        landline = any("phone" in column.roles and self._has_landlines(column) for column in beside)
        traits = any(not _TRAITS.isdisjoint(column.roles) and "count" not in column.roles for column in beside)
        office_mail = any((column.number, "email-office") in self.tallies for column in beside)
        for column in persons:
            if hits or landline or traits or office_mail or self._has_open_address(beside):
                yield self._name_sighting(column, "certain")
        offices = self._name_columns("office_person", by_shape=False) if hits or landline or office_mail else []
        for column in offices:
            yield self._name_sighting(column, "certain" if hits else "office")

    def _has_landlines(self, column: TableColumn) -> bool:
        return any(map(has_landline, self.cells.sample(column.number, SAMPLE_ROWS)))

    def _has_open_address(self, beside: Iterable[TableColumn]) -> bool:
        return any((column.number, "address-open") in self.tallies for column in beside)

    def _name_sighting(self, column: TableColumn, certainty: Certainty) -> Sighting:
        first = self.cells.sample(column.number, 1)[0].strip()
        tally = _Tally(self.filled[column.number].filled, masked=masked("name", first))
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


_NUMBERS = frozenset("integer number date year boolean".split())
_MAKES_PERSONAL = frozenset(["id", "phone", "card", "passport", "plate", "email", "address"])
_TRAITS = frozenset(["birth", "sensitive"])
