"""``portal import list``: listings of other portals become entries by a mapping; arguments and help."""

from __future__ import annotations

from typing import Any

import click

from portal.cli.arguments import HELP, Day, PathName, datasets_option


@click.command("list", context_settings=HELP, short_help="Bring in listings of other portals. 导入目录清单。")
@click.argument("files", metavar="FILE...", type=PathName(dir_okay=False), nargs=-1, required=True)
@click.option(
    "--mapping",
    "mappings",
    type=PathName(),
    required=True,
    help="The mapping, or a folder of them. 映射文件，或其文件夹。",
)
@datasets_option
@click.option("--source", default="", help="Id of the source, instead of the mapping's. 来源标识。")
@click.option(
    "--add-publishers", is_flag=True, help="Enter new departments in publishers.yaml. 把新单位写入 publishers.yaml。"
)
@click.option(
    "--prefer", type=click.Choice(["ours", "theirs"]), help="Whose value counts where both changed. 以谁为准。"
)
@click.option("--report", type=PathName(dir_okay=False), help="Report to write: .json or .csv. 导入报告。")
@click.option("--dry-run", is_flag=True, help="Write nothing but the report. 只试不写。")
@click.option("--today", type=Day(), help="The day of the import. 导入日期，默认今天。")
def import_list(**arguments: Any) -> int:
    """Make entries of the records of listings. 按映射文件把清单的每一条导入为目录条目。

    A FILE is CSV, a workbook, JSON or NDJSON, packed or not. Of a folder of mappings the one counts whose applies_to
    fits the name of the FILE. 可用 CSV、工作簿、JSON、NDJSON 及其压缩包。
    """
    from portal.cli.running.importing_lists import import_list as run

    return run(**arguments)
