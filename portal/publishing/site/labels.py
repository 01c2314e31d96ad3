"""Labels on pages in one language: facets and their values, column types, constraints.

What codes are called.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.catalog import Field
from portal.model.portal import Directory
from portal.model.terms import AREAS, LICENCES, OPEN_STATES, SHARING_TYPES, UPDATE_CYCLES
from portal.model.text import LocalText, enumerated
from portal.publishing.formats.places import is_division_code, place_name
from portal.publishing.site.pattern_words import pattern_in_words


class Labels:
    """Looks up names in *lang*; what has none stands as it is."""

    def __init__(self, directory: Directory, lang: str) -> None:
        self.lang = lang
        self._values: Mapping[str, Mapping[str, LocalText]] = {
            "publisher": {item.id: item.title for item in directory.publishers},
            "theme": {item.id: item.title for item in directory.themes},
            "area": AREAS,
            "license": {item.id: item.title for item in LICENCES.values()},
            "sharing": SHARING_TYPES,
            "update_cycle": UPDATE_CYCLES,
            "spatial": dict(directory.portal.places),
            "open": OPEN_STATES,
        }

    def value(self, facet: str, value: str) -> str:
        """Return what *value* of *facet* is called."""
        known = self._values.get(facet, {}).get(value)
        if known is None and facet == "spatial":
            known = place_name(value)
            if not known and is_division_code(value):
                return translate(self.lang, "Division %(code)s", code=value)
        return known.to(self.lang) if known else value

    def facet(self, name: str) -> str:
        """Return what a facet is called."""
        return translate(self.lang, _FACET_TITLES[name])

    def type(self, name: str) -> str:
        """Return what a type of Table Schema is called; the type ``any`` says nothing and is ""."""
        if name == "any":
            return ""
        return translate(self.lang, _TYPE_TITLES[name]) if name in _TYPE_TITLES else name

    def field(self, field: Field) -> str:
        """Return the title of a field, "" where it is no other than the field's name."""
        title = field.title.to(self.lang)
        return "" if title == field.name else title

    def rules(self, field: Field, example: str = "") -> tuple[str, ...]:
        """Return the constraints of a field as short sentences; *example* is a value where a pattern has no words."""
        sentences = []
        for name, value in field.constraints.items():
            if name == "pattern":
                sentences.append(self._pattern(str(value), example))
                continue
            message = _RULES.get(name)
            if message is None or value is False:
                continue
            if isinstance(value, list):
                shown = enumerated(self.lang, (str(item) for item in value[:12])) + ("…" if len(value) > 12 else "")
            else:
                shown = str(value)
            sentences.append(translate(self.lang, message, value=shown))
        return tuple(sentences)

    def _pattern(self, pattern: str, example: str) -> str:
        words = pattern_in_words(pattern, self.lang)
        if words:
            return translate(self.lang, _("Written so: %(value)s"), value=words)
        if example:
            return translate(self.lang, _("Always written in one way, like %(example)s"), example=example)
        return translate(self.lang, _("Always written in one way"))


_FACET_TITLES = {
    "publisher": _("Publisher"),
    "theme": _("Topic"),
    "area": _("Key area"),
    "format": _("Format"),
    "license": _("Licence"),
    "sharing": _("Sharing"),
    "open": _("Openness"),
    "update_cycle": _("Update cycle"),
    "spatial": _("Region"),
    "year": _("Year of last update"),
}

_TYPE_TITLES = {
    "string": _("Text"),
    "integer": _("Whole number"),
    "number": _("Number"),
    "boolean": _("Yes or no"),
    "date": _("Date"),
    "datetime": _("Date and time"),
    "time": _("Time"),
    "year": _("Year"),
    "yearmonth": _("Year and month"),
    "duration": _("Duration"),
    "geopoint": _("Coordinates"),
    "geojson": _("GeoJSON"),
    "object": _("JSON object"),
    "array": _("JSON array"),
    "list": _("List"),
}

_RULES = {
    "required": _("Required"),
    "unique": _("No value occurs twice"),
    "enum": _("One of: %(value)s"),
    "minimum": _("At least %(value)s"),
    "maximum": _("At most %(value)s"),
    "exclusiveMinimum": _("More than %(value)s"),
    "exclusiveMaximum": _("Less than %(value)s"),
    "minLength": _("At least %(value)s characters"),
    "maxLength": _("At most %(value)s characters"),
}
