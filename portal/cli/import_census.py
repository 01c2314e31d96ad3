"""``portal import census``: compile census workbooks (政务信息资源大普查) into entries; arguments and help."""

from __future__ import annotations

from typing import Any

import click

from portal.cli.arguments import HELP, Day, PathName, datasets_option


@click.command("census", context_settings=HELP, short_help="Compile census workbooks. 汇总大普查表。")
@click.argument("files", metavar="FILE...", type=PathName(dir_okay=False), nargs=-1, required=True)
@datasets_option
@click.option("--receipts", type=PathName(), help="Folder of the annotated workbooks. 回执文件夹，默认与原文件同处。")
@click.option(
    "--prefer",
    type=click.Choice(["ours", "theirs"]),
    help="Settle what changed on both sides. 两边都改过时，以目录（ours）或文件（theirs）为准。",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done. 只说会怎样，不写任何东西。")
@click.option("--today", type=Day(), help="The day on the receipts. 回执上的日期，默认今天。")
def import_census(**arguments: Any) -> int:
    """Compile the departments' census workbooks into entries. 把各单位的大普查表汇总为目录条目，并逐份写出回执。"""
    from portal.cli.running.compiling_census import import_census as run

    return run(**arguments)
