"""What ``portal import list`` does: bring in listings (CSV, JSON, XLSX), and report on records and departments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from portal.cli.arguments import EXIT_REFUSED
from portal.cli.running.terminal import print_findings
from portal.examining.reading.descriptors.publishers_and_themes import load_publishers
from portal.findings.finding import Finding, Report, found
from portal.findings.words import message_of
from portal.i18n import number_text, terminal_language, translate, translate_many
from portal.incoming.listing.import_report import dump_csv, dump_json
from portal.incoming.listing.list_import import ListOutcome, import_listing
from portal.incoming.listing.mapping import ListMapping, load_mapping, mapping_for
from portal.incoming.records.listed_departments import Departments, add_departments, check_register
from portal.incoming.records.three_way import Preference
from portal.model.errors import ConfigurationError, unwritable
from portal.settings import load_settings


def import_list(
    files: tuple[Path, ...],
    mappings: Path,
    datasets: Path,
    source: str,
    add_publishers: bool,
    prefer: str | None,
    report: Path | None,
    dry_run: bool,
    today: date | None,
) -> int:
    """Make entries of the records of listings, report on them, and return the exit status."""
    lang = terminal_language()
    settings = load_settings(datasets)
    chosen = _chosen(files, mappings)
    if source and len(chosen) > 1:
        raise click.UsageError(translate(lang, "--source goes with files of one mapping."))
    if report is not None and report.suffix.lower() not in (".json", ".csv"):
        raise click.UsageError(translate(lang, "The report ends in .json or .csv."))
    if report is not None and not report.parent.is_dir():
        raise unwritable(report, FileNotFoundError(2, "No such file or directory"))
    if add_publishers:
        check_register(datasets)
    publishers, _ = load_publishers(settings)
    departments = Departments(publishers, is_adding=add_publishers)
    outcomes: list[ListOutcome] = []
    entered = 0
    for number, (mapping, listed) in enumerate(chosen, start=1):
        outcome = import_listing(
            mapping,
            listed,
            settings,
            departments,
            today or date.today(),
            source_id=source,
            prefer=cast(Preference, prefer or ""),
            dry_run=dry_run,
        )
        outcomes.append(outcome)
        click.echo(f"[{number}/{len(chosen)}] {_told(outcome, lang)}")
        if add_publishers and not dry_run:
            add_departments(datasets, departments.new[entered:])
            entered = len(departments.new)
    findings = [finding for outcome in outcomes for finding in outcome.findings] + list(_shared(departments))
    print_findings(Report(tuple(findings)), Console(), lang)
    _print_summary(outcomes, departments, lang, is_added=add_publishers and not dry_run)
    if report is not None:
        _write_report(report, outcomes, departments)
        click.echo(translate(lang, "Report: %(path)s", path=report))
    if not dry_run:
        click.echo(translate(lang, "Next: portal build"))
    return EXIT_REFUSED if any(finding.severity == "error" for finding in findings) else 0


def _chosen(files: Sequence[Path], mappings: Path) -> list[tuple[ListMapping, list[Path]]]:
    """Return each mapping with its files; files of one source are one listing. Raises ConfigurationError."""
    if not mappings.exists():
        raise ConfigurationError(f"找不到 {mappings}", f"There is nothing at {mappings}.")
    listings: dict[str, tuple[ListMapping, list[Path]]] = {}
    loaded: dict[Path, ListMapping] = {}
    for file in files:
        if not file.is_file():
            raise ConfigurationError(f"找不到文件 {file}", f"There is no file at {file}.")
        path = mapping_for(file, mappings)
        if path not in loaded:
            loaded[path] = _usable(path)
        mapping = loaded[path]
        other, listed = listings.setdefault(mapping.source_id, (mapping, []))
        if other.path != path:
            raise ConfigurationError(
                f"{other.path.name} 和 {path.name} 的 source.id 相同：{mapping.source_id}。",
                f"{other.path.name} and {path.name} have the same source.id: {mapping.source_id}.",
            )
        listed.append(file)
    return list(listings.values())


def _usable(path: Path) -> ListMapping:
    mapping, findings = load_mapping(path)
    if mapping is None:
        place, message = findings[0].place, message_of(findings[0])
        raise ConfigurationError(f"{place}：{message.zh}", f"{place}: {message.en}")
    return mapping


def _told(outcome: ListOutcome, lang: str) -> str:
    entries = outcome.entries
    return translate(
        lang,
        "%(files)s: records %(records)s; new %(new)s, changed %(changed)s, unchanged %(unchanged)s, kept %(kept)s; "
        "not imported %(lost)s; of one title %(duplicates)s",
        files=", ".join(outcome.files),
        records=number_text(lang, outcome.records),
        new=number_text(lang, len(entries.written)),
        changed=number_text(lang, len(entries.changed)),
        unchanged=number_text(lang, len(entries.unchanged)),
        kept=number_text(lang, len(entries.kept)),
        lost=number_text(lang, outcome.records - outcome.imported),
        duplicates=number_text(lang, len(outcome.duplicates)),
    )


def _shared(departments: Departments) -> Iterable[Finding]:
    for name, source, other in departments.shared:
        yield found("listing-department-shared", department=name, source=source, other=other)


def _print_summary(outcomes: Sequence[ListOutcome], departments: Departments, lang: str, *, is_added: bool) -> None:
    records = sum(outcome.records for outcome in outcomes)
    imported = sum(outcome.imported for outcome in outcomes)
    click.echo(
        translate(
            lang,
            "Records: %(records)s; entries: %(entries)s; not imported: %(lost)s.",
            records=number_text(lang, records),
            entries=number_text(lang, imported),
            lost=number_text(lang, records - imported),
        )
    )
    new = len(departments.new)
    if new and is_added:
        click.echo(
            translate_many(
                lang,
                "Entered in publishers.yaml: %(num)s department.",
                "Entered in publishers.yaml: %(num)s departments.",
                new,
            )
        )
    elif new:
        click.echo(
            translate_many(
                lang,
                "%(num)s department is not in publishers.yaml; --add-publishers enters it.",
                "%(num)s departments are not in publishers.yaml; --add-publishers enters them.",
                new,
            )
        )


def _write_report(path: Path, outcomes: Sequence[ListOutcome], departments: Departments) -> None:
    try:
        if path.suffix.lower() == ".csv":
            path.write_bytes(dump_csv(outcomes, departments.new))
        else:
            path.write_text(dump_json(outcomes, departments.new), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise unwritable(path, error) from error
