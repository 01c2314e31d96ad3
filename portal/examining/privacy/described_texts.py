"""Personal data in datapackage.yaml, catalog.yaml, publishers.yaml, themes.yaml, lexicon.yaml: every key is looked at.

What people write beside the data is published with it: titles and notes of a dataset, who made it, the name and the
footer of the portal, the departments. No key is passed over; those that are for contacts may hold contacts, and nothing
else that leads to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from portal.examining.privacy.documents.text_found import NotRead
from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.passages import hits_in, redacted
from portal.examining.privacy.sightings import Sighting, gathered
from portal.examining.privacy.tabular import CONTACT_KINDS
from portal.examining.privacy.telling import WHAT
from portal.examining.reading.descriptors.wanted_values import as_mapping
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.errors import ConfigurationError
from portal.model.text import LocalText
from portal.settings import read_mapping

TEXTS_MAX = 20_000
"""Texts of one description that are looked at; where there are more, that is told."""
SETTINGS_FILES = ("catalog.yaml", "publishers.yaml", "themes.yaml")
LEXICON_FILES = ("lexicon.yaml", "lexicon-*.yaml")
"""Words of the search, which are published with its index."""

_KEYS_OF_CONTACTS = frozenset("contributors email contact contacts contactpoint maintainers maintainer author".split())
"""What stands below these keys of a description is whom to ask: telephones, mail, names and addresses are meant."""
_KEYS_OF_OFFICES = frozenset("phone email address".split())
"""The same, in settings of the portal."""
_REVIEW = "catalogue.review."
_TOO_MANY_TEXTS = LocalText("描述文件里的文字太多", "the description holds too many texts")


def in_description(dataset: Dataset, today: date) -> Iterator[Sighting | NotRead]:
    """Look at every text of the descriptor but the rows of a table that stand in it, and at the names of its keys."""
    texts = _texts(_without_rows(dataset.descriptor), "", is_contact=False)
    for key, text, is_contact in islice(texts, TEXTS_MAX):
        lines = text.replace("/", "\n") if key.endswith("path") else text
        place = {"file": dataset.descriptor_file, "place": key, "names": (key,)}
        yield from gathered(((None, hit) for hit in _meant_for_nobody(key, lines, is_contact, today)), **place)
    if next(texts, None) is not None:
        yield NotRead(_TOO_MANY_TEXTS, is_part=True)


def in_settings(datasets_dir: Path, today: date) -> Iterator[Finding]:
    """Find what must not be published of the portal's settings: errors, and a mobile that is no office's a warning.

    Raises ConfigurationError where a file is not well formed.
    """
    for file, document in (*_settings(datasets_dir), *_lexicons(datasets_dir)):
        texts = _texts(document, "", is_contact=False, contacts=_KEYS_OF_OFFICES)
        for key, text, is_contact in islice(texts, TEXTS_MAX):
            for sighting in gathered((None, hit) for hit in _meant_for_nobody(key, text, is_contact, today)):
                is_mere_contact = sighting.kind in CONTACT_KINDS or sighting.certainty == "suspect"
                yield found(
                    "settings-contact" if is_mere_contact else "settings-private",
                    file=file,
                    field=redacted(key, today),
                    what=WHAT[sighting.kind],
                    value=sighting.masked,
                )
        if next(texts, None) is not None:
            yield found("document-read-in-part", file=file, reason=_TOO_MANY_TEXTS)


def _settings(datasets_dir: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((file, read_mapping(datasets_dir / file)) for file in SETTINGS_FILES)


def _lexicons(datasets_dir: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the lexicons that can be read; no other is published, and that it cannot be read is told elsewhere."""
    for path in sorted(path for pattern in LEXICON_FILES for path in datasets_dir.glob(pattern)):
        try:
            yield path.name, read_mapping(path)
        except ConfigurationError:
            continue


def _without_rows(descriptor: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *descriptor* without the ``data`` of its resources, which are looked at as data."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        return descriptor
    kept = [{key: item for key, item in entry.items() if key != "data"} for entry in map(as_mapping, resources)]
    return {**descriptor, "resources": kept}


def _meant_for_nobody(key: str, text: str, is_contact: bool, today: date) -> Iterator[Hit]:
    """Yield what a text holds; contacts where they are meant are left, and so is the outcome of a review."""
    for hit in hits_in(text, today):
        if is_contact and hit.kind.partition("-")[0] in CONTACT_KINDS:
            continue
        if key.startswith(_REVIEW) and hit.kind.startswith("secrecy"):
            continue
        yield hit


def _texts(
    value: Any, key: str, *, is_contact: bool, contacts: frozenset[str] = _KEYS_OF_CONTACTS
) -> Iterator[tuple[str, str, bool]]:
    """Yield every text and number below *value* with the keys that lead to it, and the keys themselves.

    The last of the three says whether it stands where a contact is meant.
    """
    if isinstance(value, Mapping):
        for name, item in value.items():
            is_meant = is_contact or str(name).lower() in contacts
            yield key, str(name), is_contact
            yield from _texts(item, f"{key}.{name}".lstrip("."), is_contact=is_meant, contacts=contacts)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            name = as_mapping(item).get("name") or as_mapping(item).get("id")
            here = f"{key}[{name if isinstance(name, str) else number}]"
            yield from _texts(item, here, is_contact=is_contact, contacts=contacts)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield key, str(value), is_contact
