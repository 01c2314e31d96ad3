"""manifest.json: every file of a release with size, SHA-256, media type and download name.

It says how a server should hand each out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal.model.addresses import API_CATALOG, CALENDAR, CROISSANT, FEED
from portal.model.known_formats import (
    ATOM_MEDIA_TYPE,
    CALENDAR_MEDIA_TYPE,
    LINKSET_MEDIA_TYPE,
    UNKNOWN_MEDIA_TYPE,
    media_type_of,
    with_charset,
)
from portal.publishing.files.package import CHECKSUMS_NAME
from portal.publishing.publication import PublishedDataset, PublishedFile

MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True)
class ManifestEntry:
    """One released file. *download_name* is set for data files, which browsers save instead of showing."""

    bytes: int
    sha256: str
    media_type: str = UNKNOWN_MEDIA_TYPE
    download_name: str = ""


def write_manifest(release_dir: Path, datasets: Iterable[PublishedDataset]) -> Iterator[tuple[str, ManifestEntry]]:
    """List every file below *release_dir* by its path there, one a line and sorted, and write the list beside them.

    Yields each file as it is listed, so that nobody has to read the list again, or to hold it. The list is whole when
    all were taken.
    """
    data_files = {f"site/{file.path}": file for item in datasets for file in _files(item)}
    with (release_dir / MANIFEST_NAME).open("w", encoding="utf-8") as manifest:
        manifest.write('{"files": {')
        mark = "\n"
        for path in sorted(_paths(release_dir)):
            if path != MANIFEST_NAME:
                entry = _entry(release_dir, path, data_files.get(path))
                manifest.write(f"{mark}{json.dumps(path)}: {json.dumps(vars(entry), ensure_ascii=False)}")
                mark = ",\n"
                yield path, entry
        manifest.write("\n}}\n")


def _paths(folder: Path, prefix: str = "") -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _paths(folder / entry.name, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name


def _files(item: PublishedDataset) -> Iterator[PublishedFile]:
    for resource in item.resources:
        yield from resource.files
    if item.package:
        yield item.package


def read_manifest(release_dir: Path) -> dict[str, ManifestEntry]:
    """Return the files of a release by their paths. Raises OSError or ValueError where the list cannot be read."""
    document: Mapping[str, Any] = json.loads((release_dir / MANIFEST_NAME).read_text(encoding="utf-8"))
    return {path: ManifestEntry(**entry) for path, entry in document["files"].items()}


def entries_of(release_dir: Path) -> Iterator[tuple[str, ManifestEntry]]:
    """Yield the files of a release in the order of their paths, without holding the list.

    Raises OSError or ValueError where it cannot be read.
    """
    with (release_dir / MANIFEST_NAME).open(encoding="utf-8") as manifest:
        for line in manifest:
            if line.startswith('"'):
                (path, entry), *_ = json.loads(f"{{{line.rstrip().rstrip(',')}}}").items()
                yield path, ManifestEntry(**entry)


def _entry(release_dir: Path, path: str, published: PublishedFile | None) -> ManifestEntry:
    if published:
        return ManifestEntry(published.size_bytes, published.sha256, published.media_type, published.download_name)
    ending = path.rpartition(".")[2].lower()
    media_type = UNKNOWN_MEDIA_TYPE
    if path.endswith(f"/{FEED}"):
        media_type = ATOM_MEDIA_TYPE
    elif path.endswith(f"/{CALENDAR}") and path.startswith("site/"):
        media_type = f"{CALENDAR_MEDIA_TYPE}; charset=utf-8"
    elif path.endswith(f"/{CROISSANT}"):
        media_type = media_type_of("jsonld")
    elif path.endswith(f"/{CHECKSUMS_NAME}"):
        media_type = with_charset("txt", media_type_of("txt"))
    elif path == f"site{API_CATALOG}":
        media_type = LINKSET_MEDIA_TYPE
    elif path.startswith("site/"):
        media_type = with_charset(ending, media_type_of(ending))
    return ManifestEntry(*_measured(f"{release_dir}/{path}"), media_type)


def _measured(file: str) -> tuple[int, str]:
    """Return bytes and SHA-256. Most files are small, and opening them through `Path` takes longer than hashing."""
    digest, size = sha256(), 0
    descriptor = os.open(file, os.O_RDONLY)
    try:
        while piece := os.read(descriptor, 1024 * 1024):
            digest.update(piece)
            size += len(piece)
    finally:
        os.close(descriptor)
    return size, digest.hexdigest()
