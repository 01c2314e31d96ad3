"""``portal build``: check a folder of datasets and release what is good; arguments and help."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from portal.cli.arguments import HELP, Day, Number, PathName, out_option
from portal.model.catalog import EDITIONS


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
@click.option("--fresh", is_flag=True, help="Build even where nothing changed. 没有变化也重新构建。")
@click.option(
    "--jobs",
    type=Number(1, 64),
    default=lambda: os.cpu_count() or 1,
    show_default="CPUs",
    help="Processes that check and write files. 并行进程数。",
)
@click.option("--today", type=Day(), help="The day to build for. 构建日期，默认今天。")
def build(**arguments: Any) -> int:
    """Check DATASETS and release what is good. 检查并发布数据集文件夹（默认 datasets）。

    Where nothing changed since the last build, its release stays. 没有变化时保留上次的版本。
    """
    from portal.cli.running.releasing import make_release as run

    return run(**arguments)
