"""Openness (开放) of a dataset, failing closed: ``catalogue.open``, planned, sharing, and keys misspelt for them.

Packages that say nothing about openness come from the open-data world and are open. As soon as a key that decides, or
one that resembles it, is not plainly understood, the files stay in and an error says which key is meant: a typing
mistake must not publish a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from portal.examining.reading.descriptors.catalogue_keys import CATALOGUE_KEYS, PARTS_OF_KEYS
from portal.examining.reading.descriptors.openness_words import against_inside, plain, speaks_against
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text
from portal.findings.details import Phrase, phrase
from portal.model.catalog import OpenState
from portal.model.guide import term_id
from portal.model.terms import NO_CONDITION, SHARING_TYPES

DECIDING_KEYS = ("open", "planned", "sharing")
"""The keys of ``catalogue`` that decide who may have the files."""
_LIKENESS = 0.75
"""How much of a key and of what it may stand for is alike (difflib); ``opne`` and ``open`` are just so much."""
_LIKENESS_OF_PAIRS = 0.85
"""The same for spellings of two words, one of which means something else alone: ``openstatus`` and ``status``."""
_OF_ONE_WORD = ("open", "isopen", "opened", "openness", "catalogue", "catalog", "planned", "sharing", "share", "shared")
_LIKENESS_BESIDE = 0.9
"""The same for planned and sharing beside ``catalogue``, where keys are free: ``planed`` is meant, ``plane`` is not."""
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "catalogue": ("catalogue", "catalog", "目录", "资源目录", "目录信息"),
    "catalogue.open": (
        *("open", "isopen", "opened", "openness", "openstate", "openstatus", "opentype", "opendata"),
        *("开放", "是否开放", "是否公开", "是否向社会开放", "向社会开放", "开放属性", "开放类型", "开放状态", "公开"),
    ),
    "catalogue.planned": ("planned", "plannedon", "isplanned", "计划开放", "拟开放"),
    "catalogue.sharing": ("sharing", "share", "shared", "sharingtype", "共享", "共享类型", "共享属性"),
}
"""How people write the keys that are meant, without what stands between letters."""
_STANDARD_KEYS = frozenset(
    "name title description keywords licenses contributors sources homepage version created id image profile profiles "
    "$schema translations resources path url data schema dialect format mediatype encoding bytes hash type group "
    "constraints fields primaryKey foreignKeys missingValues example enum categories".split()
)
"""Keys of the standards, which speak of other things."""


@dataclass(frozen=True)
class UnclearKey:
    """A key at *field* that is not plainly understood; *meant* is what should be written, in its place."""

    field: str
    meant: str
    reason: Phrase


def unclear_keys(document: Mapping[str, Any]) -> Iterator[UnclearKey]:
    """Yield every key of a descriptor that decides about openness, or seems meant to, and is not plainly understood."""
    yield from _beside(document, "", known={"catalogue"})
    for language, texts in as_mapping(document.get("translations")).items():
        yield from _beside(as_mapping(texts), f"translations.{language}.", known=set())
    for place, entry in enumerate(as_list(document.get("resources"))):
        yield from _of_resource(as_mapping(entry), f"resources[{place}].")
    catalogue = as_mapping(document.get("catalogue"))
    for key, value in catalogue.items():
        if key not in CATALOGUE_KEYS:
            yield from _unknown(key, value)
    if catalogue.get("published") is False:
        yield UnclearKey("catalogue.published", "catalogue.open", phrase("应是日期", "it should be a day"))
    for key in DECIDING_KEYS:
        if key in catalogue:
            yield from _READERS[key](catalogue[key])


def _of_resource(entry: Mapping[str, Any], place: str) -> Iterator[UnclearKey]:
    """Yield keys of a resource, of its schema and of its columns: also a column can be meant to stay in."""
    yield from _beside(entry, place, known=set())
    schema = as_mapping(entry.get("schema"))
    yield from _beside(schema, f"{place}schema.", known=set())
    for number, column in enumerate(as_list(schema.get("fields"))):
        yield from _beside(as_mapping(column), f"{place}schema.fields[{number}].", known=set())


def open_state(catalogue: Mapping[str, Any]) -> OpenState:
    """Decide whether the public may have the files: only a plain yes without a condition opens them.

    *catalogue* is the block of the descriptor. Without ``open`` in it the files are open.

    >>> open_state({"open": {"is_open": True, "condition": "需申请"}}), open_state({"open": "不"}), open_state({})
    ('conditional', 'closed', 'open')
    """
    if catalogue.get("planned", False) is not False:
        return "planned"
    opening = catalogue.get("open", True)
    if opening is True:
        return "open"
    if not isinstance(opening, Mapping) or opening.get("is_open") is not True:
        return "conditional" if _is_condition_alone(opening) else "closed"
    return "open" if is_unconditional(opening.get("condition")) else "conditional"


def is_unconditional(condition: object) -> bool:
    """Whether what stands under a condition says that there is none.

    >>> is_unconditional(None), is_unconditional("无条件"), is_unconditional([]), is_unconditional("需申请")
    (True, True, False, False)
    """
    return condition is None or (isinstance(condition, str) and condition.strip().lower() in NO_CONDITION)


def _is_condition_alone(opening: object) -> bool:
    """Whether a condition is all that is said, which is plain: there is one."""
    stated = as_mapping(opening)
    return list(stated) == ["condition"] and bool(as_text(stated["condition"])) and not _has_none(stated)


def _has_none(stated: Mapping[str, Any]) -> bool:
    return is_unconditional(stated.get("condition"))


def _beside(entry: Mapping[str, Any], place: str, known: set[str]) -> Iterator[UnclearKey]:
    """Yield keys beside ``catalogue``, or of a resource, that resemble it or what stands in it.

    Keys of one's own are free there, so sharing and planned are known by their names or nearly so, and other words for
    openness speak only where what is under them does not leave the files to everybody.
    """
    for key, value in entry.items():
        if key in known or key in _STANDARD_KEYS:
            continue
        meant = (
            _resembled(key, ("catalogue", "catalogue.open"))
            or _resembled(key, ("catalogue.planned", "catalogue.sharing"), _LIKENESS_BESIDE)
            or _spelled(key)
        )
        if meant:
            yield UnclearKey(f"{place}{key}", meant, _misplaced())
        elif speaks_against(key, value):
            yield UnclearKey(f"{place}{key}", "catalogue.open", _misplaced())
        else:
            for inner in against_inside({key: value}):
                yield UnclearKey(f"{place}{inner}", "catalogue.open", _misplaced())


def _unknown(key: str, value: object) -> Iterator[UnclearKey]:
    """Yield a key of ``catalogue`` that no one reads, where it or its value speaks of who may have the files."""
    meant = _resembled(key, tuple(_SPELLINGS)) or _spelled(key)
    if not meant and (isinstance(value, bool) or speaks_against(key, value)):
        meant = "catalogue.open"
    if not meant and isinstance(value, Mapping):
        inner = (_resembled(part, tuple(_SPELLINGS)) or _spelled(part) for part in value)
        meant = next(filter(None, inner), "")
    if not meant and any(against_inside(value)):
        meant = "catalogue.open"
    if meant:
        yield UnclearKey(f"catalogue.{key}", meant if meant != "catalogue" else "catalogue.open", _not_known())


def _opening(stated: object) -> Iterator[UnclearKey]:
    if isinstance(stated, bool) or _is_condition_alone(stated):
        return
    meant = "catalogue.open.is_open"
    if not isinstance(stated, Mapping) or not stated:
        yield UnclearKey("catalogue.open", meant, _yes_or_no())
        return
    yield from _parts("open", stated, meant)
    if "is_open" in stated and not isinstance(stated["is_open"], bool):
        yield UnclearKey(meant, meant, _yes_or_no())
    elif "is_open" not in stated and set(stated) <= PARTS_OF_KEYS["open"]:
        yield UnclearKey("catalogue.open", meant, _yes_or_no())
    if not isinstance(stated.get("condition", ""), str | None):
        field = "catalogue.open.condition"
        yield UnclearKey(field, field, phrase("应是文字", "it should be text"))


def _planned(stated: object) -> Iterator[UnclearKey]:
    """Text stays planned, whether or not it is a day; nothing, or a list, says neither yes nor no."""
    if stated is None or stated == "" or isinstance(stated, list):
        reason = phrase("应写日期、true 或 false", "it should be a day, true or false")
        yield UnclearKey("catalogue.planned", "catalogue.planned.on", reason)


def _sharing(stated: object) -> Iterator[UnclearKey]:
    types = ", ".join(SHARING_TYPES)
    meant = "catalogue.sharing.type"
    reason = phrase("应是 {types} 之一", "it should be one of {types}", types=types)
    if not isinstance(stated, Mapping):
        if not (isinstance(stated, str) and term_id(stated.strip(), SHARING_TYPES)):
            yield UnclearKey("catalogue.sharing", meant, reason)
        return
    yield from _parts("sharing", stated, meant)
    type_ = stated.get("type")
    if type_ is None and set(stated) <= PARTS_OF_KEYS["sharing"]:
        if not stated or "type" in stated or not _has_none(stated) or stated.get("basis"):
            yield UnclearKey(meant, meant, reason)
    elif type_ is not None and not (isinstance(type_, str) and term_id(type_.strip(), SHARING_TYPES)):
        yield UnclearKey(meant, meant, reason)


_READERS = {"open": _opening, "planned": _planned, "sharing": _sharing}


def _parts(key: str, stated: Mapping[str, Any], meant: str) -> Iterator[UnclearKey]:
    for part in stated:
        if part not in PARTS_OF_KEYS[key]:
            yield UnclearKey(f"catalogue.{key}.{part}", meant, _not_known())


@lru_cache(maxsize=4096)
def _resembled(key: str, among: tuple[str, ...], least_likeness: float = 0) -> str:
    """Return the first of *among* that *key* is a spelling of, or nearly so; "" where it is none.

    >>> [_resembled(key, tuple(_SPELLINGS)) for key in ("is-open", "Catalogue", "opne", "category", "ｏｐｅｎ")]
    ['catalogue.open', 'catalogue', 'catalogue.open', '', 'catalogue.open']
    """
    letters = plain(key)
    for meant in among:
        for spelling in filter(str.isascii, _SPELLINGS[meant]):
            least = max(least_likeness, _LIKENESS if spelling in _OF_ONE_WORD else _LIKENESS_OF_PAIRS)
            if get_close_matches(letters, [spelling], 1, least):
                return meant
    return ""


def _spelled(key: str) -> str:
    """Return what *key* is a spelling of, to the letter: of Chinese words every other one means something else."""
    return next((meant for meant, spellings in _SPELLINGS.items() if plain(key) in spellings), "")


def _misplaced() -> Phrase:
    return phrase("这里不读这个键", "the key is not read here")


def _not_known() -> Phrase:
    return phrase("没有这个键", "there is no such key")


def _yes_or_no() -> Phrase:
    return phrase("应写 true 或 false", "it should be true or false")
