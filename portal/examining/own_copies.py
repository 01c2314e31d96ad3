"""Own copies of a dataset's files (TOCTOU): taken once, so that what was checked is what is published.

A publisher's folder may change at any moment, also while a build runs. So every file is copied before anybody looks
into it; all that comes later, from reading to publishing, has the copy. A file that changes between the first look and
the end of its copying is an error at that file; what changes afterwards waits for the next build.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from portal.examining.reading.descriptors.paths import inside
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset

FileState = tuple[int, ...]
"""What tells one state of a file from another: which file it is, its size, and when it and its entry changed."""

_FOLDER = ".originals"


def states_of(dataset: Dataset) -> Mapping[str, FileState]:
    """Return the state of each plain file of *dataset* by its path; of what cannot be asked for there is none."""
    return dict(_states(dataset))


def _states(dataset: Dataset) -> Iterator[tuple[str, FileState]]:
    if dataset.source is None:
        return
    for name in dict.fromkeys(path for resource in dataset.resources for path in resource.paths):
        try:
            yield name, _state(inside(dataset.source.folder, name).stat())
        except OSError:
            continue


def with_own_copies(
    dataset: Dataset, work_dir: Path, states: Mapping[str, FileState]
) -> tuple[Dataset, tuple[Finding, ...]]:
    """Return *dataset* with copies of its files below *work_dir* as its source, and errors for those that changed.

    *states* are those of the files when they were first looked at. Raises OSError where a copy cannot be written.
    """
    source = dataset.source
    if source is None or not states:
        return dataset, ()
    folder = work_dir / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    changed = [
        found("file-changed", dataset=dataset.name, file=f"{dataset.folder}/{name}")
        for name, state in states.items()
        if not _copied(inside(source.folder, name), folder / name, state)
    ]
    return replace(dataset, source=replace(source, folder=folder)), tuple(changed)


def _copied(path: Path, target: Path, expected: FileState) -> bool:
    """Copy a file; say whether it was in the *expected* state from beginning to end. A pipe is never waited for."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or _state(status) != expected:
            return False
        with target.open("wb") as copy:
            shutil.copyfileobj(file, copy, 1024 * 1024)
        return _state(os.fstat(file.fileno())) == expected and target.stat().st_size == status.st_size


def _state(status: os.stat_result) -> FileState:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
