"""What ``portal import workbook`` does: bring in filled forms, bare XLSX and CSV, with a receipt (回执) each.

Bringing in what was made elsewhere: filled workbooks and bare data files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from portal.cli.arguments import EXIT_REFUSED
from portal.cli.running.terminal import print_findings
from portal.examining.examined import rules_of
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Report
from portal.i18n import gettext_noop as _
from portal.i18n import terminal_language, translate
from portal.incoming.form.handed_in import Brought, Intake, choices_of
from portal.incoming.form.importing import bring, failed
from portal.incoming.form.inbox import RECEIPTS_FOLDER, put_away, waiting
from portal.model.errors import ConfigurationError
from portal.model.text import LocalText
from portal.settings import Settings, load_settings
from portal.workers import each

_STATES = {
    "created": _("accepted, new dataset %(folder)s"),
    "updated": _("accepted, brought up to date: %(folder)s"),
    "unchanged": _("accepted, nothing to change"),
    "refused": _("refused"),
}


def workbook(
    files: tuple[Path, ...], inbox: Path | None, datasets: Path, update: bool, today: date | None
) -> int:  # fmt: skip
    """Make datasets of *files* or of all in *inbox*, write a receipt for each, and return the exit status."""
    lang = terminal_language()
    if bool(files) == bool(inbox):
        raise click.UsageError(translate(lang, "Give either files or --inbox."))
    settings = load_settings(datasets)
    sources = _sources(files, inbox)
    day = today or date.today()
    brought = _brought(_intake(settings, day, update, inbox, lang), sources, inbox, lang)
    print_findings(Report(tuple(finding for item in brought for finding in item.findings)), Console(), lang)
    refused = sum(item.state == "refused" for item in brought)
    click.echo(
        translate(
            lang,
            "Files: %(all)s; accepted: %(accepted)s; refused: %(refused)s.",
            all=len(brought),
            accepted=len(brought) - refused,
            refused=refused,
        )
    )
    if len(brought) > refused:
        click.echo(translate(lang, "Next: portal build"))
    return EXIT_REFUSED if refused else 0


def _sources(files: Sequence[Path], inbox: Path | None) -> list[Path]:
    for path in files:
        if not path.exists():
            raise ConfigurationError(f"找不到 {path}", f"There is nothing at {path}.")
    if inbox is None:
        return list(files)
    if not inbox.is_dir():
        raise ConfigurationError(f"找不到收件箱文件夹：{inbox}", f"There is no inbox at {inbox}.")
    return waiting(inbox)


def _intake(settings: Settings, day: date, is_update: bool, inbox: Path | None, lang: str) -> Intake:
    catalog, _report = load_catalog(settings)
    return Intake(
        settings=settings,
        choices=choices_of(settings),
        # Nobody can have approved what only now comes in; that is asked when the portal is built.
        rules=replace(rules_of(settings), today=day, review_required=False, unread_needs_approval=False),
        today=day,
        is_update=is_update,
        receipts=inbox / RECEIPTS_FOLDER if inbox else None,
        folders={item.name: item.folder for item in catalog.datasets},
        lang=lang,
    )


def _brought(intake: Intake, sources: Sequence[Path], inbox: Path | None, lang: str) -> list[Brought]:
    """Bring in one file after the other, each in a process that can be ended; tell what became of each."""
    ended = LocalText("处理超时或内存不足，已中止", "it took too long, or the memory did not suffice")
    results = each(
        partial(bring, intake),
        sources,
        jobs=1,
        seconds_max=intake.settings.limits.dataset_seconds_max,
        killed=lambda source: failed(intake, source, ended),
    )
    brought = []
    for number, (source, item) in enumerate(results, start=1):
        text = translate(lang, _STATES[item.state], folder=item.folder)
        receipt = translate(lang, "receipt: %(path)s", path=item.receipt) if item.receipt else ""
        click.echo(f"[{number}/{len(sources)}] {source.name}: {text}" + (f"; {receipt}" if receipt else ""))
        if inbox is not None and item.state != "refused":
            try:
                put_away(source, intake.today)
            except OSError as error:
                click.echo(
                    translate(lang, "%(file)s could not be moved: %(reason)s", file=source, reason=error.strerror)
                )
        brought.append(item)
    return brought
