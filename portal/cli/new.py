"""``portal new``: draft a description for bare files, or begin an empty portal; arguments and help."""

from __future__ import annotations

from typing import Any

import click

from portal.cli.arguments import HELP, PathName, datasets_option, out_option


@click.command(context_settings=HELP, short_help="Begin a dataset or a portal. 起草数据集，或新建门户。")
@click.argument("files", metavar="[FILE]...", type=PathName(), nargs=-1)
@click.option(
    "--portal",
    "folder",
    type=PathName(),
    help="Folder to begin an empty portal in. 新门户的文件夹。",
)
@datasets_option
@out_option
@click.option("--publisher", default="", help="Id of the publisher; without it: drafts. 单位 id。")
@click.option("--name", default="", help="Name of the dataset, as in addresses. 数据集的名称（英文）。")
@click.option("--title", default="", help="Title of the dataset. 数据集的标题。")
def new(**arguments: Any) -> int:
    """Begin a dataset with FILEs, or an empty portal. 用数据文件起草一个数据集，或新建一个空门户。

    A dataset's folder is written with a copy of each FILE and a description as far as it can be known; nothing that
    is there is overwritten. 文件会被复制，说明会尽量写好；不会覆盖任何已有内容。

    It is a draft and not open: a build lists its entry and publishes no file, until catalogue.open in the description
    says is_open: true. 起草的数据集先不开放，只列目录条目；描述文件的 catalogue.open 写成 is_open: true 后才公布文件。
    """
    from portal.cli.running.beginning import new as run

    return run(**arguments)
