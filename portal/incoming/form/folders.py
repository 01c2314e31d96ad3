"""A dataset's folder written by an import: datapackage.yaml merged with hand-made changes, data replaced.

It is written whole, and compared before anything is replaced.
"""

from __future__ import annotations

import filecmp
import glob
import io
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.representer import RoundTripRepresenter

from portal.yamlfile import UnreadableFile, read_document

DESCRIPTOR = "datapackage.yaml"
_OF_THE_BYTES = frozenset(["bytes", "hash"])
_OF_THE_FILE = _OF_THE_BYTES | {"dialect", "encoding", "format", "mediatype", "normalise"}
"""Keys of a resource that say how its file is to be read."""


def descriptor_text(descriptor: Mapping[str, Any]) -> str:
    """Return *descriptor* as YAML that a person may go on editing; what is text stays text.

    >>> print(descriptor_text({"title": "站点", "code": "01001", "open": True}), end="")
    title: 站点
    code: "01001"
    open: true
    """
    stream = io.StringIO()
    _yaml().dump(descriptor, stream)
    return stream.getvalue()


def write_dataset(folder: Path, descriptor: Mapping[str, Any]) -> None:
    """Write the descriptor into *folder*, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DESCRIPTOR).write_text(descriptor_text(descriptor), encoding="utf-8")


def find_dataset(datasets_dir: Path, name: str, folders: Mapping[str, str]) -> Path | None:
    """Return the folder of the dataset *name*; *folders* are those known at the beginning, relative to the root.

    A folder of that name below a publisher counts even where its descriptor cannot be read: it is not ours to replace.
    """
    if name in folders:
        return datasets_dir / folders[name]
    return next((path for path in sorted(datasets_dir.glob(f"*/{name}")) if path.is_dir()), None)


def read_existing(folder: Path) -> dict[str, Any] | None:
    """Return the descriptor in *folder* as it was written by hand or by an import; None where there is none to use."""
    try:
        document = read_document(folder / DESCRIPTOR)
    except UnreadableFile:
        return None
    return document if isinstance(document, dict) else None


def is_within(wanted: Any, existing: Any) -> bool:
    """Whether *existing* says everything that *wanted* says; it may say more.

    >>> is_within({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}), is_within({"a": 1}, {"a": 2})
    (True, False)
    """
    if isinstance(wanted, Mapping) and isinstance(existing, Mapping):
        return all(key in existing and is_within(value, existing[key]) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(existing, list):
        return len(wanted) == len(existing) and all(map(is_within, wanted, existing))
    return bool(wanted == existing)


def merged(existing: Mapping[str, Any], given: Mapping[str, Any], *, is_bare: bool) -> dict[str, Any]:
    """Return *existing* brought up to date: what was *given* takes its place, what was added by hand stays.

    Of a bare file only the data are new: what its descriptor would guess never replaces what stands there.
    """
    if is_bare:
        return {**given, **existing, "resources": _resources(existing, given, keep=True)}
    result = _overlaid({key: value for key, value in existing.items() if key != "resources"}, given)
    return result | {"name": existing.get("name", given["name"]), "resources": _resources(existing, given, keep=False)}


def _resources(existing: Mapping[str, Any], given: Mapping[str, Any], *, keep: bool) -> list[Any]:
    """Match resources by name, one alone with one alone; the path is always the new one."""
    old = [item for item in existing.get("resources") or [] if isinstance(item, Mapping)]
    new = list(given["resources"])
    pairs = {item.get("name"): item for item in old}
    result = []
    for item in new:
        before = old[0] if len(old) == len(new) == 1 else pairs.get(item["name"])
        if before is None:
            result.append(item)
            continue
        is_of_kind = Path(str(before.get("path"))).suffix == Path(item["path"]).suffix
        stale = _OF_THE_BYTES if is_of_kind else _OF_THE_FILE
        before = {key: value for key, value in before.items() if key not in stale}
        if keep:
            result.append({**item, **before, "path": item["path"]})
        else:
            result.append(_overlaid(before, {key: value for key, value in item.items() if key != "name"}))
    names = {item.get("name") for item in result}
    matched = old if len(old) == len(new) == 1 else []
    return result + [item for item in old if item.get("name") not in names and item not in matched]


def _overlaid(existing: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(existing)
    for key, value in given.items():
        before = result.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            result[key] = _overlaid(before, value)
        elif key == "fields" and isinstance(value, list) and isinstance(before, list):
            known = {item.get("name"): item for item in before if isinstance(item, Mapping)}
            result[key] = [_overlaid(known.get(item["name"], {}), item) for item in value]
        else:
            result[key] = value
    return result


def is_same(
    files: Sequence[Path], existing: Path, before: Mapping[str, Any], given: Mapping[str, Any], *, is_bare: bool
) -> bool:
    """Whether the dataset in *existing*, described by *before*, says what was *given* and has the same data *files*.

    What the descriptor of a bare file only guesses is not compared.
    """
    if any(not _is_copy(path, existing / path.name) for path in files):
        return False
    if is_bare:
        return {item["path"] for item in given["resources"]} <= _paths(before)
    stated = {**given, "resources": []}
    has_resources = is_within(given["resources"], before.get("resources"))
    return has_resources and is_within(stated, {**before, "resources": []})


def _is_copy(path: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(path, other, shallow=False)


def begin_update(existing: Path, before: Mapping[str, Any], given: Mapping[str, Any], staged: Path) -> None:
    """Copy what stays of *existing* to *staged*: everything but the descriptor and the data that are replaced."""
    kept = _paths(merged(before, given, is_bare=False)) - _paths(given)
    dropped = (_paths(before) - kept) | {DESCRIPTOR}
    shutil.copytree(
        existing, staged, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*map(glob.escape, dropped))
    )


def place(staged: Path, target: Path) -> None:
    """Put a copy of the folder *staged* at *target* in one step; what stood there is gone afterwards."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh, former = target.parent / f".{target.name}.new", target.parent / f".{target.name}.old"
    for path in (fresh, former):
        shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(staged, fresh, symlinks=True)
    if target.is_dir():
        target.rename(former)
    fresh.rename(target)
    shutil.rmtree(former, ignore_errors=True)


def known_resource(before: Mapping[str, Any] | None, name: str) -> Mapping[str, Any]:
    """Return the resource that a file brings up to date: the one of its name, or the only one there is."""
    resources = [item for item in (before or {}).get("resources") or [] if isinstance(item, dict)]
    chosen = [item for item in resources if item.get("name") == name] or (resources if len(resources) == 1 else [])
    return chosen[0] if chosen else {}


def known_fields(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a resource describes, by name."""
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return {str(item.get("name")): item for item in fields or [] if isinstance(item, dict)}


def with_known_fields(schema: dict[str, Any], before: Mapping[str, Any] | None, name: str) -> dict[str, Any]:
    """Return *schema* with the fields that the dataset which is there describes: somebody may have mended them."""
    known = known_resource(before, name).get("schema")
    fields = known_fields(known_resource(before, name))
    if not isinstance(known, dict) or not fields:
        return schema
    return {**known, "fields": [fields.get(item["name"], item) for item in schema["fields"]]}


def _paths(descriptor: Mapping[str, Any] | None) -> set[str]:
    """Return the data files in the folder itself that a descriptor names."""
    values = [item.get("path") for item in (descriptor or {}).get("resources") or [] if isinstance(item, Mapping)]
    return {value for value in values if isinstance(value, str) and "/" not in value and "\\" not in value}


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.width = 110
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _quoted_where_needed(representer: Any, text: str) -> Any:
    """Write text in double quotes wherever a reader of YAML might take it for something else."""
    is_plain = text[:1].isalpha() and not any(char in text for char in ":#{}[]&*!|>'\"%@`,\\\n\t")
    is_word = text.lower() in ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
    style = None if is_plain and not is_word else '"'
    return representer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


class _Representer(RoundTripRepresenter):
    """A representer of our own: what it is taught must not reach the other writers of YAML in this process."""


_Representer.add_representer(str, _quoted_where_needed)
