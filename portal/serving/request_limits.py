"""Fairness: how often one address or API key may ask (Flask-Limiter), in memory or Redis; RateLimit headers, 429.

Three kinds of requests are counted, each for itself: rows, searches and lookups (`portal.model.rates`). Files, pages,
health and preflights are free. An ``X-Api-Key`` opens no door and is known nowhere: it names a count of its own, so
that programs behind one address do not take from each other. All counts of an address together have a bound too, so
inventing keys gains little. In memory each worker counts for itself, and several allow so many times as much; in Redis
they count together. Where Redis does not answer, each counts for itself until it does.

Headers: RateLimit and RateLimit-Policy as in draft-ietf-httpapi-ratelimit-headers-10; Retry-After of RFC 9110.
"""

from __future__ import annotations

import hashlib
import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, Request, Response, g, request
from flask_limiter import ApplicationLimit, Limiter

from portal.model.addresses import API_DATASETS, API_HEALTH, CKAN_APIS, DATASETS, in_language
from portal.model.rates import BUCKETS_AN_ADDRESS, WINDOW_SECONDS
from portal.serving.headers import is_api
from portal.serving.this_request import serving

KEY_HEADER = "X-Api-Key"
KEY_CHARACTERS_MAX = 200
"""More of a key than this does not count."""
STORAGES = ("memory://", "redis://", "rediss://", "redis+unix://")
"""Where requests can be counted."""
_HOUSEHOLD = 64
"""Bits of an address of IPv6 that are the same for one customer."""
_LISTS = frozenset(in_language(lang, DATASETS) for lang in ("zh", "en"))
_SEARCH_ACTIONS = frozenset("package_search package_autocomplete resource_search suggest".split())
_ROW_ACTIONS = frozenset("datastore_search datastore_search_sql".split())


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


def limit_requests(app: Flask, storage: str) -> None:
    """Let *app* refuse who asks too often; requests are counted at *storage*."""
    is_shared = not storage.startswith("memory")
    limiter = Limiter(
        key_func=_own_count,
        application_limits=[
            ApplicationLimit(lambda: _rate(1), key_function=_own_count),
            ApplicationLimit(lambda: _rate(BUCKETS_AN_ADDRESS), key_function=_count_of_address),
        ],
        storage_uri=storage,
        storage_options={"socket_timeout": 1, "socket_connect_timeout": 1} if is_shared else {},
        strategy="sliding-window-counter",
        key_prefix="kaifang",
        in_memory_fallback_enabled=is_shared,
        headers_enabled=False,
    )
    limiter.request_filter(lambda: not g.kind)
    app.before_request(_classify)
    limiter.init_app(app)
    app.extensions["kaifang-limiter"] = limiter


def tell_limits(app: Flask, response: Response) -> Response:
    """Add what is left of the asker's requests; to who has none left, when to come again."""
    limiter: Limiter | None = app.extensions.get("kaifang-limiter")
    counted = limiter.current_limits if limiter and g.get("kind") else []
    if not counted:
        return response
    nearest = min(counted, key=lambda item: (not item.breached, item.remaining))
    amount: int = nearest.limit.amount
    seconds = min(WINDOW_SECONDS, max(1, math.ceil(nearest.reset_at - time.time())))
    response.headers["RateLimit-Policy"] = f'"{g.kind}";q={amount};w={WINDOW_SECONDS}'
    response.headers["RateLimit"] = f'"{g.kind}";r={max(0, nearest.remaining)};t={seconds}'
    if nearest.breached:
        response.headers["Retry-After"] = str(seconds)
    return response


def _classify() -> None:
    """Note as what the request counts, and how often that may be asked now. Raises ReleaseError without a release."""
    g.kind = kind_of(request)
    if g.kind:
        g.rate = getattr(serving().directory.portal.rates, g.kind)


def _rate(times: int) -> str:
    return f"{g.rate * times}/{WINDOW_SECONDS} seconds"


def _own_count() -> str:
    return f"{g.kind}:{bucket_of(request)}"


def _count_of_address() -> str:
    return f"{g.kind}:all:{network_of(request.remote_addr or '')}"
