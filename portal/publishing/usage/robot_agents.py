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
_CHUNK = 50

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
    return bool(_ANY.search(agent)) or any(pattern.search(agent) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of the list, many in one, so that an agent is tried against few."""
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA

    listed = [item["pattern"] for item in CRAWLER_USER_AGENTS_DATA if "http-library" not in item.get("tags", ())]
    return tuple(re.compile("|".join(listed[start : start + _CHUNK])) for start in range(0, len(listed), _CHUNK))
