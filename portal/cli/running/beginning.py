"""What ``portal new`` does: write a draft of datapackage.yaml, or an empty portal, and say what is next."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path

import click

from portal.cli.running.releasing import make_release
from portal.examining.understanding_in_words import explain
from portal.findings.details import shown
from portal.findings.words import mend_of, message_of
from portal.i18n import terminal_language, translate
from portal.incoming.draft.dataset_folder import Draft, draft_dataset
from portal.incoming.draft.starter import start_portal
from portal.model.limits import Limits
from portal.publishing.release import current_release
from portal.publishing.search.dataset_store import released_codes
from portal.settings import load_settings


def new(
    files: tuple[Path, ...], folder: Path | None, datasets: Path, out: Path, publisher: str, name: str, title: str
) -> int:
    """Begin a dataset with *files*, or an empty portal in *folder*; return the exit status."""
    lang = terminal_language()
    if bool(files) == (folder is not None):
        raise click.UsageError(translate(lang, "Name a FILE to describe, or --portal DIR."))
    if folder is not None:
        if publisher or name or title:
            raise click.UsageError(translate(lang, "--publisher, --name and --title go with a FILE."))
        return _new_portal(folder, lang)
    limits = load_settings(datasets).limits if datasets.is_dir() else Limits()
    release = current_release(out)
    codes = released_codes(release / "search" / "records.sqlite").values() if release else ()
    draft = draft_dataset(
        files, datasets, publisher=publisher, name=name, title=title, limits=limits, released_codes=codes
    )
    _print_draft(draft, datasets, lang)
    return 0


def _new_portal(folder: Path, lang: str) -> int:
    """Write an empty portal and build it."""
    datasets = start_portal(folder)
    click.echo(translate(lang, "Started: %(path)s", path=datasets))
    status = make_release(datasets, folder / "build", today=date.today())
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


def _print_draft(draft: Draft, datasets: Path, lang: str) -> None:
    """Tell what was understood, what was found, and what to do next."""
    for line in explain(draft.understood, lang):
        click.echo(line)
    for finding in draft.understood.findings:
        click.echo(f"{shown(finding.place, 300)} {finding.code}: {message_of(finding).to(lang)}")
        click.echo(f"    → {mend_of(finding).to(lang)}")
    if draft.left_out:
        tables = shown(", ".join(draft.left_out), 300)
        sentence = translate(
            lang, "Left out, since a column has no name or that of another: %(tables)s.", tables=tables
        )
        click.echo(sentence)
    click.echo(translate(lang, "Written: %(path)s", path=draft.descriptor))
    keys = ", ".join(draft.to_fill_in)
    click.echo(translate(lang, "Fill in there (the lines marked FILL IN): %(keys)s.", keys=keys))
    if not draft.publisher:
        sentence = translate(
            lang, "It stands under drafts: with catalogue.publisher filled in it belongs to its publisher."
        )
        click.echo(sentence)
    sentence = translate(
        lang, "It is not open yet: until catalogue.open says is_open: true, a build lists its entry and no file of it."
    )
    click.echo(sentence)
    click.echo(translate(lang, "Then check it, and publish it:"))
    click.echo(f"  portal check {shlex.quote(str(draft.folder))}")
    click.echo(f"  portal build {shlex.quote(str(datasets))}")
