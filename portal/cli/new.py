"""Beginning a portal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from portal.cli.common import make_release
from portal.i18n import terminal_language, translate
from portal.starter import start_portal


@click.command()
@click.option(
    "--portal",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder to begin an empty portal in. 新门户的文件夹。",
)
def new(folder: Path) -> int:  # fmt: skip
    """Begin an empty portal and build it at once. 新建一个空门户并立即构建。"""
    lang = terminal_language()
    datasets = start_portal(folder)
    click.echo(translate(lang, "Started: %(path)s", path=datasets))
    status = make_release(datasets, folder / "build", None, False, 1, date.today())
    publishers = datasets / "publishers.yaml"
    click.echo(
        translate(
            lang,
            "Next, enter your department in %(file)s and put datasets into %(folder)s.",
            file=publishers,
            folder=datasets,
        )
    )
    command = f"portal serve {folder / 'build' / 'current'}"
    click.echo(translate(lang, "Look at it with: %(command)s", command=command))
    return status
