"""``portal usage``: count views, downloads and API calls in access logs; arguments and help."""

from __future__ import annotations

from typing import Any

import click

from portal.cli.arguments import HELP, Day, Number, PathName, datasets_option


@click.command(context_settings=HELP, short_help="Count use in access logs. 统计访问日志中的使用量。")
@click.argument("logs", metavar="LOG...", type=PathName(dir_okay=False), nargs=-1, required=True)
@datasets_option
@click.option(
    "--keep",
    "keep_days",
    type=Number(31, 3660),
    default=400,
    show_default=True,
    help="Days whose counts are kept. 每日数字保留的天数。",
)
@click.option("--today", type=Day(), help="The day to count for, otherwise today. 统计的日期，默认今天。")
def usage(**arguments: Any) -> int:
    """Count in LOGs how often each dataset was used. 按数据集和日期统计访问日志。

    A LOG is that of portal serve or of nginx (combined), gzipped or not; - is standard input. LOG 是 portal serve 或
    nginx（combined）的访问日志，可以是 gzip 压缩的；- 表示标准输入。

    What was counted before is not counted again. 统计过的部分不会重复统计。

    Counts are written to usage.ndjson, which the next build reads; addresses are not kept. 结果写入
    usage.ndjson，下次构建时读取；不保存访问者的地址。

    The status is 1 where lines could not be read. 有读不了的行时，退出状态为 1。
    """
    from portal.cli.running.counting_use import usage as run

    return run(**arguments)
