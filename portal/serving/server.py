"""The web server granian: ``portal serve``, its port, worker processes and threads.

Workers learn the release from the environment.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from portal.model.errors import ConfigurationError
from portal.serving.app import create_app
from portal.serving.current_release import open_release

RELEASE_VARIABLE = "KAIFANG_RELEASE"
THREADS_A_WORKER = min(8, 2 * (os.cpu_count() or 1) + 1)


def serve(release: Path, host: str, port: int, workers: int, *, announce: Callable[[str], None]) -> None:
    """Serve *release* until the process is told to stop; *announce* hears the address once it is known to be free.

    Raises ReleaseError where there is no release, ConfigurationError where the address cannot be used.
    """
    open_release(release.resolve())
    port = _free_port(host, port)
    os.environ[RELEASE_VARIABLE] = str(release.absolute())
    announce(f"http://{f'[{host}]' if ':' in host else host}:{port}")
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
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                f"无法监听 {host}:{port}（{error.strerror}）。请用 --port 换一个端口。",
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with --port.",
            ) from error
        number: int = trial.getsockname()[1]
        return number
