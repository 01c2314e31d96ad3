"""Records of a listing translated by its mapping: fields, dates, openness; unknown values counted.

What the mapping has no meaning for is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from portal.examining.reading.descriptors.paths import is_web_address
from portal.examining.reading.descriptors.wanted_values import read_day
from portal.incoming.listing.format_words import format_of
from portal.incoming.listing.listed_values import has_path, texts_of, value_at
from portal.incoming.listing.mapping import FieldRule, ListMapping
from portal.incoming.listing.mapping_check import DAY_FIELDS, LIST_FIELDS, TERMS, TEXT_FIELDS
from portal.incoming.records.record import CatalogueRecord, Place, plain_title
from portal.model.catalog import Theme
from portal.model.guide import VOLUME_FIELDS, Volume, term_id
from portal.model.html_tags import without_tags
from portal.model.text import clauses

VALUES_COUNTED_MAX = 1000
"""Different values of one field that are counted one by one."""
PARTS_MAX = 200
"""Values of one cell that are taken."""

_FROM_CLOSED = ("closed", "planned", "conditional", "open")

Row = Mapping[str, str]


@dataclass
class Unmapped:
    """A value that the mapping has no meaning for: how often, where first, and what was taken instead."""

    number: int = 0
    first: Place = Place()
    taken: tuple[str, ...] = ()


@dataclass
class Tally:
    """What a mapping left over. Values by field of the catalogue, field of the listing and value."""

    values: dict[tuple[str, str, str], Unmapped] = field(default_factory=dict)
    uncounted: dict[str, int] = field(default_factory=dict)
    """Of a field with very many unmapped values, how many more there were."""

    def note(self, target: str, source: str, value: str, place: Place, taken: tuple[str, ...] = ()) -> None:
        """Count one value."""
        key = (target, source, value)
        counted = self.values.get(key)
        if counted is None:
            if sum(1 for other in self.values if other[0] == target) >= VALUES_COUNTED_MAX:
                self.uncounted[target] = self.uncounted.get(target, 0) + 1
                return
            counted = self.values[key] = Unmapped(0, place, taken)
        counted.number += 1


class Mapper:
    """Makes records of rows by one mapping. *department_of* gives the whole name and id of a department's name."""

    def __init__(
        self, mapping: ListMapping, themes: Iterable[Theme], department_of: Callable[[str], tuple[str, str]]
    ) -> None:
        self.mapping = mapping
        self.tally = Tally()
        self.department_of = department_of
        self.terms: dict[str, Callable[[str], str]] = {
            name: partial(term_id, terms=dict(terms)) for name, terms in TERMS.items()
        }
        self.themes = {theme.id: theme.title for theme in themes}
        self.terms["themes"] = partial(term_id, terms=self.themes)
        self._days: dict[str, str] = {}
        self._present: set[str] = set()
        self._keys: dict[str, int] = {}

    def record(self, row: Row, place: Place) -> CatalogueRecord | None:
        """Return the record that stands in *row*, None where it has no title."""
        values: dict[str, Any] = {}
        volume: dict[str, str] = {}
        for name, rule in self.mapping.fields.items():
            if name in VOLUME_FIELDS:
                volume[name] = self._text(name, rule, row, place)
            elif name in TEXT_FIELDS:
                values[TEXT_FIELDS[name]] = self._text(name, rule, row, place)
            elif name in LIST_FIELDS:
                values[name] = self._several(name, rule, row, place)
            elif name in DAY_FIELDS:
                values[name] = self._day(name, rule, row, place)
            elif name == "formats":
                tokens = self._several(name, rule, row, place)
                values["format_class"], values["format_type"], values["format_other"] = format_of(
                    tokens, lambda word: self.tally.note("formats", self._source_of("formats"), word, place, (word,))
                )
            elif name in ("themes", "areas"):
                values[name] = self._several(name, rule, row, place)
            elif name == "open":
                values |= self._openness(rule, row, place)
            else:
                found = self._several(name, rule, row, place)
                values["share_type" if name == "sharing" else name] = found[0] if found else ""
        title = " ".join(values["title"].split())
        if not title:
            return None
        stated = values.pop("provider")
        provider, publisher = self.department_of(stated) if stated else ("", "")
        if values.get("online_url") and not is_web_address(values["online_url"]):
            self.tally.note("online_url", self._source_of("online_url"), values["online_url"], place)
            values["online_url"] = ""
        key = values.pop("key", "")
        if not key and not values.get("code"):
            # Not the id of the department, which changes when publishers.yaml comes to know it.
            key = f"{plain_title(stated)}/{plain_title(title) or title}"
        if key:
            number = self._keys[key] = self._keys.get(key, 0) + 1
            key = f"{key}#{number}" if number > 1 else key
        return CatalogueRecord(
            **{
                "origin_title": self.mapping.title,
                "origin_url": self.mapping.url,
                "spatial": self.mapping.spatial,
                **{name: value for name, value in values.items() if value not in ("", ())},
                "title": title,
                "provider": provider,
                "publisher": publisher,
                "volume": Volume(**volume),
                "key": key,
                "source": place,
            }
        )

    def _source_of(self, name: str) -> str:
        sources = self.mapping.fields[name].sources
        return sources[0] if sources else ""

    def _cells(self, name: str, rule: FieldRule, row: Row, place: Place) -> list[tuple[str, list[str]]]:
        """Return the fields of the row that say something for a rule, each with its texts.

        What is no text, such as a geometry where the name of a place should stand, is noted and left out.
        """
        found = []
        for source in rule.sources:
            if source not in self._present and has_path(row, source):
                self._present.add(source)
            texts, others = texts_of(value_at(row, source))
            for other in others:
                self.tally.note(name, source, other, place)
            if rule.cut:
                texts = [rule.cut.sub("", text).strip() for text in texts]
            texts = [text for text in texts[:PARTS_MAX] if text and text not in rule.empty]
            if texts:
                found.append((source, texts))
                if not rule.is_merged:
                    break
        return found

    def absent(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each field of the catalogue whose sources no record has, with those sources."""
        for name, rule in self.mapping.fields.items():
            if rule.sources and not rule.value and self._present.isdisjoint(rule.sources):
                yield name, rule.sources

    def _text(self, name: str, rule: FieldRule, row: Row, place: Place) -> str:
        if rule.value:
            return rule.value
        texts: list[str] = []
        for _source, found in self._cells(name, rule, row, place):
            for text in found:
                texts.extend(rule.words.get(text, (without_tags(text),)))
        return clauses("zh", dict.fromkeys(texts)) or clauses("zh", rule.default)

    def _several(self, name: str, rule: FieldRule, row: Row, place: Place) -> tuple[str, ...]:
        """Return the values of a row in the words of the catalogue, each once."""
        if rule.value:
            return (rule.value,)
        term = self.terms.get(name)
        cells = self._cells(name, rule, row, place)
        found: dict[str, None] = {}
        is_stated = False
        for source, texts in cells:
            parts = [part for text in texts for part in (rule.split.split(text)[:PARTS_MAX] if rule.split else [text])]
            for part in parts:
                word = part.strip() if part else ""
                if not word or word in rule.empty:
                    continue
                is_stated = True
                if word in rule.words:
                    found.update(dict.fromkeys(self._meant(name, source, word, rule.words[word], place)))
                elif term is None:
                    found[word] = None
                elif known := term(word):
                    found[known] = None
                else:
                    taken = rule.unknown or (("conditional",) if name == "open" else ())
                    self.tally.note(name, source, word, place, taken)
                    found.update(dict.fromkeys(taken))
        return tuple(found) if is_stated else rule.default

    def _meant(self, name: str, source: str, word: str, meaning: tuple[str, ...], place: Place) -> tuple[str, ...]:
        """Return what a word means; topics that this portal does not have are reported and left out."""
        if name != "themes" or all(theme in self.themes for theme in meaning):
            return meaning
        known = tuple(theme for theme in meaning if theme in self.themes)
        self.tally.note(name, source, word, place, known)
        return known

    def _day(self, name: str, rule: FieldRule, row: Row, place: Place) -> str:
        if rule.value:
            return rule.value
        cells = self._cells(name, rule, row, place)
        for source, text in ((source, text) for source, texts in cells for text in texts):
            day = self._days.get(text)
            if day is None:
                day = _day_of(text, rule.formats)
                if len(self._days) < 100_000:
                    self._days[text] = day
            if day:
                return day
            self.tally.note(name, source, text, place)
        return rule.default[0] if rule.default else ""

    def _openness(self, rule: FieldRule, row: Row, place: Place) -> dict[str, Any]:
        """Return whether it is open, and the condition in the words of the listing.

        Never more open than the listing says: what has no meaning in the mapping counts as a condition, and where
        nothing is stated it is closed.
        """
        cells = [] if rule.value else self._cells("open", rule, row, place)
        states = self._several("open", rule, row, place)
        if not states:
            self.tally.note("open", self._source_of("open"), "", place, ("closed",))
        state = next((state for state in _FROM_CLOSED if state in states), "closed")
        if state != "conditional":
            return {"is_open": state == "open"}
        return {
            "is_open": True,
            "open_condition": clauses("zh", (text for _, texts in cells for text in texts)) or "有条件开放",
        }


def _day_of(text: str, formats: tuple[str, ...]) -> str:
    """Return a day as ISO 8601 writes it, "" for what is none.

    >>> _day_of("2022-06-14 08:00:00", ()), _day_of("2022年6月14日", ("%Y年%m月%d日",)), _day_of("暂无", ())
    ('2022-06-14', '2022-06-14', '')
    """
    for format_ in formats:
        try:
            return datetime.strptime(text, format_).date().isoformat()
        except ValueError:
            continue
    day = read_day(text)
    return day.isoformat() if day else ""
