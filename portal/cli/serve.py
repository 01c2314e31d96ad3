"""``portal serve``: serve the site and the API of a release; host, port, workers."""

from __future__ import annotations

from pathlib import Path

import click

from portal.cli.arguments import HELP, Number, PathName
from portal.i18n import terminal_language, translate


@click.command(context_settings=HELP, short_help="Serve site and API. 启动网站和 API。")
@click.argument("release", type=PathName(), default=Path("build/current"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on. 监听地址。")
@click.option("--port", type=Number(0, 65535), default=8000, show_default=True, help="Port. 端口。")
@click.option("--workers", type=Number(1, 64), default=1, show_default=True, help="Processes. 进程数。")
def serve(release: Path, host: str, port: int, workers: int) -> int:
    """Serve a RELEASE: site and API. 启动网站和 API（默认 build/current）。

    A newer release is followed without a restart where RELEASE is the link current. 换版本时无需重启。
    """
    from portal.serving.server import serve as run_server

    lang = terminal_language()

    def announce(address: str) -> None:
        click.echo(
            translate(lang, "Serving %(release)s at %(address)s (stop with Ctrl-C)", release=release, address=address)
        )

    def caution(stated: str) -> None:
        click.echo(
            translate(
                lang,
                "In feeds, citations, the sitemap and other files of this release addresses begin with %(stated)s. "
                "To have them lead here, build with --base-url and the address at which the portal is reached.",
                stated=stated,
            )
        )

    run_server(release, host, port, workers, announce=announce, caution=caution)
    return 0
