"""The web server granian: ``portal serve``, its port, worker processes and threads.

Workers learn the release from the environment.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from granian import Granian
from granian.constants import Interfaces

from portal.model.errors import ConfigurationError
from portal.serving.app import REQUEST_BYTES_MAX, create_app
from portal.serving.current_release import open_release
from portal.serving.event_loop import BODY_SECONDS_MAX, Bridge
from portal.serving.free_port import listening_port
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


def serve(
    release: Path,
    host: str,
    port: int,
    workers: int,
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
    port = _free_port(host, port)
    os.environ[RELEASE_VARIABLE] = str(release.absolute())
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    announce(address)
    parts = urlsplit(stated)
    if parts.hostname in _THIS_MACHINE and (parts.port or {"http": 80, "https": 443}.get(parts.scheme)) != port:
        caution(stated)
    Granian(
        "portal.serving.server:app_from_environment",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        factory=True,
        workers=workers,
        websockets=False,
        workers_kill_timeout=ENDING_SECONDS_MAX,
        respawn_failed_workers=True,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()


def app_from_environment() -> Bridge:
    """Make the app in a worker process, which ends with the process that started it, however that ends."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    threading.Thread(target=_cut_off_silent_readers, daemon=True).start()
    app = create_app(Path(os.environ[RELEASE_VARIABLE]))
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
