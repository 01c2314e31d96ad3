"""Names of departments in listings matched with publishers.yaml; new ones entered at its end.

A listing calls its departments as people of its place do: ``市统计局``, ``财政局``. With the region of the listing the
name is made whole, so that the departments of two cities stay two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.examining.reading.descriptors.dataset_names import NAME_CHARACTERS_MAX, propose_name
from portal.model.catalog import Publisher
from portal.model.errors import ConfigurationError, unwritable
from portal.settings import read_mapping

REGISTER = "publishers.yaml"

_CITY = re.compile(r"[^市]{2,8}(市|自治州)")
_SUFFIXES = ("自治区", "自治州", "地区", "省", "市", "州", "盟", "县", "区")


@dataclass(frozen=True)
class NewDepartment:
    """A department that publishers.yaml does not have: what to enter, and the listings that name it."""

    id: str
    name: str
    sources: tuple[str, ...]


def whole_name(name: str, region: str) -> str:
    """Return the name of a department of *region* so that it says where it is.

    >>> [whole_name(name, "池州市") for name in ("财政局", "市统计局", "池州市气象局", "国家税务总局池州市税务局")]
    ['池州市财政局', '池州市统计局', '池州市气象局', '国家税务总局池州市税务局']
    >>> whole_name("省科技厅", "安徽省"), whole_name("自治区 统计局", "广西壮族自治区"), whole_name("财政局", "")
    ('安徽省科技厅', '广西壮族自治区统计局', '财政局')

    A department of a city that stands in the listing of its province says where it is already:

    >>> whole_name("徐州市体育局", "江苏省")
    '徐州市体育局'
    """
    name = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", " ".join(name.split()))
    suffix = next((suffix for suffix in _SUFFIXES if region.endswith(suffix)), "")
    stem = region.removesuffix(suffix)
    if not name or not stem or stem in name or (suffix in ("省", "自治区") and _CITY.match(name)):
        return name
    if suffix and name.startswith(suffix):
        return stem + name
    return region + name


class Departments:
    """The departments of publishers.yaml, and those that listings name beside them."""

    def __init__(self, publishers: Iterable[Publisher], *, is_adding: bool = False) -> None:
        self.is_adding = is_adding
        """Whether new ones are to be entered, so that entries may already go by their ids."""
        self._ids: dict[str, str] = {}
        self._taken: set[str] = set()
        for publisher in publishers:
            self._taken.add(publisher.id)
            for name in (publisher.id, publisher.title.zh, publisher.title.en, *publisher.former_names):
                self._ids.setdefault(name, publisher.id)
        self._new: dict[str, str] = {}
        self._sources: dict[str, dict[str, str]] = {}

    def resolve(self, name: str, source_id: str, region: str) -> tuple[str, str]:
        """Return the whole name of a department and its id, "" where publishers.yaml has and will have none.

        A name as it stands in publishers.yaml is that department, with or without the region.
        """
        whole = whole_name(name, region)
        if whole not in self._ids and name in self._ids:
            whole = name
        if not whole:
            return "", ""
        self._sources.setdefault(whole, {}).setdefault(source_id, region)
        known = self._ids.get(whole, "")
        if known:
            return whole, known
        if whole not in self._new:
            self._new[whole] = self._free_id(whole)
        return whole, self._new[whole] if self.is_adding else ""

    def _free_id(self, name: str) -> str:
        base = propose_name(name, "department")
        id_, number = base, 1
        while id_ in self._taken:
            number += 1
            suffix = f"-{number}"
            id_ = base[: NAME_CHARACTERS_MAX - len(suffix)].rstrip("-._") + suffix
        self._taken.add(id_)
        return id_

    @property
    def new(self) -> tuple[NewDepartment, ...]:
        """What publishers.yaml lacks, in the order in which it was met."""
        return tuple(NewDepartment(id_, name, tuple(self._sources[name])) for name, id_ in self._new.items())

    @property
    def shared(self) -> tuple[tuple[str, str, str], ...]:
        """Names that two listings without a region have in common, with the first two of them."""
        found = []
        for name in self._new:
            without = [source for source, region in self._sources[name].items() if not region]
            if len(without) > 1:
                found.append((name, without[0], without[1]))
        return tuple(found)


def check_register(datasets_dir: Path) -> None:
    """Ask whether `add_departments` can work here, before anything is written. Raises ConfigurationError."""
    _entered(datasets_dir / REGISTER, [{"id": "department", "name": "单位"}], is_trial=True)


def add_departments(datasets_dir: Path, new: Iterable[NewDepartment]) -> None:
    """Enter *new* at the end of publishers.yaml; what stands there stays as it is. Raises ConfigurationError."""
    entries = [{"id": item.id, "name": item.name} for item in new]
    if entries:
        _entered(datasets_dir / REGISTER, entries)


def _entered(path: Path, entries: list[dict[str, str]], *, is_trial: bool = False) -> None:
    before = read_mapping(path)
    listed = before.get("publishers") or []
    draft = path.with_name(f".{path.stem}.draft{path.suffix}")
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        draft.write_text(_with_entries(text, entries, bool(listed)), encoding="utf-8", newline="\n")
        is_as_meant = _is_as_meant(draft, {**before, "publishers": [*listed, *entries]})
        if is_as_meant and not is_trial:
            draft.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        draft.unlink(missing_ok=True)
    if not is_as_meant:
        raise ConfigurationError(
            f"无法在 {path} 末尾添加单位：publishers 不是文件的最后一项。请把它移到最后，或按导入报告手工添加。",
            f"Departments cannot be added at the end of {path}: publishers is not its last key. Move it there, or add "
            f"them by hand from the report.",
        )


def _with_entries(text: str, entries: list[dict[str, str]], has_list: bool) -> str:
    """Return the text of publishers.yaml with *entries* at its end, indented as the list is."""
    indents = re.findall(r"^( *)- ", text, flags=re.MULTILINE) if has_list else []
    indent = indents[0] if indents else "  "
    lines = [
        f"{indent}- {{id: {item['id']}, name: {json.dumps(item['name'], ensure_ascii=False)}}}" for item in entries
    ]
    if not re.search(r"^publishers:", text, flags=re.MULTILINE):
        lines.insert(0, "publishers:")
    head = [text.rstrip("\n")] if text.strip() else []
    return "\n".join([*head, *lines]) + "\n"


def _is_as_meant(path: Path, document: object) -> bool:
    try:
        return dict(read_mapping(path)) == document
    except ConfigurationError:
        return False
