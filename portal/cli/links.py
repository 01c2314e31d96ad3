"""``portal links``: check which links to other sites are dead; arguments and help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from portal.cli.arguments import HELP, Day, Number, PathName


@click.command(context_settings=HELP, short_help="Check links to other sites. 检查外部链接。")
@click.argument("datasets", metavar="[DATASETS|RELEASE]", type=PathName(), default=Path("datasets"))
@click.option(
    "--output", type=PathName(dir_okay=False), help="File to write to. 写入的文件，默认 DATASETS/links.ndjson。"
)
@click.option(
    "--keep",
    "days_max",
    type=Number(0, 3650),
    default=0,
    show_default=True,
    help="Do not ask again within so many days. 多少天内检查过的不再检查。",
)
@click.option(
    "--pause",
    type=Number(0, 60),
    default=1,
    show_default=True,
    help="Seconds between two visits to one host. 同一网站两次访问间隔的秒数。",
)
@click.option("--allow-private", is_flag=True, help="Visit internal networks too. 也访问内部网络地址。")
@click.option("--today", type=Day(), help="The day to write down, otherwise today. 记录的日期，默认今天。")
def links(**arguments: Any) -> int:
    """Check the links of DATASETS to other sites. 检查指向其他网站的链接。

    What came of it is written to links.ndjson, which the next build reads. 结果写入 links.ndjson，下次构建时读取。

    The status is 1 where a link did not answer. 有链接打不开时，退出状态为 1。
    """
    from portal.cli.running.visiting_links import links as run

    return run(**arguments)
