"""``portal build``, ``portal serve`` (host, port, address) and ``portal rollback``: make and serve releases."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from portal.cli.arguments import HELP, Day, Number, PathName, make_release, out_option
from portal.i18n import terminal_language, translate
from portal.model.catalog import EDITIONS, Edition
from portal.publishing.release import rollback as run_rollback
from portal.serving.server import serve as run_server


@click.command(context_settings=HELP, short_help="Check datasets and publish what is good. 检查并发布。")
@click.argument("datasets", type=PathName(), default=Path("datasets"))
@out_option
@click.option("--base-url", help="Where the portal will be reached. 门户的网址。")
@click.option(
    "--edition",
    type=click.Choice(EDITIONS),
    default="open",
    show_default=True,
    help="For the public, or for departments among themselves. 开放版或共享版。",
)
@click.option("--strict", is_flag=True, help="Release nothing where anything is refused. 有一个被拒，就都不发布。")
@click.option(
    "--jobs",
    type=Number(1, 64),
    default=lambda: os.cpu_count() or 1,
    show_default="CPUs",
    help="Processes that check and write files. 并行进程数。",
)
@click.option("--today", type=Day(), help="The day to build for. 构建日期，默认今天。")
def build(
    datasets: Path, out: Path, base_url: str | None, edition: Edition, strict: bool, jobs: int, today: date | None
) -> int:
    """Check DATASETS and release what is good. 检查并发布数据集文件夹（默认 datasets）。"""
    day = today or date.today()
    return make_release(datasets, out, today=day, base_url=base_url, edition=edition, strict=strict, jobs=jobs)


@click.command(context_settings=HELP, short_help="Serve site and API. 启动网站和 API。")
@click.argument("release", type=PathName(), default=Path("build/current"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on. 监听地址。")
@click.option("--port", type=Number(0, 65535), default=8000, show_default=True, help="Port. 端口。")
@click.option("--workers", type=Number(1, 64), default=1, show_default=True, help="Processes. 进程数。")
def serve(release: Path, host: str, port: int, workers: int) -> int:
    """Serve a RELEASE: site and API. 启动网站和 API（默认 build/current）。

    A newer release is followed without a restart where RELEASE is the link current. 换版本时无需重启。
    """
    lang = terminal_language()
    run_server(release, host, port, workers, announce=lambda address: click.echo(
        translate(lang, "Serving %(release)s at %(address)s (stop with Ctrl-C)", release=release, address=address)
    ))  # fmt: skip
    return 0


@click.command(context_settings=HELP, short_help="Go back to an earlier release. 退回以前的版本。")
@out_option
@click.option("--to", "identifier", help="The release to go back to; default: the one before. 要退回的版本。")
def rollback(out: Path, identifier: str | None) -> int:
    """Make an earlier release current. 退回以前的版本。"""
    chosen = run_rollback(out, identifier)
    click.echo(translate(terminal_language(), "Current release: %(name)s", name=chosen.name))
    return 0
