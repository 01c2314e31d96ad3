"""The ZIP download of a dataset: tables as CSV, other files, datapackage.json, SHA256SUMS.

One archive a dataset, with checksums of all. The bytes depend on the files alone: times are fixed, names are sorted.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

from portal.model.addresses import DATA_PACKAGE
from portal.publishing.formats import datapackage
from portal.publishing.publication import PublishedDataset

CHECKSUMS_NAME = "SHA256SUMS"

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
        lines = "".join(f"{checksums[name]}  {name}\n" for name in sorted(checksums))
        archive.writestr(_info(CHECKSUMS_NAME), lines)
    return path


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
