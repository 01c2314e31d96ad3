"""State of the last import of a source (``.import/``): hashes, so that edits made since are known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.dataset_names import is_name
from portal.incoming.records.record import CatalogueRecord, values_of
from portal.model.errors import ConfigurationError
from portal.model.limits import DESCRIPTOR_BYTES_MAX

FOLDER = ".import"
STATE_BYTES_MAX = 256 * 1024**2
"""A file of this kind larger than this was not written here: 30,000 entries take some 20 MB."""
_ASSIGNED_BY_REGISTER = frozenset(["provider", "provider_uscc"])
"""Fields of the department, which stand in publishers.yaml and not in entries."""


@dataclass(frozen=True)
class Imported:
    """One entry as it was imported: its name, by what it is known again, a hash of each value and of its text.

    *text* is the hash of the descriptor, "" where only leaves of it were written; *department* an id or a name.
    """

    name: str
    identities: tuple[str, ...]
    department: str
    title: str
    values: Mapping[str, str]
    text: str = ""


@dataclass
class LastImport:
    """All entries of one source by name."""

    source: str
    entries: dict[str, Imported] = field(default_factory=dict)

    def by_identity(self) -> dict[str, Imported]:
        """Return the entries by each of their identities."""
        return {identity: entry for entry in self.entries.values() for identity in entry.identities}


def state_path(datasets_dir: Path, source: str) -> Path:
    """Return where the last import of *source* is kept. Raises ConfigurationError for a source that is no name."""
    if not is_name(source):
        raise ConfigurationError(
            f"来源标识“{source}”不合规则：只用小写字母、数字和连字符。",
            f'"{source}" cannot name a source: lower-case letters, digits and hyphens only.',
        )
    return datasets_dir / FOLDER / f"{source}.json"


def read_last_import(datasets_dir: Path, source: str) -> LastImport:
    """Return what the last import of *source* brought, nothing where there was none. Raises ConfigurationError."""
    path = state_path(datasets_dir, source)
    if not path.exists():
        return LastImport(source)
    try:
        if path.stat().st_size > STATE_BYTES_MAX:
            raise ValueError(path)
        document = json.loads(path.read_text(encoding="utf-8"))
        entries = {
            name: Imported(
                name=name,
                identities=tuple(map(str, entry["identities"])),
                department=str(entry["department"]),
                title=str(entry["title"]),
                values={str(key): str(value) for key, value in entry["values"].items()},
                text=str(entry.get("text", "")),
            )
            for name, entry in document["entries"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ConfigurationError(
            f"{path} 无法读取。请恢复它的备份；没有备份时可以删去，下次导入按首次导入处理。",
            f"{path} cannot be read. Restore it; or delete it, and the next import counts as the first.",
        ) from error
    return LastImport(source, entries)


def write_last_import(datasets_dir: Path, last: LastImport, today: date) -> None:
    """Write *last*, a line an entry, so that a version control shows what changed."""
    path = state_path(datasets_dir, last.source)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"source": {json.dumps(last.source)}, "imported": "{today.isoformat()}", "entries": {{')
        separator = "\n"
        for name in sorted(last.entries):
            entry = {key: value for key, value in vars(last.entries[name]).items() if key != "name"}
            line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace").decode()
            file.write(f"{separator}{json.dumps(name)}: {line}")
            separator = ",\n"
        file.write("\n}}\n")
    draft.replace(path)


def hashes_of(record: CatalogueRecord) -> dict[str, str]:
    """Return a hash of each value that *record* states, apart from what the register of departments says.

    >>> sorted(hashes_of(CatalogueRecord("学校", provider="教育局")))
    ['title']
    """
    return {name: hash_of(value) for name, value in values_of(record).items() if name not in _ASSIGNED_BY_REGISTER}


def hash_of(value: Any) -> str:
    """Return twelve hexadecimal digits that tell a value, or the text of a descriptor, from others."""
    text = value if isinstance(value, str) else json.dumps(_plain(value), ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def hash_of_file(path: Path) -> str:
    """Return the hash of a descriptor as it stands, "" where it is too large to be one."""
    with path.open("rb") as file:
        content = file.read(DESCRIPTOR_BYTES_MAX + 1)
    return hashlib.blake2b(content, digest_size=6).hexdigest() if len(content) <= DESCRIPTOR_BYTES_MAX else ""


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in fields(value)}
    return value
