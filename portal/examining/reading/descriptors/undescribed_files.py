"""Forgotten files: data files among the datasets that no datapackage.yaml mentions.

Nobody would miss them before the public does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from portal.examining.reading.descriptors.paths import is_folder
from portal.findings.details import shown
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.known_formats import COMPRESSIONS, TABLE_FORMATS

DATA_ENDINGS = TABLE_FORMATS | COMPRESSIONS
"""Endings of files that somebody may have meant to publish; documents and pictures stand there for many reasons."""
OWN_FILES = frozenset(["links.ndjson", "usage.ndjson"])
"""What the portal itself writes into the folder of datasets."""
FILES_SHOWN_MAX = 5
"""Undescribed files of one folder that are named."""
FOLDERS_TOLD_MAX = 100
"""In how many folders such files are told of; where there are more, the first show what is to be done."""


def undescribed_files(
    root: Path, datasets: Sequence[Dataset], descriptors: Sequence[Path], *, skip: Path | None = None
) -> Iterator[Finding]:
    """Yield a finding for each folder below *root* with data files that no descriptor mentions.

    *descriptors* are all that there are; beside one that gave none of *datasets* nothing is told, as nobody knows what
    it mentions. Hidden files, links and *skip* are passed over. The findings name no dataset: what they tell of is not
    part of one, and its name is nothing for the public pages of one. Beside the descriptor of a dataset whose
    files this edition does not give out, they are counted and not named.
    """
    described = {item.source.descriptor_path: item for item in datasets if item.source}
    # The dataset whose descriptor is the nearest above a folder; None where it could not be read.
    owners = {path.parent: described.get(path) for path in descriptors}
    mentioned = {
        item.source.folder / path
        for item in datasets
        if item.source
        for resource in item.resources
        for path in resource.paths
    }
    told = 0
    for folder, names in _data_files(root, skip):
        above = next((place for place in (folder, *folder.parents) if place in owners), None)
        if above is None:
            loose, code = [name for name in names if folder / name not in mentioned], "folder-undescribed"
        elif owner := owners[above]:
            loose, code = (
                [name for name in names if not _is_mentioned(folder / name, mentioned, owner)],
                "file-undescribed",
            )
        else:
            continue
        if loose:
            owner = owners[above] if above else None
            if owner and owner.source and not owner.is_released:
                # A name tells of the content, and a finding is part of the release.
                place, files = owner.source.descriptor_path, "…"
            else:
                more = ["…"] if len(loose) > FILES_SHOWN_MAX else []
                place, files = folder / loose[0], ", ".join([*map(shown, loose[:FILES_SHOWN_MAX]), *more])
            where = place.relative_to(root).as_posix()
            yield found(code, file=where, number=f"{len(loose):,}", files=files)
            told += 1
        if told == FOLDERS_TOLD_MAX:
            return


def _data_files(root: Path, skip: Path | None) -> Iterator[tuple[Path, list[str]]]:
    """Yield each folder with the names of the data files in it, in the order of paths."""
    passed_over = skip.resolve() if skip else None
    for place, subfolders, files in os.walk(root):
        folder = Path(place)
        if not os.access(folder, os.X_OK):
            continue
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and not is_folder(folder / name, passed_over)
        )
        own = OWN_FILES if folder == root else frozenset[str]()
        names = sorted(
            name for name in files if _is_data(name) and name not in own and not (folder / name).is_symlink()
        )
        if names:
            yield folder, names


def _is_data(name: str) -> bool:
    """Whether a file's name is that of data: not hidden, not the lock of an office program, not a descriptor.

    >>> [_is_data(name) for name in ("站点.CSV", "~$站点.xlsx", ".a.csv", "datapackage.json", "README.md")]
    [True, False, False, False, False]
    """
    is_plain = not name.startswith((".", "~")) and not name.startswith("datapackage.")
    return is_plain and name.rpartition(".")[2].lower() in DATA_ENDINGS


def _is_mentioned(file: Path, mentioned: set[Path], owner: Dataset) -> bool:
    """Whether a descriptor names *file*, as data or (where it may be that) as a schema or a dialect."""
    if file in mentioned:
        return True
    if file.suffix.lower() != ".json" or owner.source is None:
        return False
    text = owner.source.descriptor_path.read_text(encoding="utf-8", errors="replace")
    return re.search(rf"(?<![\w.-]){re.escape(file.name)}(?![\w.-])", text) is not None
