"""Cache of validation results (KAIFANG_CACHE): a table that has not changed is not checked again.

Results of earlier checks are kept by what they depend on. A key is the SHA-256 of everything that decides a result: the
bytes of the text, how it was understood, the schema, the limits, the tables that foreign keys refer to, and the
versions of the portal and of Frictionless. So an entry is never out of date; it is only no longer asked for. Entries
are small JSON files. (diskcache would do the bounding, but is no longer maintained and unpickles what lies in its
folder.)
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import portal
from portal.examining.understanding import UnderstoodDataset
from portal.findings.codes import CODES
from portal.findings.details import as_json, from_json
from portal.findings.finding import Finding
from portal.model.limits import Limits
from portal.model.understood_table import UnderstoodTable

FRICTIONLESS_VERSION = version("frictionless")
ENTRIES_MAX = 20_000
"""Results that are kept; the oldest go first."""
BYTES_MAX = 256 * 1024 * 1024
"""Bytes of results that are kept; the oldest go first."""
ENTRY_BYTES_MAX = 16 * 1024 * 1024
"""A larger result is neither kept nor read."""


def cache_folder(environment: dict[str, str] | None = None) -> Path:
    """Return where results are kept: ``KAIFANG_CACHE``, else the user's folder for such things.

    >>> cache_folder({"KAIFANG_CACHE": "/srv/cache"}).as_posix(), cache_folder({"XDG_CACHE_HOME": "/x"}).as_posix()
    ('/srv/cache', '/x/kaifang')
    """
    given = os.environ if environment is None else environment
    if given.get("KAIFANG_CACHE"):
        return Path(given["KAIFANG_CACHE"])
    home = given.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "kaifang"


@dataclass
class ResultCache:
    """Findings by key in a folder; never more than *entries_max* or *bytes_max* are left after `prune`.

    *tidy* makes of a finding what may be kept of it.
    """

    folder: Path
    tidy: Callable[[Finding], Finding] | None = None
    entries_max: int = ENTRIES_MAX
    bytes_max: int = BYTES_MAX
    hits: int = field(default=0, init=False)
    _is_pruned: bool = field(default=False, init=False)

    def get(self, key: str) -> tuple[Finding, ...] | None:
        """Return the findings kept under *key*; None where there are none, or they cannot be read."""
        path = self._path(key)
        try:
            if path.stat().st_size > ENTRY_BYTES_MAX:
                return None
            findings = tuple(finding_from(item) for item in json.loads(path.read_text(encoding="utf-8")))
            os.utime(path)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        self.hits += 1
        return findings

    def put(self, key: str, findings: Iterable[Finding]) -> None:
        """Keep findings. A folder that cannot be written is no fault: they are found again."""
        kept = [self.tidy(item) if self.tidy else item for item in findings]
        text = json.dumps([kept_record(item) for item in kept], ensure_ascii=False)
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(name).replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
        if not self._is_pruned:
            self._is_pruned = True
            self.prune()

    def prune(self) -> None:
        """Remove the entries that were not asked for longest, as far as there are too many."""
        entries = []
        for path in self._root.glob("*/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime, status.st_size, path))
        kept = size = 0
        for _, entry_size, path in sorted(entries, reverse=True):
            kept, size = kept + 1, size + entry_size
            if kept > self.entries_max or size > self.bytes_max:
                with contextlib.suppress(OSError):
                    path.unlink()

    @property
    def _root(self) -> Path:
        return self.folder / "checks"

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / f"{key}.json"


def finding_from(record: dict[str, Any]) -> Finding:
    """Return the finding that `kept_record` made a record of.

    Raises ValueError, TypeError, KeyError or AttributeError for anything else.
    """
    if record["code"] not in CODES or record["severity"] not in ("error", "warning", "info"):
        raise ValueError
    details = tuple((str(name), from_json(detail)) for name, detail in record["details"])
    return Finding(**{**record, "further_rows": tuple(record["further_rows"]), "details": details})


def kept_record(finding: Finding) -> dict[str, Any]:
    """Return all that a finding holds, as JSON can keep it; no sentence is in it."""
    record = {field.name: getattr(finding, field.name) for field in fields(finding)}
    return {**record, "details": [[name, as_json(detail)] for name, detail in finding.details]}


class Fingerprints:
    """The keys of one dataset's tables; each file is hashed once."""

    def __init__(self, understood: UnderstoodDataset, limits: Limits) -> None:
        self._understood, self._dataset, self._limits = understood, understood.dataset, limits
        self._tables = understood.tables
        self._hashes: dict[Path, str] = {}

    def key(self, name: str) -> str:
        """Return the key of a table's result."""
        table = self._tables[name]
        foreign = table.schema.get("foreignKeys")
        keys = foreign if isinstance(foreign, list) else []
        references = [key.get("reference") if isinstance(key, dict) else None for key in keys]
        names = {str(item.get("resource") or name) for item in references if isinstance(item, dict)}
        facts = [
            portal.__version__,
            FRICTIONLESS_VERSION,
            texts_digest(),
            self._dataset.name,
            self._dataset.is_released,
            self._dataset.descriptor_file,
            asdict(self._limits),
            self._declared(name),
            self._facts(table),
            [self._facts(self._tables[item]) if item in self._tables else item for item in sorted(names - {name})],
            sorted(item.name for item in self._dataset.resources if item.kind == "table"),
        ]
        return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()

    def _declared(self, name: str) -> Any:
        entry = self._understood[name].entry
        return [self._dataset.descriptor.get("$schema"), entry.get("rows"), entry.get("fields")]

    def _facts(self, table: UnderstoodTable) -> Any:
        told = {
            name: value
            for name, value in asdict(table).items()
            if name not in ("path", "outside", "is_original", "decisions", "sheets")
        }
        return [told, self._hash(table.path)]

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            with path.open("rb") as file:
                self._hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._hashes[path]


@lru_cache
def texts_digest() -> str:
    """Return a hash of what findings say, so that a text that was improved is shown at once."""
    return hashlib.sha256(repr(CODES).encode()).hexdigest()
