"""What ``portal import census`` and ``portal export census`` do: workbooks of the census (政务信息资源大普查).

Workbooks of departments become the catalogue, and the catalogue a workbook.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from portal.cli.arguments import EXIT_REFUSED
from portal.cli.running.terminal import print_findings
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Finding, Report, found
from portal.i18n import gettext_noop as _
from portal.i18n import terminal_language, translate
from portal.incoming.census.census_sheets import CensusBook, file_label, read_census, unread_book
from portal.incoming.census.compiling import Compiled, compile_census, export_census
from portal.incoming.form.receipt.receipt import write_receipt
from portal.incoming.form.receipt.reply import RECEIPT_ENDING
from portal.incoming.records.three_way import ImportOutcome, Preference, import_records
from portal.model.catalog import Catalog
from portal.model.errors import ConfigurationError, system_reason, unwritable
from portal.model.limits import Limits
from portal.model.text import LocalText, clauses, enumerated
from portal.settings import load_settings
from portal.workers import each

SOURCE = "census"
_CLAIMED = "import-code-taken"
_ACCEPTED = LocalText(
    "填报的内容已全部汇入目录，不用再做什么。", "Everything in it went into the catalogue; nothing needs to be done."
)
_PARTLY = LocalText(
    "标红的几项没有汇入目录，其余的已经汇入。请改正后把整份再交一次。",
    "What is marked red did not go into the catalogue, the rest did. Mend it and hand in the whole workbook again.",
)
_COUNTS = {
    "written": _("new: %(number)s"),
    "changed": _("brought up to date: %(number)s"),
    "unchanged": _("unchanged: %(number)s"),
    "kept": _("edited since, edits kept: %(number)s"),
    "conflicts": _("changed on both sides: %(number)s"),
    "vanished": _("no longer reported: %(number)s"),
    "removed": _("removed since, left so: %(number)s"),
}


def import_census(
    files: tuple[Path, ...],
    datasets: Path,
    receipts: Path | None,
    prefer: str | None,
    dry_run: bool,
    today: date | None,
) -> int:
    """Compile the departments' census workbooks into entries, write the receipts, and return the exit status."""
    lang = terminal_language()
    _check_files(files)
    settings = load_settings(datasets)
    catalog, _report = load_catalog(settings)
    listed = tuple(publisher for publisher in catalog.publishers if publisher.is_listed)
    day = today or date.today()
    compiled = compile_census(_books(files, settings.limits), listed, day)
    outcome = import_records(
        compiled.merged.records,
        datasets,
        SOURCE,
        day,
        catalog=catalog,
        withheld=compiled.merged.withheld,
        departments=compiled.reported_whole,
        prefer=cast("Preference", prefer or ""),
        dry_run=dry_run,
    )
    failed = [] if dry_run else _write_receipts(files, compiled, outcome, receipts, day, lang)
    findings = Report((*compiled.findings, *outcome.findings, *failed))
    print_findings(findings, Console(), lang)
    _summarise(compiled, outcome, lang, dry_run=dry_run)
    return EXIT_REFUSED if findings.count("error") else 0


def _check_files(files: Sequence[Path]) -> None:
    names: dict[str, Path] = {}
    for path in files:
        if not path.is_file():
            raise ConfigurationError(f"找不到文件 {path}", f"There is no file at {path}.")
        other = names.setdefault(file_label(path), path)
        if other is not path:
            raise ConfigurationError(
                f"{other} 和 {path} 同名，结果里分不清。请给其中一个改名。",
                f"{other} and {path} have one name, so the findings could not tell them apart. Rename one.",
            )


def _books(files: Sequence[Path], limits: Limits) -> list[CensusBook]:
    """Read one workbook after the other, each in a process that can be ended."""
    with tempfile.TemporaryDirectory(prefix="kaifang-") as work:
        results = each(
            partial(_book, Path(work), limits),
            files,
            jobs=1,
            seconds_max=limits.dataset_seconds_max,
            killed=_ended,
        )
        return [book for _, book in results]


def _book(work_dir: Path, limits: Limits, path: Path) -> CensusBook:
    return read_census(path, work_dir, limits)


def _ended(path: Path) -> CensusBook:
    reason = LocalText("处理超时或内存不足，已中止", "it took too long, or the memory did not suffice")
    file = file_label(path)
    return unread_book(file, found("file-not-importable", file=file, value=file, reason=reason))


def _write_receipts(
    files: Sequence[Path], compiled: Compiled, outcome: ImportOutcome, folder: Path | None, day: date, lang: str
) -> list[Finding]:
    """Write the annotated workbook of every file; one that cannot be written is a finding."""
    failed = []
    for path in files:
        label = file_label(path)
        told = [item for item in outcome.findings if item.code == _CLAIMED and (item.file or "").startswith(label)]
        findings = (*compiled.of_file(label), *told)
        is_whole = all(finding.severity != "error" for finding in findings)
        target = (folder or path.parent) / f"{path.stem.removesuffix('-回执')}{RECEIPT_ENDING}"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_receipt(path, findings, target, lang=lang, today=day, next_step=_ACCEPTED if is_whole else _PARTLY)
        except OSError as error:
            failed.append(found("receipt-failed", file=label, reason=system_reason(error)))
        else:
            click.echo(f"{path.name}: " + translate(lang, "receipt: %(path)s", path=target))
    return failed


def _summarise(compiled: Compiled, outcome: ImportOutcome, lang: str, *, dry_run: bool) -> None:
    click.echo(
        translate(
            lang,
            "Workbooks: %(books)s; departments that reported: %(reported)s, that did not: %(missing)s.",
            books=len(compiled.books),
            reported=len(compiled.reported - {""}),
            missing=len(compiled.not_reported),
        )
    )
    unread = [book.file for book in compiled.books if book.faults]
    if unread:
        departments = [item.title.to(lang) for item in compiled.unread]
        click.echo(
            translate(
                lang,
                "Workbooks that could not be read, or not in whole: %(books)s; of the departments: %(departments)s.",
                books=enumerated(lang, unread),
                departments=enumerated(lang, departments) or "?",
            )
        )
    counts = [
        translate(lang, message, number=len(names))
        for state, message in _COUNTS.items()
        if (names := getattr(outcome, state)) or state == "written"
    ]
    withheld = len(compiled.merged.withheld)
    if withheld:
        counts.append(translate(lang, "to be mended first: %(number)s", number=withheld))
    click.echo(translate(lang, "Entries: %(counts)s.", counts=clauses(lang, counts)))
    if dry_run:
        click.echo(translate(lang, "Nothing was written (--dry-run)."))
    elif outcome.written or outcome.changed:
        click.echo(translate(lang, "Next: portal build"))


def census_workbook(output: Path, publisher: str, datasets: Path) -> int:
    """Write the catalogue, or the part of *publisher*, as a census workbook to *output*; return the exit status."""
    lang = terminal_language()
    catalog, _report = load_catalog(load_settings(datasets))
    _check_publisher(catalog, publisher)
    if output.exists():
        raise ConfigurationError(f"{output} 已经存在，没有改动。", f"{output} exists already and was left alone.")
    try:
        output.write_bytes(export_census(catalog, publisher))
    except OSError as error:
        raise unwritable(output, error) from error
    click.echo(translate(lang, "Written: %(path)s", path=output))
    return 0


def _check_publisher(catalog: Catalog, publisher: str) -> None:
    if publisher and publisher not in {item.id for item in catalog.publishers}:
        raise ConfigurationError(
            f"publishers.yaml 里没有单位 {publisher}。", f"There is no publisher {publisher} in publishers.yaml."
        )
