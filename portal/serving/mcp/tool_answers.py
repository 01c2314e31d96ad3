"""What a tool for agents answers, before it is written: data of publishers, and hints how to get more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.model.errors import QueryError
from portal.model.text import LocalText
from portal.serving.current_release import OpenRelease

ANSWER_CHARACTERS_MAX = 100_000
"""A longer answer is refused, with what to ask for instead; agents hold no more."""


@dataclass(frozen=True)
class AskedPortal:
    """The release that a tool answers from, and what absolute addresses begin with."""

    release: OpenRelease
    address: str


@dataclass(frozen=True)
class ToolAnswer:
    """*data* holds what publishers wrote, and numbers and addresses; *more* is the portal's own: how to get more."""

    data: dict[str, Any]
    more: tuple[LocalText, ...] = ()


class AnswerTooLongError(QueryError):
    """An answer that is longer than agents can hold."""

    status = 413


def line(text: str, characters_max: int) -> str:
    """Return the beginning of *text* in one line.

    >>> line("全市公交站点。\\n\\n每月更新。", 20), line("abcdef", 4)
    ('全市公交站点。 每月更新。', 'abc…')
    """
    flat = " ".join(text[: 4 * characters_max].split())
    return flat if len(flat) <= characters_max else f"{flat[: characters_max - 1]}…"


def stated(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of *values*: no blanks, nothing empty.

    >>> stated({"rows": 0, "crs": "", "files": [], "due": None})
    {'rows': 0}
    """
    return {key: value for key, value in values.items() if value is not None and value != "" and value not in ([], {})}
