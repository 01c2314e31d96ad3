"""``portal new FILE``: bare files become a dataset's folder: copied, understood, described.

Nothing that is there is ever overwritten.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portal.examining.privacy.redaction import table_without_personal_data, without_identifiers
from portal.examining.reading.descriptors.bare_files import stem_of
from portal.examining.reading.descriptors.dataset_names import is_name, is_resource_name, propose_name
from portal.examining.reading.descriptors.paths import UnsafePath, inside
from portal.examining.understanding import UnderstoodDataset
from portal.incoming.draft.descriptor_text import descriptor_text, to_fill_in
from portal.incoming.draft.drafted_tables import Part, parts_of
from portal.incoming.draft.numbering import proposed_code
from portal.model.errors import ConfigurationError, unwritable
from portal.model.limits import Limits

DRAFTS = "drafts"
"""The folder of drafts whose publisher was not named."""
DESCRIPTOR = "datapackage.yaml"


@dataclass(frozen=True)
class Draft:
    """What was written: the *folder*, and what is to be done there.

    *understood* are the files as a dataset that was understood, the tables with the proposed schemas;
    *to_fill_in* are the keys that only the publisher knows; *publisher* is "" where none was named.
    """

    folder: Path
    understood: UnderstoodDataset
    to_fill_in: tuple[str, ...]
    publisher: str
    left_out: tuple[str, ...] = ()
    """Sheets that could not be described, since a column has no name or that of another; the findings say which."""

    @property
    def descriptor(self) -> Path:
        """The descriptor that was written."""
        return self.folder / DESCRIPTOR


def draft_dataset(
    files: Sequence[Path],
    datasets_dir: Path,
    *,
    publisher: str = "",
    name: str = "",
    title: str = "",
    limits: Limits | None = None,
    released_codes: Collection[str] = (),
) -> Draft:
    """Write a dataset's folder below *datasets_dir* for *files*: copies of them, and a descriptor.

    A workbook with several sheets gives a resource for each. *released_codes* are the resource codes of what was ever
    released, which are not proposed again. Raises ConfigurationError where a name cannot be used,
    the folder is there already, or something cannot be read or written; then nothing is left behind.
    """
    limits = limits or Limits()
    _check_files(files, limits)
    name = _checked_name(name, files[0])
    if publisher and not is_name(publisher):
        proposal = propose_name(publisher, "publisher")
        raise ConfigurationError(
            f"单位 id“{publisher}”不合规则，可用 {proposal}。",
            f'"{publisher}" is no id of a publisher; try {proposal}.',
        )
    target = datasets_dir / (publisher or DRAFTS) / name
    _check_free(datasets_dir, target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".draft-", dir=target.parent) as staging:
            folder = Path(staging) / name
            folder.mkdir()
            copies = [_copied(file, folder) for file in files]
            code = proposed_code(datasets_dir, publisher, released_codes)
            draft = _described(copies, folder, target, publisher, title or _title_of(files), bool(title), code, limits)
            folder.rename(target)
    except OSError as error:
        raise unwritable(target, error) from error
    return draft


def _check_files(files: Sequence[Path], limits: Limits) -> None:
    if not files:
        raise ConfigurationError("没有给出文件。", "No file was named.")
    for file in files:
        if not file.is_file():
            raise ConfigurationError(f"没有文件 {file}。", f"There is no file at {file}.")
        if not os.access(file, os.R_OK):
            raise ConfigurationError(
                f"没有读取 {file} 的权限。请先给它读取权限（chmod a+r），或请管理员处理。",
                f"{file} may not be read. Give it the right (chmod a+r), or ask the administrator.",
            )
        if not file.stat().st_size:
            raise ConfigurationError(
                f"{file} 是空的，没有可以描述的内容。请换成有数据的文件。",
                f"{file} is empty, so there is nothing to describe. Name a file with data.",
            )
        if file.stat().st_size > limits.file_bytes_max:
            size = limits.file_bytes_max
            raise ConfigurationError(f"{file} 超过 {size} 字节的上限。", f"{file} is over the limit of {size} bytes.")


def _checked_name(name: str, file: Path) -> str:
    if not name:
        return propose_name(_encodable(stem_of(file)))
    if not is_name(name):
        proposal = propose_name(name)
        raise ConfigurationError(
            f"名称“{name}”不合规则，可用 {proposal}。", f'"{name}" cannot name a dataset; try {proposal}.'
        )
    return name


def _check_free(datasets_dir: Path, target: Path) -> None:
    """Refuse a name that a dataset has: its folder is there, below this publisher or another."""
    taken = next((path for path in (target, *datasets_dir.glob(f"*/{target.name}")) if path.exists()), None)
    if taken is not None:
        raise ConfigurationError(
            f"{taken} 已经存在，没有改动任何内容。请用 --name 另起名称。",
            f"{taken} exists already and was left alone; choose another name with --name.",
        )


def _copied(file: Path, folder: Path) -> Path:
    """Copy *file* into *folder*, under a name that a descriptor may hold and that is not taken."""
    wanted = file.name
    try:
        wanted.encode()
        inside(folder, wanted)
        is_fit = not wanted.startswith(DESCRIPTOR.split(".")[0] + ".")
    except (UnsafePath, UnicodeEncodeError):
        is_fit = False
    stem, suffix = (file.stem, file.suffix) if is_fit else (propose_name(_encodable(file.stem), "data"), file.suffix)
    suffix = suffix if suffix.isascii() else ""
    copy = folder / f"{stem}{suffix}"
    for number in range(2, 1000):
        if not copy.exists():
            break
        copy = folder / f"{stem}-{number}{suffix}"
    shutil.copyfile(file, copy)
    return copy


def _title_of(files: Sequence[Path]) -> str:
    return _encodable(stem_of(files[0])) or files[0].name


def _encodable(text: str) -> str:
    """Return the name of a file without bytes that are no text."""
    return text.encode("utf-8", "replace").decode()


def _described(
    copies: Sequence[Path],
    folder: Path,
    target: Path,
    publisher: str,
    title: str,
    is_title_given: bool,
    code: str,
    limits: Limits,
) -> Draft:
    """Write the descriptor of *copies* into *folder*, which will stand at *target*."""
    with tempfile.TemporaryDirectory(prefix="kaifang-") as work:
        found_parts = [part for copy in copies for part in _filled(copy, Path(work), limits)]
    parts = _with_own_names(_usable(found_parts))
    if len(parts) == 1:
        title = title if is_title_given else parts[0].heading or title
    if len(found_parts) == 1:
        entry = {**parts[0].drafted.entry, "title": title}
        parts = [replace(parts[0], drafted=replace(parts[0].drafted, entry=entry))]
    drafted = tuple(part.drafted for part in parts)
    left_out = tuple(
        str(item.drafted.entry["title"])
        for item in found_parts
        if not item.has_labels and len(parts) < len(found_parts)
    )
    text = descriptor_text(target.name, title, publisher, drafted, left_out, code)
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")
    resources = [replace(part.dataset.resources[0], name=str(part.drafted.entry["name"])) for part in parts]
    dataset = replace(
        parts[0].dataset, name=target.name, title=replace(parts[0].dataset.title, zh=title), resources=tuple(resources)
    )
    today = date.today()
    findings = tuple(
        without_identifiers(
            replace(item, file=item.file and item.file.replace(folder.as_posix(), target.as_posix())), today
        )
        for part in found_parts
        for item in part.findings_on_sheets
    )
    tables = {
        str(part.drafted.entry["name"]): table_without_personal_data(part.table, today) for part in parts if part.table
    }
    keys = to_fill_in(publisher, drafted)
    return Draft(target, UnderstoodDataset.of(dataset, tables, findings), keys, publisher, left_out)


def _filled(copy: Path, work_dir: Path, limits: Limits) -> list[Part]:
    """Return the parts of a file that hold anything. Raises ConfigurationError where none does."""
    parts = [part for part in parts_of(copy, work_dir, limits) if not part.is_empty]
    if not parts:
        raise ConfigurationError(
            f"{copy.name} 里没有内容，没有可以描述的表格。请换成有数据的文件。",
            f"{copy.name} holds nothing, so there is no table to describe. Name a file with data.",
        )
    return parts


def _usable(parts: Sequence[Part]) -> list[Part]:
    """Leave out sheets that no schema can describe, unless nothing else is left."""
    return [part for part in parts if part.has_labels] or list(parts)


def _with_own_names(parts: Sequence[Part]) -> list[Part]:
    """Give each resource a name of its own."""
    taken: set[str] = set()
    result = []
    for part in parts:
        base = str(part.drafted.entry["name"])
        name = base
        number = 1
        while name in taken or not is_resource_name(name):
            number += 1
            name = f"{base[:90]}-{number}"
        taken.add(name)
        entry = {**part.drafted.entry, "name": name}
        result.append(replace(part, drafted=replace(part.drafted, entry=entry)))
    return result
