"""manifest.json: every file of a release with size, SHA-256, media type and download name.

It says how a server should hand each out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal.model.addresses import API_CATALOG, CALENDAR, CHECKSUMS, CROISSANT, FEED
from portal.model.known_formats import (
    ATOM_MEDIA_TYPE,
    CALENDAR_MEDIA_TYPE,
    LINKSET_MEDIA_TYPE,
    UNKNOWN_MEDIA_TYPE,
    media_type_of,
    with_charset,
)
from portal.publishing.files.precompressed import VARIANTS
from portal.publishing.publication import PublishedDataset, PublishedFile

MANIFEST_NAME = "manifest.json"
FIRST_LINE, LAST_LINE = b'{"files": {\n', b"}}\n"
"""What stands around the lines of files."""


@dataclass(frozen=True)
class ManifestEntry:
    """One released file. *download_name* is set for data files, which browsers save instead of showing.

    *encoding* is set for a compressed variant of the file whose path it has before the last dot: how it is packed. Its
    bytes and its SHA-256 are its own, and it has no address: who asks for that file may get it instead.
    """

    bytes: int
    sha256: str
    media_type: str = UNKNOWN_MEDIA_TYPE
    download_name: str = ""
    encoding: str = ""


def write_manifest(
    release_dir: Path, datasets: Iterable[PublishedDataset], variants: Container[str] = ()
) -> Iterator[tuple[str, ManifestEntry]]:
    """List every file below *release_dir* by its path there, one a line and sorted, and write the list beside them.

    *variants* are the paths of compressed variants. Yields each file as it is listed, so that nobody has to read the
    list again, or to hold it. The list is whole when all were taken.
    """
    data_files = {f"site/{file.path}": file for item in datasets for file in _files(item)}
    with (release_dir / MANIFEST_NAME).open("w", encoding="utf-8", newline="") as manifest:
        manifest.write(FIRST_LINE.decode())
        mark = ""
        for path in sorted(_paths(release_dir)):
            if path != MANIFEST_NAME:
                entry = _entry(release_dir, path, data_files, variants)
                manifest.write(f"{mark}{json.dumps(path)}: {json.dumps(_record(entry), ensure_ascii=False)}")
                mark = ",\n"
                yield path, entry
        manifest.write(("\n" if mark else "") + LAST_LINE.decode())


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


def entry_of(line: str) -> tuple[str, ManifestEntry]:
    """Return what a line says of one file, after its path. Raises ValueError where it cannot be read."""
    ((path, entry),) = json.loads(f"{{{line.rstrip().rstrip(',')}}}").items()
    return path, ManifestEntry(**entry)


def _record(entry: ManifestEntry) -> dict[str, Any]:
    """Return an entry as it stands in the list; most files are no variants, and nothing is said of it."""
    return {name: value for name, value in vars(entry).items() if value or name != "encoding"}


def _entry(
    release_dir: Path, path: str, data_files: Mapping[str, PublishedFile], variants: Container[str]
) -> ManifestEntry:
    if path in variants:
        packed, ending = path.rsplit(".", 1)
        size, digest = _measured(f"{release_dir}/{path}")
        published = data_files.get(packed)
        name = published.download_name if published else ""
        media_type = published.media_type if published else _media_type(packed)
        return ManifestEntry(size, digest, media_type, name, VARIANTS[f".{ending}"])
    if published := data_files.get(path):
        return ManifestEntry(published.size_bytes, published.sha256, published.media_type, published.download_name)
    return ManifestEntry(*_measured(f"{release_dir}/{path}"), _media_type(path))


def _media_type(path: str) -> str:
    """Return what a file that is no data file is."""
    ending = path.rpartition(".")[2].lower()
    if path.endswith(f"/{FEED}"):
        return ATOM_MEDIA_TYPE
    if path.endswith(f"/{CALENDAR}") and path.startswith("site/"):
        return f"{CALENDAR_MEDIA_TYPE}; charset=utf-8"
    if path.endswith(f"/{CROISSANT}"):
        return media_type_of("jsonld")
    if path.endswith(f"/{CHECKSUMS}"):
        return with_charset("txt", media_type_of("txt"))
    if path == f"site{API_CATALOG}":
        return LINKSET_MEDIA_TYPE
    return with_charset(ending, media_type_of(ending)) if path.startswith("site/") else UNKNOWN_MEDIA_TYPE


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
