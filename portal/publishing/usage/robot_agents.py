"""Robots told from people by their User-Agent: search engines, checkers of links, monitors; programs of people are not.

The list is that of the package crawler-user-agents, which is kept up month by month. What it calls an HTTP library
(curl, requests, okhttp) fetches data for somebody and is no robot here: open data are there for programs.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

AGENT_CHARACTERS_MAX = 500
"""So many characters of a User-Agent are looked at."""
_AGENTS_KEPT = 10_000

_is_word = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^A-Za-z0-9])+").fullmatch
"""Whether a pattern stands for itself, apart from signs that are escaped."""
_ANY = re.compile(r"(?<!cu)bots?\b|crawl|spider|slurp", re.IGNORECASE)
"""What robots that no list knows yet call themselves; Cubot makes telephones."""


def is_robot(agent: str) -> bool:
    """Return whether a User-Agent is that of a robot; one that says nothing is.

    >>> is_robot("Mozilla/5.0 (compatible; Baiduspider/2.0)"), is_robot("my-new-bot/1"), is_robot("-")
    (True, True, True)
    >>> is_robot("curl/8.5.0"), is_robot("Mozilla/5.0 (Linux; CUBOT X30) Chrome/120.0 Mobile Safari/537.36")
    (False, False)
    """
    return _judged(agent[:AGENT_CHARACTERS_MAX])


@lru_cache(maxsize=_AGENTS_KEPT)
def _judged(agent: str) -> bool:
    if agent.strip() in ("", "-"):
        return True
    if _ANY.search(agent):
        return True
    words, patterns = _listed()
    return any(word in agent for word in words) or any(pattern.search(agent) for pattern in patterns)


@cache
def _listed() -> tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]:
    """Return the list as words, which most of its patterns are and which are found fast, and as the other patterns.

    Whoever calls himself otherwise in every request must not make counting slow.
    """
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA

    listed = [item["pattern"] for item in CRAWLER_USER_AGENTS_DATA if "http-library" not in item.get("tags", ())]
    plain = {pattern: re.sub(r"\\([^A-Za-z0-9])", r"\1", pattern) for pattern in listed if _is_word(pattern)}
    return tuple(plain.values()), tuple(re.compile(pattern) for pattern in listed if pattern not in plain)
