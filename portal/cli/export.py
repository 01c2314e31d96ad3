"""``portal export census``: the catalogue as a census workbook (政务信息资源大普查表); arguments and help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from portal.cli.arguments import HELP, PathName, datasets_option


@click.group("export", context_settings=HELP, short_help="Write what others read. 导出。")
def export() -> None:
    """Write the catalogue in a form that others read. 把目录导出为别处使用的格式。"""


@export.command("census", context_settings=HELP, short_help="Write the census workbook. 导出大普查表。")
@click.option(
    "-o",
    "--output",
    type=PathName(dir_okay=False),
    default=Path("普查表.xlsx"),
    show_default=True,
    help="Workbook to write. 写入的工作簿。",
)
@click.option("--publisher", default="", help="Only this publisher (an id). 只导出一个单位（id）。")
@datasets_option
def census_workbook(**arguments: Any) -> int:
    """Write the catalogue as a census workbook, also the form to fill in. 把目录导出为大普查表，也可用来填报。"""
    from portal.cli.running.compiling_census import census_workbook as run

    return run(**arguments)
