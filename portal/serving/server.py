"""The web server granian: ``portal serve``, its port, worker processes and threads.

Workers learn the release from the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from portal.model.errors import ConfigurationError
from portal.serving.app import create_app
from portal.serving.current_release import open_release
from portal.serving.free_port import listening_port

RELEASE_VARIABLE = "KAIFANG_RELEASE"
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
THREADS_A_WORKER = min(8, 2 * (os.cpu_count() or 1) + 1)


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
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=THREADS_A_WORKER,
        respawn_failed_workers=True,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()


def app_from_environment() -> Flask:
    """Make the app in a worker process."""
    return create_app(Path(os.environ[RELEASE_VARIABLE]))


def _free_port(host: str, port: int) -> int:
    """Return *port*, or a free one for 0, after a trial that nobody else listens there."""
    try:
        return listening_port(host, port)
    except OSError as error:
        raise ConfigurationError(
            f"无法监听 {host}:{port}（{error.strerror}）。请用 --port 换一个端口。",
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with --port.",
        ) from error
