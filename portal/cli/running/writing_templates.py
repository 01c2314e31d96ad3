"""What ``portal template`` does: write an empty form (填报表) or register as a workbook, where none is yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from xlsxwriter.exceptions import FileCreateError

from portal.i18n import terminal_language, translate
from portal.incoming.form.blank_form import write_template
from portal.incoming.form.choices import Choices
from portal.incoming.form.handed_in import choices_of
from portal.model.errors import ConfigurationError, unwritable
from portal.publishing.files.standard_files import write_register_template
from portal.settings import load_settings
from portal.standards.loading import NAMES, standard_named


def dataset(output: Path, datasets: Path | None) -> int:
    """Write an empty form for one dataset with the choices of the portal *datasets*; return the exit status."""
    folder = datasets or (Path("datasets") if Path("datasets").is_dir() else None)
    choices = choices_of(load_settings(folder)) if folder else Choices()
    return _write(output, lambda: write_template(output, choices))


def register(standard: str, output: Path) -> int:
    """Write an empty register with the columns of *standard*; return the exit status."""
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
