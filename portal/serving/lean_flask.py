"""Flask without what this server never uses: sessions, async views, hosts as subdomains; half the cost of a context.

Everything here is done at every request; what is left out cost 40 µs of CPU of 340 (`benchmarks/serving_cost.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface, SessionMixin
from werkzeug.routing import Map, MapAdapter
from werkzeug.wsgi import get_current_url, get_host

HOSTS_KEPT_MAX = 1024
"""Names by which the server is asked that are kept as they were read."""


class LeanFlask(Flask):
    """A Flask app whose functions are all plain ones, and which keeps nothing about who asks."""

    def __init__(self, name: str) -> None:
        super().__init__(name, static_folder=None)
        self.session_interface = _NoSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is: Flask would look at each at every request."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the rule of an address; how the server is called is read once a name."""
        if request is None or "HTTP_UPGRADE" in request.environ:
            return super().create_url_adapter(request)
        environ = request.environ
        scheme = environ["wsgi.url_scheme"]
        asked = scheme, environ.get("HTTP_HOST"), environ.get("SERVER_NAME", ""), environ.get("SERVER_PORT", "")
        request.host, bound = _hosts(self.url_map, *asked)
        return MapAdapter(
            self.url_map,
            bound,
            _text(environ.get("SCRIPT_NAME", "")),
            "",
            scheme,
            _text(environ.get("PATH_INFO", "")),
            environ["REQUEST_METHOD"],
            _text(environ.get("QUERY_STRING", "")),
        )


class _NoSessions(SessionInterface):
    """Sessions of an app that has none: the same empty one for all, which nobody can write to."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        return self._none

    def is_null_session(self, obj: object) -> bool:
        return True

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep nothing."""


@lru_cache(maxsize=HOSTS_KEPT_MAX)
def _hosts(rules: Map, scheme: str, stated: str | None, server: str, port: str) -> tuple[str, str]:
    """Return the host that was asked, and as rules are bound to it. Raises BadHost for one that is none."""
    environ = {"wsgi.url_scheme": scheme, "SERVER_NAME": server, "SERVER_PORT": port}
    host = get_host(environ if stated is None else {**environ, "HTTP_HOST": stated})
    return host, rules.bind(host, subdomain="").server_name


@lru_cache(maxsize=HOSTS_KEPT_MAX)
def root_address(scheme: str, host: str) -> str:
    """Return what the addresses of a host begin with, without a slash at the end.

    >>> root_address("https", "data.example.cn:8443")
    'https://data.example.cn:8443'
    """
    return get_current_url({"wsgi.url_scheme": scheme, "HTTP_HOST": host}, host_only=True).rstrip("/")


def _text(octets: str) -> str:
    """Return a text that PEP 3333 hands over as octets."""
    return octets if octets.isascii() else octets.encode("latin-1").decode(errors="replace")
