"""publishers.yaml and themes.yaml read: departments that provide data, topics that citizens browse by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.examining.reading.descriptors.dataset_names import is_name
from portal.examining.reading.descriptors.wanted_values import as_text, as_texts, read_day
from portal.findings.finding import Finding
from portal.model.catalog import Publisher, Theme
from portal.model.errors import ConfigurationError
from portal.model.terms import THEMES
from portal.model.text import LocalText
from portal.settings import Settings, html_in, read_mapping, unknown_keys

_PUBLISHER_KEYS = frozenset(
    (
        "id name uscc kind level parent responsible unit phone valid_from former_names former_ids successor description"
    ).split()
)
_THEME_KEYS = frozenset(["id", "title"])


@dataclass(frozen=True)
class PublisherNames:
    """The departments by what datasets may call them; made once for all datasets."""

    by_id: Mapping[str, Publisher]
    by_title: Mapping[str, Publisher]
    by_former: Mapping[str, Publisher]
    """By former ids and names, as far as only one department claims them."""

    @classmethod
    def of(cls, publishers: Iterable[Publisher]) -> PublisherNames:
        """Gather the names of *publishers*."""
        publishers = tuple(publishers)
        claims: dict[str, list[Publisher]] = {}
        for item in publishers:
            for name in dict.fromkeys((*item.former_ids, *item.former_names)):
                claims.setdefault(name, []).append(item)
        return cls(
            by_id={item.id: item for item in publishers},
            by_title={item.title.zh: item for item in publishers},
            by_former={name: items[0] for name, items in claims.items() if len(items) == 1},
        )

    def present(self, name: str) -> Publisher | None:
        """Return the department that has this id or Chinese name now."""
        return self.by_id.get(name) or self.by_title.get(name)


def load_publishers(settings: Settings) -> tuple[tuple[Publisher, ...], list[Finding]]:
    """Read the departments, in the order of the file. Raises ConfigurationError for an entry without a usable id."""
    entries, findings = _entries(settings, "publishers.yaml", "publishers", _PUBLISHER_KEYS)
    publishers = tuple(
        Publisher(
            id=entry["id"],
            title=LocalText.plain(entry.get("name")) or LocalText(entry["id"]),
            description=LocalText.plain(entry.get("description")),
            uscc=as_text(entry.get("uscc")),
            kind=as_text(entry.get("kind")),
            level=as_text(entry.get("level")),
            parent=as_text(entry.get("parent")),
            unit=as_text(entry.get("unit")),
            phone=as_text(entry.get("phone")),
            responsible=as_text(entry.get("responsible")),
            valid_from=read_day(entry.get("valid_from")),
            former_names=as_texts(entry.get("former_names")),
            former_ids=as_texts(entry.get("former_ids")),
            successor=as_text(entry.get("successor")),
        )
        for entry in entries
    )
    return publishers, findings


def load_themes(settings: Settings) -> tuple[tuple[Theme, ...], list[Finding]]:
    """Read the topics; without the file they are the 21 fields of the 2018 pilot."""
    entries, findings = _entries(settings, "themes.yaml", "themes", _THEME_KEYS)
    themes = tuple(
        Theme(entry["id"], LocalText.plain(entry.get("title")) or LocalText(entry["id"])) for entry in entries
    )
    return themes or THEMES, findings


def _entries(
    settings: Settings, file: str, key: str, known: frozenset[str]
) -> tuple[list[Mapping[str, Any]], list[Finding]]:
    document = read_mapping(settings.datasets_dir / file)
    findings = list(unknown_keys(document, frozenset([key]), file=file, profile=settings.profile))
    entries = document.get(key) or []
    if not isinstance(entries, list):
        raise ConfigurationError(f"{file}：{key} 应是列表。", f"{file}: {key} should be a list.")
    seen = set()
    for number, entry in enumerate(entries, start=1):
        identifier = entry.get("id") if isinstance(entry, Mapping) else None
        if not is_name(identifier) or identifier in seen:
            raise ConfigurationError(
                f"{file}：第 {number} 项的 id 缺失、重复或不合规则。",
                f"{file}: entry {number} has no id, one that breaks the rule of names, or one that is taken.",
            )
        seen.add(identifier)
        findings.extend(unknown_keys(entry, known, file=file, profile=settings.profile))
        findings.extend(html_in(entry, ("name", "title", "description"), file=file, path=f"{key}.{identifier}"))
    return entries, findings
