"""manifest.json: every file of a release with its size and SHA-256, and how a server should hand it out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from portal.model.publication import PublishedDataset, PublishedFile
from portal.model.terms import MEDIA_TYPES, UNKNOWN_MEDIA_TYPE
from portal.publishing.tables import sha256_of

MANIFEST_NAME = "manifest.json"

_SITE_MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "ico": "image/x-icon",
}


@dataclass(frozen=True)
class ManifestEntry:
    """One released file. *download_name* is set for data files, which browsers save instead of showing."""

    bytes: int
    sha256: str
    media_type: str = UNKNOWN_MEDIA_TYPE
    download_name: str = ""


def write_manifest(release_dir: Path, datasets: Iterable[PublishedDataset]) -> dict[str, ManifestEntry]:
    """List every file below *release_dir* by its path there, and write the list beside them."""
    data_files = {
        f"site/{file.path}": file for item in datasets for resource in item.resources for file in resource.files
    }
    entries = {
        path: _entry(release_dir / path, path, data_files.get(path))
        for path in sorted(
            item.relative_to(release_dir).as_posix() for item in release_dir.rglob("*") if item.is_file()
        )
    }
    document = {"files": {path: asdict(entry) for path, entry in entries.items()}}
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (release_dir / MANIFEST_NAME).write_text(text, encoding="utf-8")
    return entries


def read_manifest(release_dir: Path) -> dict[str, ManifestEntry]:
    """Return the files of a release by their paths. Raises OSError or ValueError where the list cannot be read."""
    document: Mapping[str, Any] = json.loads((release_dir / MANIFEST_NAME).read_text(encoding="utf-8"))
    return {path: ManifestEntry(**entry) for path, entry in document["files"].items()}


def _entry(file: Path, path: str, published: PublishedFile | None) -> ManifestEntry:
    if published:
        return ManifestEntry(published.size_bytes, published.sha256, published.media_type, published.download_name)
    ending = file.suffix.lower().lstrip(".")
    media_type = UNKNOWN_MEDIA_TYPE
    if path.startswith("site/"):
        media_type = _SITE_MEDIA_TYPES.get(ending) or MEDIA_TYPES.get(ending, UNKNOWN_MEDIA_TYPE)
    return ManifestEntry(file.stat().st_size, sha256_of(file), media_type)
