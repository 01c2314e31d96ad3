"""A data file without a description, as a dataset of one resource that nobody has described yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.model.catalog import UNKNOWN_PUBLISHER, Dataset, DatasetSource, Publisher
from portal.model.text import LocalText
from portal.reading.names import propose_name
from portal.reading.resources import ResourceReader


def bare_dataset(file: Path, *, entry: Mapping[str, Any] | None = None) -> Dataset | None:
    """Return a dataset made of *file* alone, None where its name or *entry* cannot be used.

    *entry* is what is known of the resource (schema, dialect, encoding ...). The dataset's folder is that of the file
    and is shown as it was given.
    """
    name = propose_name(file.stem, "data")
    known = {"name": name, "path": file.name, **(entry or {})}
    reader = ResourceReader(file.parent, {}, {"dataset": name, "file": file.as_posix()})
    read = reader.read(known)
    if read is None:
        return None
    resource, descriptor = read
    return Dataset(
        name=name,
        title=LocalText(file.stem),
        folder=file.parent.as_posix(),
        descriptor_file=file.as_posix(),
        publisher=Publisher(UNKNOWN_PUBLISHER, LocalText("未注明", "Not stated"), is_listed=False),
        resources=(resource,),
        source=DatasetSource(file.parent, file, {"name": name, "resources": [descriptor]}),
    )
