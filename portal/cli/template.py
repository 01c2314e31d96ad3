"""``portal template``: an empty form (填报表) for a dataset, or an empty register, as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from xlsxwriter.exceptions import FileCreateError

from portal.cli.arguments import HELP, PathName
from portal.i18n import terminal_language, translate
from portal.incoming.form.blank_form import write_template
from portal.incoming.form.choices import Choices
from portal.incoming.form.handed_in import choices_of
from portal.model.errors import ConfigurationError, unwritable
from portal.publishing.files.standard_files import write_register_template
from portal.settings import load_settings
from portal.standards.loading import NAMES, standard_named


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
    folder = datasets or (Path("datasets") if Path("datasets").is_dir() else None)
    choices = choices_of(load_settings(folder)) if folder else Choices()
    return _write(output, lambda: write_template(output, choices))


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
def register(standard: str, output: Path) -> int:
    """Write an empty register with the columns of STANDARD. 按登记表标准生成空白登记表。

    \b
    STANDARD is one of 标准可选:
      catalogue-entry, department, information-system,
      private-network, connection, task-ledger
    """
    followed = standard_named(standard)
    if followed is None:
        names = ", ".join(NAMES)
        raise ConfigurationError(
            f"没有“{standard}”这个标准；可选：{names}。", f'There is no standard "{standard}"; it is one of {names}.'
        )
    return _write(output, lambda: write_register_template(followed, output))


def _write(output: Path, write: Callable[[], None]) -> int:
    """Write a workbook that is not there yet, and say where."""
    if output.exists():
        raise ConfigurationError(f"{output} 已经存在，没有改动。", f"{output} exists already and was left alone.")
    try:
        write()
    except FileCreateError as error:
        raise unwritable(output, error.args[0]) from error
    click.echo(translate(terminal_language(), "Written: %(path)s", path=output))
    return 0
