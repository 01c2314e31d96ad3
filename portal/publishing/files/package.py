"""The ZIP download of a dataset: tables as CSV, other files, datapackage.json, SHA256SUMS.

One archive a dataset, with checksums of all. The bytes depend on the files alone: times are fixed, names are sorted.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from portal.model.addresses import CHECKSUMS, DATA_PACKAGE
from portal.publishing.formats import datapackage
from portal.publishing.publication import PublishedDataset

_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def write_package(published: PublishedDataset, folder: Path) -> Path | None:
    """Write ``datapackage.json`` and the archive into *folder*, where the dataset's files lie; return the archive.

    It holds what the description names, so a table as CSV and not as the publisher's file. None where it names nothing.
    """
    document = datapackage.dump(published)
    checksums = {entry["path"]: entry["hash"].removeprefix("sha256:") for entry in document.get("resources", ())}
    if not checksums:
        return None
    descriptor = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    (folder / DATA_PACKAGE).write_bytes(descriptor)
    checksums[DATA_PACKAGE] = hashlib.sha256(descriptor).hexdigest()
    path = folder / f"{published.dataset.name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(checksums):
            _add(archive, name, folder / name)
        archive.writestr(_info(CHECKSUMS), checksum_lines(checksums))
    return path


def write_checksums(published: PublishedDataset, folder: Path) -> None:
    """Write the checksums of all files of a dataset beside them, by their paths below *folder*."""
    files = [file for item in published.resources for file in item.files]
    files += [published.package] if published.package else []
    start = f"{folder.name}/"
    checksums = {file.path.partition(start)[2]: file.sha256 for file in files}
    descriptor = folder / DATA_PACKAGE
    if descriptor.is_file():
        checksums[DATA_PACKAGE] = hashlib.sha256(descriptor.read_bytes()).hexdigest()
    if checksums:
        (folder / CHECKSUMS).write_text(checksum_lines(checksums), encoding="utf-8", newline="")


def checksum_lines(checksums: Mapping[str, str]) -> str:
    r"""Return checksums by the paths of files as ``sha256sum --check`` reads them, odd names written as it writes them.

    >>> checksum_lines({"stops.csv": "ab", "a\\b": "cd"}).splitlines()
    ['\\cd  a\\\\b', 'ab  stops.csv']
    """
    return "".join(_checksum_line(name, checksums[name]) for name in sorted(checksums))


def _checksum_line(name: str, checksum: str) -> str:
    quoted = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if quoted == name else chr(92)}{checksum}  {quoted}\n"


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    info = _info(name)
    info.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(info, "w") as target:
        shutil.copyfileobj(source, target, 1024 * 1024)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = _PLAIN_FILE
    info.create_system = _UNIX
    return info
