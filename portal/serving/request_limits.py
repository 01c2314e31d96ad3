"""Fairness: how often one address or API key may ask, in memory or Redis; RateLimit headers, 429.

Three kinds of requests are counted, each for itself: rows, searches and lookups (`portal.model.rates`). Files, pages,
health and preflights are free. An ``X-Api-Key`` opens no door and is known nowhere: it names a count of its own, so
that programs behind one address do not take from each other. All keys of an address together have a bound too, so
inventing them gains little. In memory each worker counts for itself, and several allow so many times as much; in Redis
they count together. Where Redis does not answer, each counts for itself until it does.

The counting is that of the package limits, on which Flask-Limiter stands; that one would cost ten times as much
(docs/decisions/025-limits-without-accounts.md). Headers: RateLimit and RateLimit-Policy as in
draft-ietf-httpapi-ratelimit-headers-10; Retry-After of RFC 9110.
"""

from __future__ import annotations

import hashlib
import logging
import math
import time
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Request, Response, g, request
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from werkzeug.exceptions import TooManyRequests

from portal.model.addresses import API_DATASETS, API_HEALTH, CKAN_APIS, DATASETS, in_language
from portal.model.rates import BUCKETS_AN_ADDRESS, WINDOW_SECONDS
from portal.serving.headers import is_api
from portal.serving.this_request import serving

KEY_HEADER = "X-Api-Key"
KEY_CHARACTERS_MAX = 200
"""More of a key than this does not count."""
REDIS_LEFT_SECONDS = 10
"""For so long a Redis that did not answer is left alone."""
_HOUSEHOLD = 64
"""Bits of an address of IPv6 that are the same for one customer."""
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
        return "searches" if path in _LISTS and asked.query_string else ""
    last = path.rstrip("/").rpartition("/")[2]
    if path.startswith(CKAN_APIS):
        return "rows" if last in _ROW_ACTIONS else "searches" if last in _SEARCH_ACTIONS else "lookups"
    if last == "rows" or "/rows/" in path:
        return "rows"
    return "searches" if path.rstrip("/") == API_DATASETS or last in _SEARCH_ACTIONS else "lookups"


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


class RequestLimits:
    """Counts requests at *storage*, and says who asks too often."""

    def __init__(self, storage: str) -> None:
        """Raises whatever is wrong with the address of a storage; whether Redis answers is seen later."""
        is_shared = not storage.startswith("memory")
        options = {"socket_timeout": 1, "socket_connect_timeout": 1} if is_shared else {}
        self._counts = SlidingWindowCounterRateLimiter(storage_from_string(storage, **options))
        self._own_counts = SlidingWindowCounterRateLimiter(MemoryStorage()) if is_shared else self._counts
        self._asked_again_at = 0.0

    def check(self) -> None:
        """Count the request being answered. Raises TooManyRequests, and ReleaseError where there is no release."""
        g.kind = kind = kind_of(request)
        if not kind:
            return
        amount = getattr(serving().directory.portal.rates, kind)
        checks: list[tuple[RateLimitItem, tuple[str, ...]]] = [(_limit(amount), (kind, bucket_of(request)))]
        if KEY_HEADER in request.headers:
            checks.append(
                (_limit(amount * BUCKETS_AN_ADDRESS), (kind, "keys of", network_of(request.remote_addr or "")))
            )
        for limit, names in checks:
            is_allowed, g.left, reset = self._asked(limit, names)
            g.limit, g.reset_seconds = limit.amount, min(WINDOW_SECONDS, max(1, math.ceil(reset - time.time())))
            if not is_allowed:
                raise TooManyRequests

    def _asked(self, limit: RateLimitItem, names: tuple[str, ...]) -> tuple[bool, int, float]:
        """Return whether one more is allowed, how many are left, and when the count begins anew."""
        if self._counts is not self._own_counts and time.monotonic() >= self._asked_again_at:
            try:
                return _counted(self._counts, limit, names)
            except Exception:  # of the client of Redis, which need not be installed
                self._asked_again_at = time.monotonic() + REDIS_LEFT_SECONDS
                logger.warning("Redis does not answer; requests are counted in each process", exc_info=True)
        return _counted(self._own_counts, limit, names)


def _counted(
    counts: SlidingWindowCounterRateLimiter, limit: RateLimitItem, names: tuple[str, ...]
) -> tuple[bool, int, float]:
    is_allowed = counts.hit(limit, *names)
    stats = counts.get_window_stats(limit, *names)
    return is_allowed, stats.remaining, stats.reset_time


@lru_cache(maxsize=64)
def _limit(amount: int) -> RateLimitItem:
    return RateLimitItemPerSecond(amount, WINDOW_SECONDS, namespace="kaifang")


def tell_limits(response: Response) -> Response:
    """Add what is left of the asker's requests; to who has none left, when to come again."""
    if "limit" not in g:
        return response
    response.headers["RateLimit-Policy"] = f'"{g.kind}";q={g.limit};w={WINDOW_SECONDS}'
    response.headers["RateLimit"] = f'"{g.kind}";r={g.left};t={g.reset_seconds}'
    if response.status_code == 429:
        response.headers["Retry-After"] = str(g.reset_seconds)
    return response
