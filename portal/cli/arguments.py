"""Shared by commands: exit status, ``--datasets``, ``--out``, dates and paths as arguments."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from portal.i18n import terminal_language, translate

HELP = {"help_option_names": ["-h", "--help"]}
"""Settings of every command."""
EXIT_REFUSED = 1
EXIT_BAD_CALL = 2


class PathName(click.Path):
    """A path that is not empty: to the system an empty one is the working folder, which nobody meant.

    Whether it may be read is told with everything else about it.
    """

    def __init__(self, *, dir_okay: bool = True) -> None:
        super().__init__(dir_okay=dir_okay, readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a `Path`."""
        if not os.fspath(value):
            self.fail(translate(terminal_language(), "The name is empty."), param, ctx)
        return super().convert(value, param, ctx)


class Number(click.IntRange):
    """A whole number within bounds."""

    name = "number"


class Day(click.ParamType[date]):
    """A day of the calendar as ISO 8601 writes it."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return a `date`."""
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            sentence = translate(terminal_language(), '"%(value)s" is no day; write it like 2026-01-15.', value=value)
            self.fail(sentence, param, ctx)


datasets_option = click.option(
    "--datasets",
    type=PathName(),
    default=Path("datasets"),
    show_default=True,
    help="Folder of datasets. 数据集文件夹。",
)
out_option = click.option(
    "--out",
    type=PathName(),
    default=Path("build"),
    show_default=True,
    help="Folder of releases. 版本所在的文件夹。",
)
