"""``portal check``: check datasets and files without publishing (text, JSON, SARIF, CSV, XLSX); its arguments."""

from __future__ import annotations

import gc
import os
from typing import Any

import click

from portal.cli.arguments import HELP, Number, PathName
from portal.examining.examination_questions import QUESTIONS

FORMATS = ("text", "json", "sarif", "csv", "xlsx")


@click.command(context_settings=HELP, short_help="Check without publishing. 只检查，不发布。")
@click.argument("paths", metavar="[PATH]...", type=PathName(), nargs=-1)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How the findings are written. 检查结果的格式。",
)
@click.option("--output", type=PathName(dir_okay=False), help="File to write to. 写入的文件。")
@click.option(
    "--only",
    type=click.Choice(QUESTIONS),
    multiple=True,
    help="Ask only this; may be repeated. 只检查这一方面，可重复。",
)
@click.option("--explain", "is_explained", is_flag=True, help="Tell what was understood. 说明对文件的理解。")
@click.option("--no-cache", is_flag=True, help="Check everything anew. 不使用以前的检查结果。")
@click.option(
    "--jobs",
    type=Number(1, 64),
    default=lambda: os.cpu_count() or 1,
    show_default="CPUs",
    help="Processes that check. 并行进程数。",
)
def check(**arguments: Any) -> int:
    """Check every PATH and publish nothing. 只检查，不发布（默认 datasets）。

    PATH is a folder of datasets, one dataset's folder, its descriptor, or a data file.
    """
    gc.disable()  # all that is loaded now stays: there is nothing to collect, neither here nor in worker processes
    from portal.cli.running.checking import check as run

    gc.freeze()
    gc.enable()
    return run(**arguments)
