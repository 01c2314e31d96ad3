"""``portal template``: an empty form (填报表) for a dataset, or an empty register; arguments and help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from portal.cli.arguments import HELP, PathName


@click.group(context_settings=HELP, short_help="Workbooks to fill in. 供填报的工作簿。")
def template() -> None:
    """Workbooks to fill in. 供填报的工作簿。"""


@template.command(context_settings=HELP, short_help="Write an empty form. 生成一份数据集填报表。")
@click.option(
    "-o",
    "--output",
    type=PathName(dir_okay=False),
    default=Path("填报.xlsx"),
    show_default=True,
    help="Workbook to write. 写入的工作簿。",
)
@click.option(
    "--datasets",
    type=PathName(),
    help="Portal whose publishers and topics can be chosen. 取其单位和主题作下拉列表。",
)
def dataset(**arguments: Any) -> int:
    """Write an empty form for one dataset. 生成一份数据集填报表。"""
    from portal.cli.running.writing_templates import dataset as run

    return run(**arguments)


@template.command(context_settings=HELP, short_help="Write an empty register. 生成一份空白登记表。")
@click.argument("standard")
@click.option(
    "-o",
    "--output",
    type=PathName(dir_okay=False),
    default=Path("登记表.xlsx"),
    show_default=True,
    help="Workbook to write. 写入的工作簿。",
)
def register(**arguments: Any) -> int:
    """Write an empty register with the columns of STANDARD. 按登记表标准生成空白登记表。

    \b
    STANDARD is one of 标准可选:
      catalogue-entry, department, information-system,
      private-network, connection, task-ledger
    """
    from portal.cli.running.writing_templates import register as run

    return run(**arguments)
