"""``portal serve``: serve the site and the API of a release; port, workers, proxies, limits, log, metrics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from portal.cli.arguments import HELP, Number, PathName
from portal.i18n import terminal_language, translate


@click.command(context_settings=HELP, short_help="Serve site and API. 启动网站和 API。")
@click.argument("release", type=PathName(), default=Path("build/current"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on. 监听地址。")
@click.option("--port", type=Number(0, 65535), default=8000, show_default=True, help="Port. 端口。")
@click.option("--workers", type=Number(1, 64), default=1, show_default=True, help="Processes. 进程数。")
@click.option(
    "--trusted-proxies",
    type=Number(0, 10),
    default=0,
    show_default=True,
    help="Proxies in front whose X-Forwarded headers are believed. 前面有几层可信的反向代理。",
)
@click.option(
    "--limits/--no-limits", default=True, show_default=True, help="Refuse who asks too often. 是否限制请求频率。"
)
@click.option(
    "--limit-storage",
    metavar="URL",
    default="memory://",
    show_default=True,
    envvar="KAIFANG_LIMIT_STORAGE",
    help="Where requests are counted: memory:// or redis://host:6379/0. 请求计数存放处。",
)
@click.option(
    "--access-log",
    metavar="FILE",
    default="",
    help="Write a line of JSON for each request; - is standard output. 访问日志。",
)
@click.option(
    "--log-addresses",
    type=click.Choice(["none", "network", "full"]),
    default="none",
    show_default=True,
    help="What of visitors' addresses is logged. 日志中保留访问者地址的哪一部分。",
)
@click.option(
    "--metrics-port", type=Number(0, 65535), default=None, help="Port for Prometheus metrics. 监控指标的端口。"
)
@click.option("--metrics-host", default="127.0.0.1", show_default=True, help="Address for them. 监控指标的监听地址。")
def serve(release: Path, host: str, port: int, workers: int, **chosen: Any) -> int:
    """Serve a RELEASE: site and API. 启动网站和 API（默认 build/current）。

    A newer release is followed without a restart where RELEASE is the link current. 换版本时无需重启。
    """
    from portal.serving.options import ServingOptions
    from portal.serving.server import Place
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

    options = ServingOptions(
        trusted_proxies=chosen["trusted_proxies"],
        is_limited=chosen["limits"],
        limit_storage=chosen["limit_storage"],
        access_log=chosen["access_log"],
        log_addresses=chosen["log_addresses"],
    )
    place = Place(host, port, workers, chosen["metrics_host"], chosen["metrics_port"])
    run_server(release, place, options, announce=announce, caution=caution)
    return 0
