"""A data file without datapackage.yaml, as a dataset of one resource (``portal check FILE``).

Nobody has described it yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from portal.examining.reading.descriptors.dataset_names import propose_name
from portal.examining.reading.descriptors.resources import ResourceReader
from portal.examining.reading.structured.archives import table_members
from portal.model.catalog import UNKNOWN_PUBLISHER, Dataset, DatasetSource, Publisher
from portal.model.known_formats import COMPRESSIONS, TABLE_FORMATS
from portal.model.text import LocalText


def stem_of(file: Path) -> str:
    """Return a file's name without its ending, and without that of the table in a packed one.

    >>> [stem_of(Path(name)) for name in ("站点.csv", "站点.csv.gz", "v1.2.zip", ".gz")]
    ['站点', '站点', 'v1.2', '.gz']
    """
    stem = PurePosixPath(file.stem)
    is_packed = file.suffix[1:].lower() in COMPRESSIONS
    return stem.stem if is_packed and stem.suffix[1:].lower() in TABLE_FORMATS else file.stem


def packed_tables(file: Path) -> tuple[dict[str, str], ...]:
    """Return what to say of each table in a ZIP archive, so that it is read: nothing where a name tells, or none is in.

    One table among other files needs no name; of several each is named by ``innerpath``.
    """
    if file.suffix.lower() != ".zip" or stem_of(file) != file.stem:
        return ()
    members = table_members(file)
    return ({"type": "table"},) if len(members) == 1 else tuple({"innerpath": member} for member in members)


def bare_dataset(file: Path, *, entry: Mapping[str, Any] | None = None) -> Dataset | None:
    """Return a dataset made of *file* alone, None where its name or *entry* cannot be used.

    *entry* is what is known of the resource (schema, dialect, encoding ...). The dataset's folder is that of the file
    and is shown as it was given.
    """
    name = propose_name(stem_of(file), "data")
    known = {"name": name, "path": file.name, **(entry or {})}
    reader = ResourceReader(file.parent, {}, {"dataset": name, "file": file.as_posix()})
    read = reader.read(known)
    if read is None:
        return None
    resource, descriptor = read
    return Dataset(
        name=name,
        title=LocalText(stem_of(file)),
        folder=file.parent.as_posix(),
        descriptor_file=file.as_posix(),
        publisher=Publisher(UNKNOWN_PUBLISHER, LocalText("未注明", "Not stated"), is_listed=False),
        resources=(resource,),
        source=DatasetSource(file.parent, file, {"name": name, "resources": [descriptor]}),
    )
