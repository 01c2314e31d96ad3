"""The web server granian: ``portal serve``, its port, worker processes and threads, and the port of its metrics.

Workers learn the release and the options from the environment.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels

from portal.model.errors import ConfigurationError
from portal.processor_cores import keep_to_one
from portal.serving.access_log import AccessLog
from portal.serving.app import REQUEST_BYTES_MAX, create_app
from portal.serving.current_release import open_release
from portal.serving.event_loop import BODY_SECONDS_MAX, Bridge
from portal.serving.free_port import listening_port
from portal.serving.metrics import FOLDER_VARIABLE, serve_metrics
from portal.serving.options import ServingOptions, handed_options
from portal.serving.request_limits import counts_at
from portal.workers import end_with_parent

RELEASE_VARIABLE = "KAIFANG_RELEASE"
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
THREADS_A_WORKER = min(8, 2 * (os.cpu_count() or 1) + 1)
ENDING_SECONDS_MAX = 5
"""When the server is told to stop, answers that are on their way have so many seconds; then its workers are ended."""
SILENT_SECONDS_MAX = 60
"""A connection whose reader takes nothing for so many seconds is ended (Linux)."""
_LISTENING_TRIED_MAX = 100
"""Tenths of a second in which a worker is expected to listen."""


@dataclass(frozen=True)
class Place:
    """Where a server listens, and how many processes answer; metrics are told elsewhere, if at all."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = None


def serve(
    release: Path,
    place: Place,
    options: ServingOptions,
    *,
    announce: Callable[[str], None],
    caution: Callable[[str], None],
) -> None:
    """Serve *release* until the process is told to stop; *announce* hears the address once it is known to be free.

    *caution* hears the address that stands in the files of the release where that one leads to another port of this
    machine, as it does where none was stated and it is served elsewhere than at the usual port.

    Raises ReleaseError where there is no release, ConfigurationError where the address cannot be used.
    """
    stated = open_release(release.resolve()).directory.portal.base_url
    port = _free_port(place.host, place.port)
    metrics_port = None if place.metrics_port is None else _free_port(place.metrics_host, place.metrics_port)
    _check(options)
    os.environ[RELEASE_VARIABLE] = str(release.absolute())
    replace(options, has_metrics=metrics_port is not None).hand_on()
    announce(_address(place.host, port))
    parts = urlsplit(stated)
    if parts.hostname in _THIS_MACHINE and (parts.port or {"http": 80, "https": 443}.get(parts.scheme)) != port:
        caution(stated)
    with _metrics(place.metrics_host, metrics_port, release.absolute()):
        Granian(
            "portal.serving.server:app_from_environment",
            address=place.host,
            port=port,
            interface=Interfaces.RSGI,
            loop=Loops.asyncio,
            http=HTTPModes.http1,  # of HTTP/2 the system does not tell which answer its reader takes
            factory=True,
            workers=place.workers,
            websockets=False,
            workers_kill_timeout=ENDING_SECONDS_MAX,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        ).serve()


@contextlib.contextmanager
def _metrics(host: str, port: int | None, release: Path) -> Iterator[None]:
    """Let what workers count be asked at *port* while the block runs: by a process that does nothing else."""
    if port is None:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="kaifang-metrics-") as folder:
        os.environ[FOLDER_VARIABLE] = folder
        process = multiprocessing.Process(target=serve_metrics, args=(host, port, Path(folder), release), daemon=True)
        process.start()
        try:
            yield
        finally:
            process.terminate()
            process.join()


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _check(options: ServingOptions) -> None:
    """Find out beforehand what would stop every worker. Raises ConfigurationError."""
    if options.is_limited:
        try:
            counts_at(options.limit_storage)
        except Exception as error:
            raise ConfigurationError(
                f"不能在 {options.limit_storage.partition('://')[0]} 中统计请求：{error}。可用 memory://、redis://。",
                f"Requests cannot be counted at {options.limit_storage.partition('://')[0]}: {error}. "
                "Use memory:// or redis://, for which the package redis must be installed.",
            ) from error
    if options.access_log:
        try:
            AccessLog(options.access_log)
        except OSError as error:
            raise ConfigurationError(
                f"无法写入访问日志 {options.access_log}：{error.strerror}。",
                f"The access log {options.access_log} cannot be written: {error.strerror}.",
            ) from error


def app_from_environment() -> Bridge:
    """Make the app in a worker process, which keeps to a core and ends with the process that started it."""
    keep_to_one()
    threading.Thread(target=end_with_parent, daemon=True).start()
    threading.Thread(target=_cut_off_silent_readers, daemon=True).start()
    app = create_app(Path(os.environ[RELEASE_VARIABLE]), handed_options())
    return Bridge(
        app.wsgi_app,
        threads=THREADS_A_WORKER,
        body_bytes_max=REQUEST_BYTES_MAX,
        body_seconds_max=BODY_SECONDS_MAX,
    )


def _cut_off_silent_readers() -> None:
    """Let the system end connections that take nothing for `SILENT_SECONDS_MAX`, where it can (Linux).

    What is set for a socket that listens holds for all that it accepts. granian opens that in this process, a moment
    after the app is made.
    """
    folder = Path("/proc/self/fd")
    option: int = getattr(socket, "TCP_USER_TIMEOUT", 0)
    for _ in range(_LISTENING_TRIED_MAX if option and folder.is_dir() else 0):
        for entry in folder.iterdir():
            with contextlib.suppress(OSError, ValueError), socket.socket(fileno=os.dup(int(entry.name))) as one:
                if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    one.setsockopt(socket.IPPROTO_TCP, option, SILENT_SECONDS_MAX * 1000)
                    return
        time.sleep(0.1)


def _free_port(host: str, port: int) -> int:
    """Return *port*, or a free one for 0, after a trial that nobody else listens there."""
    try:
        return listening_port(host, port)
    except OSError as error:
        raise ConfigurationError(
            f"无法监听 {host}:{port}（{error.strerror}）。请用 --port 换一个端口。",
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with --port.",
        ) from error
