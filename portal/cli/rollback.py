"""``portal rollback``: make an earlier release the current one again."""

from __future__ import annotations

from pathlib import Path

import click

from portal.cli.arguments import HELP, out_option
from portal.i18n import terminal_language, translate


@click.command(context_settings=HELP, short_help="Go back to an earlier release. 退回以前的版本。")
@out_option
@click.option("--to", "identifier", help="The release to go back to; default: the one before. 要退回的版本。")
def rollback(out: Path, identifier: str | None) -> int:
    """Make an earlier release current. 退回以前的版本。"""
    from portal.publishing.release import rollback as run_rollback

    chosen = run_rollback(out, identifier)
    click.echo(translate(terminal_language(), "Current release: %(name)s", name=chosen.name))
    return 0
