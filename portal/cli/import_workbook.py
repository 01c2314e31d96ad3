"""``portal import workbook``: filled forms, bare XLSX and CSV become datasets; arguments and help."""

from __future__ import annotations

from typing import Any

import click

from portal.cli.arguments import HELP, Day, PathName, datasets_option


@click.command(context_settings=HELP, short_help="Make datasets of workbooks. 导入填报表或数据文件。")
@click.argument("files", metavar="[FILE]...", type=PathName(), nargs=-1)
@click.option("--inbox", type=PathName(), help="Folder whose files are all brought in. 收件箱文件夹。")
@datasets_option
@click.option("--update", is_flag=True, help="Replace the data of datasets that are there. 更新已有的数据集。")
@click.option("--today", type=Day(), help="The day on the receipts. 回执上的日期，默认今天。")
def workbook(**arguments: Any) -> int:
    """Make datasets of filled workbooks, or of bare XLSX and CSV. 导入填报表或数据文件，并逐份写出回执。"""
    from portal.cli.running.importing_workbooks import workbook as run

    return run(**arguments)
