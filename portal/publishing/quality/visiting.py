"""Visiting a link over HTTP: timeout, redirects, retry (429), robots.txt, no private address (SSRF).

One visit to one address: politely, briefly, and never into a network that is not the public's. Names are looked up here
and only a public address is connected to, so that no name can lead into an internal network, not even after a redirect.
Nothing of a page is read but its status.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import urllib3
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Retry, Timeout, connection

from portal import __version__

USER_AGENT = f"Kaifang/{__version__} (link check)"
REDIRECTS_MAX = 5
"""Redirects that are followed from one address."""
ROBOTS_BYTES_MAX = 500 * 1024
"""As much of robots.txt as RFC 9309 asks to be read."""
_BUSY = frozenset([429, 503])


@dataclass(frozen=True)
class Manners:
    """How links are visited. Times are in seconds; *visit_seconds_max* bounds one link with everything about it."""

    pause_seconds: float = 1.0
    """Between two visits to one host; its robots.txt may ask for more."""
    pause_seconds_max: float = 10.0
    connect_seconds: float = 10.0
    read_seconds: float = 15.0
    visit_seconds_max: float = 60.0
    retries: int = 2
    backoff_seconds: float = 1.0
    hosts_at_once: int = 8
    is_private_allowed: bool = False


@dataclass(frozen=True)
class Visit:
    """What came of it; see `LinkAnswer`."""

    answers: bool | None
    status: int | None = None
    reason: str = ""


class PrivateAddress(Exception):
    """A name leads to an address that is not public."""


class Visitor:
    """Visits the links of one host in turn. Not for several threads."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._sockets = _Sockets(manners.is_private_allowed)
        self._pool = _pool_manager(manners, self._sockets)
        self._robots: dict[str, Protego | None] = {}
        self._last: dict[str, float] = {}

    def visit(self, url: str) -> Visit:
        """Return whether *url* answers in the end; redirects are followed, `REDIRECTS_MAX` of them."""
        try:
            with self._sockets.closed_after(self._manners.visit_seconds_max):
                return self._follow(url)
        except Exception as error:
            if self._sockets.is_over:
                return Visit(False, None, "timeout")
            return _failure(error)
        finally:
            self._pool.clear()

    def _follow(self, url: str) -> Visit:
        for _ in range(REDIRECTS_MAX + 1):
            if urlsplit(url).scheme.lower() not in ("http", "https"):
                return Visit(None, None, "not-web")
            robots = self._rules(url)
            if robots is None or not robots.can_fetch(url, USER_AGENT):
                return Visit(None, None, "robots")
            status, location = self._ask("HEAD", url, robots)
            if status >= 400 and status not in _BUSY:  # many servers know GET alone
                status, location = self._ask("GET", url, robots)
            if location and 300 <= status < 400:
                url = urljoin(url, location)
            elif status in _BUSY:
                return Visit(None, status, "busy")
            else:
                return Visit(True, status) if 200 <= status < 300 else Visit(False, status, "status")
        return Visit(False, None, "redirects")

    def _ask(self, method: str, url: str, robots: Protego) -> tuple[int, str]:
        self._pause(url, robots)
        response = self._pool.request(method, url, redirect=False, preload_content=False)
        response.close()
        location = response.get_redirect_location()
        return response.status, location or ""

    def _pause(self, url: str, robots: Protego | None = None) -> None:
        """Wait until the host of *url* may be visited again."""
        host = urlsplit(url).netloc.lower()
        wanted = (robots and robots.crawl_delay(USER_AGENT)) or 0.0
        pause = min(max(self._manners.pause_seconds, wanted), self._manners.pause_seconds_max)
        if host in self._last:
            time.sleep(max(0.0, self._last[host] + pause - time.monotonic()))
        self._last[host] = time.monotonic()

    def _rules(self, url: str) -> Protego | None:
        """Return what robots.txt of the host says (RFC 9309): all is allowed without one, nothing where it fails."""
        root = urljoin(url, "/")
        if root not in self._robots:
            self._robots[root] = self._read_robots(f"{root}robots.txt")
        return self._robots[root]

    def _read_robots(self, url: str) -> Protego | None:
        for _ in range(REDIRECTS_MAX + 1):
            self._pause(url)
            response = self._pool.request("GET", url, redirect=False, preload_content=False, decode_content=False)
            location = response.get_redirect_location()
            text = response.read(ROBOTS_BYTES_MAX) if response.status == 200 else b""
            response.close()
            if location:
                url = urljoin(url, location)
                if urlsplit(url).scheme.lower() not in ("http", "https"):
                    break
                continue
            if response.status >= 500 or response.status == 429:
                return None
            return Protego.parse(text.decode("utf-8", "replace"))
        return Protego.parse("")


@dataclass
class _Sockets:
    """Makes the connections of one visitor, to public addresses alone, and can break them off."""

    is_private_allowed: bool
    is_over: bool = False
    held: list[socket.socket] = field(default_factory=list)

    def connect(self, host: str, port: int, timeout: float | None) -> socket.socket:
        """Connect to *host*. Raises PrivateAddress where any of its addresses is not public."""
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        if not self.is_private_allowed and not all(map(is_public, found)):
            raise PrivateAddress(host)
        failure: OSError = OSError(host)
        for ip in sorted(found, key=lambda text: (":" in text, text)):
            if self.is_over:
                raise TimeoutError
            try:
                made = connection.create_connection((ip, port), timeout)
                self.held.append(made.dup())  # TLS takes the socket over; this handle still ends it
                return made
            except OSError as error:
                failure = error
        raise failure

    @contextmanager
    def closed_after(self, seconds: float) -> Iterator[None]:
        """Break every connection off once the block has taken *seconds*."""
        self.is_over = False
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            for item in self.held:
                item.close()
            self.held.clear()

    def _end(self) -> None:
        self.is_over = True
        for item in list(self.held):
            with suppress(OSError):
                item.shutdown(socket.SHUT_RDWR)


def is_public(ip: str) -> bool:
    """Whether an address is one of the public internet.

    >>> [is_public(ip) for ip in ("1.1.1.1", "10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1")]
    [True, False, False, False, False, False]
    """
    try:
        found = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    inner: object = None
    if isinstance(found, ipaddress.IPv6Address):
        embedded = found.teredo[1] if found.teredo else None
        nat64 = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None
        inner = found.ipv4_mapped or found.sixtofour or embedded or nat64
    return is_public(str(inner)) if inner else found.is_global and not found.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _pool_manager(manners: Manners, sockets: _Sockets) -> urllib3.PoolManager:
    """Return a pool whose connections are made by *sockets*."""

    def made(self: HTTPConnection) -> socket.socket:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            return sockets.connect(self.host.strip("[]"), self.port, timeout)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host}: timed out") from error
        except OSError as error:
            raise NewConnectionError(self, f"{self.host}: {error}") from error

    class Plain(HTTPConnection):
        _new_conn = made

    class Secure(HTTPSConnection):
        _new_conn = made

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    pool = urllib3.PoolManager(
        num_pools=4,
        headers={"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"},
        timeout=Timeout(connect=manners.connect_seconds, read=manners.read_seconds),
        retries=Retry(
            total=manners.retries,
            redirect=0,
            status_forcelist=[502, 503, 504],
            backoff_factor=manners.backoff_seconds,
            backoff_max=manners.pause_seconds_max,
            retry_after_max=int(manners.pause_seconds_max),
            raise_on_status=False,
            raise_on_redirect=False,
        ),
    )
    pool.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return pool


def _failure(error: Exception) -> Visit:
    """Say in a word why a visit failed."""
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(cause, PrivateAddress):
        return Visit(None, None, "private")
    if isinstance(cause.__cause__, socket.gaierror) and cause.__cause__.errno == socket.EAI_AGAIN:
        return Visit(None, None, "no-network")  # nobody could be asked for the name
    for kinds, reason in _FAILURES:
        if isinstance(cause, kinds):
            return Visit(False, None, reason)
    return Visit(False, None, "address-invalid" if isinstance(cause, ValueError) else "protocol")


_FAILURES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((NameResolutionError,), "name-unknown"),
    ((NewConnectionError,), "no-connection"),
    ((ConnectTimeoutError, ReadTimeoutError, TimeoutError), "timeout"),
    ((SSLError,), "certificate"),
    ((HTTPError,), "protocol"),
    ((OSError,), "no-connection"),
)
