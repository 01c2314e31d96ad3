"""Forms for people who fill in workbooks."""

from __future__ import annotations

from pathlib import Path

import click

from portal.cli.common import HELP, PathName
from portal.i18n import terminal_language, translate
from portal.intake.choices import Choices
from portal.intake.handed_in import choices_of
from portal.intake.template import write_template
from portal.model.errors import ConfigurationError, unwritable
from portal.settings import load_settings


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
def dataset(output: Path, datasets: Path | None) -> int:
    """Write an empty form for one dataset. 生成一份数据集填报表。"""
    lang = terminal_language()
    folder = datasets or (Path("datasets") if Path("datasets").is_dir() else None)
    choices = choices_of(load_settings(folder)) if folder else Choices()
    if output.exists():
        raise ConfigurationError(f"{output} 已经存在，没有改动。", f"{output} exists already and was left alone.")
    try:
        write_template(output, choices)
    except OSError as error:
        raise unwritable(output, error) from error
    click.echo(translate(lang, "Written: %(path)s", path=output))
    return 0
