"""Fairness: how often one address or API key may ask, in memory or Redis; RateLimit headers, 429.

Three kinds of requests are counted, each for itself: rows, searches and lookups (`portal.model.rates`). Files, pages,
health and preflights are free. An ``X-Api-Key`` opens no door and is known nowhere: it names a count of its own, so
that programs behind one address do not take from each other. All keys of an address together have a bound too, so
inventing them gains little. In memory each worker counts for itself, and several allow so many times as much; in Redis
they count together. Where Redis does not answer, each counts for itself until it does.

In Redis the package limits counts, on which Flask-Limiter stands; in memory a few lines of our own, since those two
cost far more (docs/decisions/031-limits-without-accounts.md).

Headers: RateLimit and RateLimit-Policy as in
draft-ietf-httpapi-ratelimit-headers-10; Retry-After of RFC 9110.
"""

from __future__ import annotations

import hashlib
import logging
import math
import time
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from flask import Request, Response
from werkzeug.exceptions import TooManyRequests

from portal.model.addresses import (
    API_DATASETS,
    API_DATASETS_CSV,
    API_DATASETS_FEED,
    API_HEALTH,
    CKAN_APIS,
    DATASETS,
    in_language,
    is_rows_page,
)
from portal.model.rates import BUCKETS_AN_ADDRESS, WINDOW_SECONDS
from portal.serving.headers import is_api
from portal.serving.this_request import asked, noted, serving

KEY_HEADER = "X-Api-Key"
KEY_CHARACTERS_MAX = 200
"""More of a key than this does not count."""
ASKERS_MAX = 100_000
"""Of more askers in a minute the others have one count together, so that memory has a bound."""
REDIS_ADDRESSES = ("redis://", "rediss://", "redis+unix://")
REDIS_LEFT_SECONDS = 10
"""For so long a Redis that did not answer is left alone."""
_HOUSEHOLD = 64
"""Bits of an address of IPv6 that are the same for one customer."""
_SEARCHES = frozenset((API_DATASETS, API_DATASETS_CSV, API_DATASETS_FEED))
_LISTS = frozenset(in_language(lang, DATASETS) for lang in ("zh", "en"))
_SEARCH_ACTIONS = frozenset("package_search package_autocomplete resource_search suggest".split())
_ROW_ACTIONS = frozenset("datastore_search datastore_search_sql".split())

logger = logging.getLogger(__name__)


def kind_of(asked: Request) -> str:
    """Return as what a request counts, "" for one that is free."""
    path = asked.path
    if asked.method == "OPTIONS" or path == API_HEALTH:
        return ""
    if path.startswith(("/mcp", "/datastore/")):
        return "rows"
    if not is_api(path):
        if not asked.query_string:
            return ""
        return "searches" if path in _LISTS else "rows" if is_rows_page(path) else ""
    last = path.rstrip("/").rpartition("/")[2]
    if path.startswith(CKAN_APIS):
        return "rows" if last in _ROW_ACTIONS else "searches" if last in _SEARCH_ACTIONS else "lookups"
    if last == "rows" or "/rows/" in path:
        return "rows"
    return "searches" if path.rstrip("/") in _SEARCHES or last in _SEARCH_ACTIONS else "lookups"


def bucket_of(asked: Request) -> str:
    """Return whose requests are counted together: those of a key, else of an address."""
    key = asked.headers.get(KEY_HEADER, "").strip()[:KEY_CHARACTERS_MAX]
    if key:
        return f"key:{hashlib.sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:24]}"
    return f"address:{network_of(asked.remote_addr or '')}"


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return what stands for one asker: an address, of IPv6 the network that a household is given.

    >>> network_of("203.0.113.9"), network_of("2001:db8:1:2:3::4"), network_of("::ffff:203.0.113.9")
    ('203.0.113.9', '2001:db8:1:2::/64', '203.0.113.9')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((parsed, _HOUSEHOLD), strict=False))
    return str(parsed)


class CountsHere:
    """Counts of this process over a sliding minute: of this one, and of the last in so far as it still reaches."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0.0
        self._now: dict[str, int] = {}
        self._before: dict[str, int] = {}

    def ask(self, name: str, amount: int, now: float) -> tuple[bool, int, float]:
        """Count one more at the time *now*; return whether it is allowed, how many are left, for how many seconds."""
        minute, passed = divmod(now, WINDOW_SECONDS)
        with self._lock:
            if minute != self._minute:
                self._before = self._now if minute == self._minute + 1 else {}
                self._now, self._minute = {}, minute
            if name not in self._now and len(self._now) >= ASKERS_MAX:
                name = "others"
            asked = self._now.get(name, 0) + self._before.get(name, 0) * (1 - passed / WINDOW_SECONDS)
            is_allowed = asked + 1 <= amount
            if is_allowed:
                self._now[name] = self._now.get(name, 0) + 1
        return is_allowed, max(0, math.floor(amount - asked - is_allowed)), WINDOW_SECONDS - passed


class CountsInRedis:
    """Counts of all processes that name one Redis; while it does not answer, those of this process."""

    def __init__(self, address: str) -> None:
        """Raises whatever is wrong with the address; whether Redis answers is seen later."""
        from limits.storage import storage_from_string
        from limits.strategies import SlidingWindowCounterRateLimiter

        storage = storage_from_string(address, socket_timeout=1, socket_connect_timeout=1)
        self._counts = SlidingWindowCounterRateLimiter(storage)
        self._here = CountsHere()
        self._left_until = 0.0

    def ask(self, name: str, amount: int, now: float) -> tuple[bool, int, float]:
        """Count one more at the time *now*; return whether it is allowed, how many are left, for how many seconds."""
        from limits import RateLimitItemPerSecond

        if now >= self._left_until:
            limit = RateLimitItemPerSecond(amount, WINDOW_SECONDS, namespace="kaifang")
            try:
                is_allowed = self._counts.hit(limit, name)
                stats = self._counts.get_window_stats(limit, name)
            except Exception:  # of the client of Redis, which need not be installed
                self._left_until = now + REDIS_LEFT_SECONDS
                logger.warning("Redis does not answer; requests are counted in each process", exc_info=True)
            else:
                return is_allowed, stats.remaining, stats.reset_time - now
        return self._here.ask(name, amount, now)


def counts_at(storage: str) -> CountsHere | CountsInRedis:
    """Return what counts at the address *storage*. Raises ValueError, or what the client of Redis says of it."""
    if storage == "memory://":
        return CountsHere()
    if not storage.startswith(REDIS_ADDRESSES):
        raise ValueError("unknown storage")
    return CountsInRedis(storage)


class RequestLimits:
    """Says who asks too often."""

    def __init__(self, storage: str) -> None:
        """Count at *storage*."""
        self._counts = counts_at(storage)

    def check(self) -> None:
        """Count the request being answered. Raises TooManyRequests, and ReleaseError where there is no release."""
        request, notes = asked(), noted()
        notes.kind = kind = kind_of(request)
        if not kind:
            return
        amount = getattr(serving().directory.portal.rates, kind)
        checks = [(amount, bucket_of(request))]
        if KEY_HEADER in request.headers:
            checks.append((amount * BUCKETS_AN_ADDRESS, f"keys of {network_of(request.remote_addr or '')}"))
        for amount, name in checks:
            is_allowed, left, seconds = self._counts.ask(f"{kind}:{name}", amount, time.time())
            notes.limit = amount, left, min(WINDOW_SECONDS, max(1, math.ceil(seconds)))
            if not is_allowed:
                raise TooManyRequests


def tell_limits(response: Response) -> Response:
    """Add what is left of the asker's requests; to who has none left, when to come again."""
    notes = noted()
    if "limit" not in notes:
        return response
    amount, left, reset_seconds = notes.limit
    response.headers["RateLimit-Policy"] = f'"{notes.kind}";q={amount};w={WINDOW_SECONDS}'
    response.headers["RateLimit"] = f'"{notes.kind}";r={left};t={reset_seconds}'
    if response.status_code == 429:
        response.headers["Retry-After"] = str(reset_seconds)
    return response
