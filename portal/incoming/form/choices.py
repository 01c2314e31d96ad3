"""Drop-down lists of the form: licences, openness, update cycles, publishers, topics; 是 and 否.

What may be chosen: the closed lists, and the publishers and topics of one portal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.incoming.form.questions import FIELD_TYPES
from portal.model.catalog import Publisher, Theme
from portal.model.terms import AREAS, GRANULARITIES, LICENCES, REFERENCE_SYSTEMS, SHARING_TYPES, THEMES, UPDATE_CYCLES

YES, NO = "是", "否"
OPEN = "无条件开放"
OPEN_STATES = {OPEN: "open", "有条件开放": "conditional", "计划开放": "planned", "不予开放": "closed"}


@dataclass(frozen=True)
class Choices:
    """What may be chosen in one portal: its publishers and topics, and the licence that it proposes."""

    publishers: tuple[Publisher, ...] = ()
    themes: tuple[Theme, ...] = THEMES
    licence: str = ""

    def of(self, name: str) -> Mapping[str, str]:
        """Return the list *name*: what stands in the descriptor by what a clerk chooses.

        >>> Choices().of("update_cycles")["每月"]
        'monthly'
        """
        if name == "publishers":
            return {item.title.zh: item.id for item in self.publishers}
        if name == "themes":
            return {item.title.zh: item.id for item in self.themes}
        return _CLOSED_LISTS[name]


_CLOSED_LISTS: Mapping[str, Mapping[str, str]] = {
    "licences": {item.title.zh: item.id for item in LICENCES.values()},
    "open_states": OPEN_STATES,
    "sharing_types": {title.zh: key for key, title in SHARING_TYPES.items()},
    "update_cycles": {title.zh: key for key, title in UPDATE_CYCLES.items()},
    "granularities": {title.zh: key for key, title in GRANULARITIES.items()},
    "areas": {title.zh: key for key, title in AREAS.items()},
    "reference_systems": {title.zh: key for key, title in REFERENCE_SYSTEMS.items()},
    "types": {title: title for title in FIELD_TYPES},
    "yes_no": {YES: YES, NO: NO},
}
LIST_NAMES = ("publishers", "themes", *_CLOSED_LISTS)
