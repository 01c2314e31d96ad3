"""``portal approve``: approve a dataset as it is now for publishing; arguments and help."""

from __future__ import annotations

from typing import Any

import click

from portal.cli.arguments import HELP, Day, datasets_option


@click.command(context_settings=HELP, short_help="Approve a dataset. 批准数据集。")
@click.argument("name")
@click.option("--by", required=True, help="Who approves it. 审批人。")
@click.option("--basis", required=True, help="On what ground, e.g. a document number. 依据，如文号。")
@datasets_option
@click.option(
    "--today",
    type=Day(),
    help="The day of the approval, otherwise today. 审批日期，默认今天。",
)
def approve(**arguments: Any) -> int:
    """Approve dataset NAME as it is now. 批准数据集 NAME 以现有内容发布。"""
    from portal.cli.running.approving import approve as run

    return run(**arguments)
