"""Files of a dataset: missing, unreadable, too large, no plain file, or another hash or size than declared.

Files are looked at here before anything in them is read. What is inside a file (its encoding, an archive's members) is
the matter of the readers.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.paths import inside
from portal.examining.reading.structured.archives import MEMBERS_SHOWN_MAX, table_members
from portal.findings.details import Listed, Phrase, listed, phrase, shown
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset, Resource
from portal.model.errors import system_reason
from portal.model.limits import Limits
from portal.model.text import LocalText

HASHES = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}
"""The hashes that a descriptor may state, with the number of their hex digits."""


def check_files(dataset: Dataset, limits: Limits) -> Iterator[Finding]:
    """Find files that are missing, cannot be read, are no plain files, are too large, or are not those declared.

    Also says which resources are published unchecked: links elsewhere, and files that hold no table. Reads a file
    only where a hash is declared; opens nothing but regular files, since opening a pipe would wait for ever.
    """
    if dataset.source is None:
        return
    entries = dataset.entries
    for resource in dataset.resources:
        yield from _check_resource(dataset, resource, entries.get(resource.name, {}), limits)


def _check_resource(
    dataset: Dataset, resource: Resource, entry: Mapping[str, Any], limits: Limits
) -> Iterator[Finding]:
    assert dataset.source is not None
    place: dict[str, Any] = {"dataset": dataset.name, "resource": resource.name, "file": dataset.descriptor_file}
    if resource.kind == "link":
        yield found("link-not-checked", **place)
        return
    are_usable = True
    for name in resource.paths:
        problem = _problem(inside(dataset.source.folder, name), limits)
        if problem:
            are_usable = False
            code, details = problem
            yield found(code, **place | {"file": f"{dataset.folder}/{name}"}, **details)
    if are_usable and resource.paths:
        yield from _declared(dataset, resource, entry)
    if resource.kind == "file":
        tables = _tables_within(dataset, resource) if are_usable else []
        yield (
            _unchecked_archive(dataset, tables, place)
            if len(tables) > 1
            else found("published-as-is", **place, format=resource.format.upper() or "?", also=LocalText())
        )


def _tables_within(dataset: Dataset, resource: Resource) -> list[str]:
    """Return the names of the tables in a ZIP archive."""
    if dataset.source is None or resource.format != "zip" or len(resource.paths) != 1:
        return []
    return table_members(inside(dataset.source.folder, resource.paths[0]))


def _unchecked_archive(dataset: Dataset, tables: list[str], place: dict[str, Any]) -> Finding:
    """Say that an archive of several tables is not read; what its files are called only where the public may know."""
    members: Listed | LocalText = LocalText("此处不列出", "not listed here")
    first: str | LocalText = LocalText("文件名.csv", "file.csv")
    if dataset.is_released:
        more = ["…"] if len(tables) > MEMBERS_SHOWN_MAX else []
        members, first = listed([*map(shown, tables[:MEMBERS_SHOWN_MAX]), *more]), shown(tables[0])
    return found("archive-not-named", **place, number=len(tables), members=members, first=first)


def _problem(path: Path, limits: Limits) -> tuple[str, dict[str, Any]] | None:
    """Return code and details of what keeps the file from being read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            note = LocalText(
                "它不是普通文件，而是文件夹、管道或设备", "it is no plain file but a folder, pipe or device"
            )
            return "scheme-error", {"note": note}
        with path.open("rb"):
            pass
    except PermissionError:
        return "file-unreadable", {}
    except OSError as error:
        return "scheme-error", {"note": system_reason(error)}
    if status.st_size > limits.file_bytes_max:
        size, most = f"{status.st_size:,}", f"{limits.file_bytes_max:,}"
        reason = LocalText(f"{size} 字节，上限 {most}", f"{size} bytes, the limit is {most}")
        return "file-too-large", {"reason": reason}
    return None


def _declared(dataset: Dataset, resource: Resource, entry: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the file with ``hash`` and ``bytes`` of the descriptor, which say what its publisher meant to publish.

    A hash without the name of its algorithm is MD5. Source: Data Package, properties of a data resource.
    """
    assert dataset.source is not None
    place: dict[str, Any] = {
        "dataset": dataset.name,
        "resource": resource.name,
        "file": f"{dataset.folder}/{resource.paths[0]}",
    }
    hash_, size = entry.get("hash"), entry.get("bytes")
    if len(resource.paths) > 1:
        if hash_ is not None or size is not None:
            reason = LocalText("资源由多个文件组成", "the resource has several files")
            yield found("hash-not-checked", **place, reason=reason)
        return
    path = inside(dataset.source.folder, resource.paths[0])
    if isinstance(hash_, str):
        algorithm, _, digits = hash_.lower().replace("-", "").rpartition(":")
        algorithm = algorithm or "md5"
        if len(digits) != HASHES.get(algorithm):
            reason = LocalText("不认识这种写法", "it is not written in a known way")
            yield found("hash-not-checked", **place, reason=reason)
        else:
            with path.open("rb") as file:
                actual = hashlib.file_digest(file, algorithm).hexdigest()
            if actual != digits:
                yield found("hash-count", **place, note=_expected(hash_, f"{algorithm}:{actual}"))
    if isinstance(size, int) and size != path.stat().st_size:
        yield found("byte-count", **place, note=_expected(f"{size:,}", f"{path.stat().st_size:,}"))


def _expected(expected: str, actual: str) -> Phrase:
    return phrase(
        "应为 {expected}，实际为 {actual}",
        "{expected} is declared, {actual} is there",
        expected=expected,
        actual=actual,
    )
