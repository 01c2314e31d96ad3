"""What ``portal check`` does: examine what was named, and write the findings as text, JSON, SARIF, CSV or XLSX."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO, TextIOWrapper
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from portal import __version__
from portal.cli.arguments import EXIT_BAD_CALL, EXIT_REFUSED
from portal.cli.running.targets import holds_nothing, targets_of
from portal.cli.running.terminal import BarProgress, LineProgress, print_findings, print_verdict
from portal.examining.examination_questions import QUESTIONS, Question
from portal.examining.examined import examine, rules_of
from portal.examining.loaded import Loaded
from portal.examining.reading.descriptors.further_descriptors import DESCRIPTOR_NAMES
from portal.examining.understanding import UnderstoodDataset
from portal.examining.understanding_in_words import explain
from portal.examining.validation.tables.kept_results import cache_folder
from portal.findings.finding import Finding, Report
from portal.i18n import terminal_language, translate
from portal.model.catalog import Dataset
from portal.model.errors import unwritable
from portal.workers import Progress

FORMATS = ("text", "json", "sarif", "csv", "xlsx")


@dataclass(frozen=True)
class CheckedDataset:
    """A dataset that was checked, as it was understood (the texts of its tables are gone)."""

    understood: UnderstoodDataset
    is_accepted: bool

    @property
    def dataset(self) -> Dataset:
        """The dataset itself."""
        return self.understood.dataset


@dataclass(frozen=True)
class CheckReport:
    """What a check found. A dataset that could not even be read has findings and is not among *datasets*."""

    datasets: tuple[CheckedDataset, ...]
    report: Report


class _Within:
    """The progress of one target, as a part of a step that has begun: only its items are told."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, name: str, total: int | None = None) -> None:
        """Say nothing: the step is that of all targets."""

    def advance(self, item: str) -> None:
        """One more of all targets is done."""
        self._progress.advance(item)


def check(
    paths: tuple[Path, ...],
    format_: str,
    output: Path | None,
    only: tuple[Question, ...],
    is_explained: bool,
    no_cache: bool,
    jobs: int,
) -> int:
    """Check every one of *paths* and write what was found; return the exit status."""
    lang = terminal_language()
    paths = paths or (Path("datasets"),)
    if format_ == "xlsx" and output is None:
        raise click.UsageError(translate(lang, "A workbook needs --output FILE."))
    if is_explained and format_ != "text":
        raise click.UsageError(translate(lang, "--explain goes with --format text."))
    started = time.monotonic()
    targets = list(targets_of(paths))
    progress_console = Console(stderr=True, highlight=False)
    progress = (
        BarProgress(progress_console, lang) if progress_console.is_terminal else LineProgress(progress_console, lang)
    )
    cache_dir = None if no_cache else cache_folder()
    with progress:
        result = _checked(targets, only or QUESTIONS, jobs, cache_dir, progress)
    seconds = time.monotonic() - started
    if format_ == "text":
        _write_text(result, output, seconds, is_explained, lang)
    elif format_ == "xlsx" and output is not None and (file := _one_file(paths)):
        _write_receipt(result, targets[0], file, output, lang)
    elif output is None:
        click.echo(_written(result, targets, format_, lang), nl=False)
    else:
        _save(output, _written(result, targets, format_, lang))
    empty = [str(path) for path, target in zip(paths, targets, strict=True) if holds_nothing(path, target)]
    if empty:
        sentence = translate(lang, "There is no dataset in %(paths)s: no datapackage.yaml.", paths=", ".join(empty))
        click.echo(f"portal: {sentence}", err=True)
        return EXIT_BAD_CALL
    return EXIT_REFUSED if result.report.count("error") else 0


def _checked(
    targets: Sequence[Loaded], questions: tuple[Question, ...], jobs: int, cache_dir: Path | None, progress: Progress
) -> CheckReport:
    """Examine all targets; a bare file has no description, so nothing is asked about it."""
    described = [target for target in targets if not _is_bare(target)]
    bare = [target for target in targets if _is_bare(target)]
    of_bare = tuple(question for question in questions if question != "metadata")
    checked: list[CheckedDataset] = []
    findings: list[Finding] = []
    for some, asked in ((described, questions), (bare, of_bare)):
        if some and asked:
            progress.step("validate", sum(len(target.datasets) for target in some))
            for target in some:
                rules = replace(rules_of(target.settings), questions=asked, cache_dir=cache_dir, today=date.today())
                with tempfile.TemporaryDirectory(prefix="kaifang-") as work:
                    examined = examine(target, Path(work), rules, jobs=jobs, progress=_Within(progress))
                refused = examined.report.refused()
                for name, item in examined.datasets.items():
                    checked.append(CheckedDataset(item.understood, name not in refused))
                findings.extend(examined.report)
    return CheckReport(tuple(checked), Report(tuple(findings)))


def _is_bare(target: Loaded) -> bool:
    sources = [dataset.source for dataset in target.datasets if dataset.source]
    return bool(sources) and all(source.descriptor_path.name not in DESCRIPTOR_NAMES for source in sources)


def _verdicts(result: CheckReport) -> dict[str, bool]:
    """Return each dataset and whether it was accepted; one that could not even be read stands there by its folder.

    Several files of one name, such as a.csv and a.xlsx, stand there by their paths.
    """
    times = Counter(item.dataset.name for item in result.datasets)
    read: dict[str, bool] = {}
    for item in result.datasets:
        name = item.dataset.name if times[item.dataset.name] == 1 else item.dataset.descriptor_file
        read[name] = read.get(name, True) and item.is_accepted
    unread = {name: False for name in sorted(result.report.refused()) if name not in times}
    return {**read, **unread}


def _write_text(result: CheckReport, output: Path | None, seconds: float, is_explained: bool, lang: str) -> None:
    if output is None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        _print_text(result, Console(highlight=False), seconds, is_explained, lang)
    else:
        text = StringIO()
        _print_text(result, Console(file=text, highlight=False), seconds, is_explained, lang)
        _save(output, text.getvalue().encode("utf-8", "backslashreplace"))


def _print_text(result: CheckReport, console: Console, seconds: float, is_explained: bool, lang: str) -> None:
    if is_explained:
        for item in result.datasets:
            for line in explain(item.understood, lang):
                console.print(Text(line), soft_wrap=True, highlight=False)
    print_findings(result.report, console, lang)
    print_verdict(_verdicts(result), result.report, seconds, console, lang)


def _written(result: CheckReport, targets: Sequence[Loaded], format_: str, lang: str) -> bytes:
    if format_ == "csv":
        from portal.findings.written import csv_report

        return csv_report.dump(result.report)
    if format_ == "xlsx":
        from portal.findings.written import xlsx_report

        return xlsx_report.dump(result.report, _verdicts(result))
    if format_ == "sarif":
        from portal.findings.written import sarif_report

        placed = Report(tuple(_seen_from_here(result.report, targets)))
        text = sarif_report.dump(placed, lang=lang, version=__version__)
    else:
        from portal.findings.written import json_report

        text = json_report.dump(result.report, _verdicts(result))
    return text.encode("utf-8", "backslashreplace")  # in JSON a lone surrogate so becomes its escape


def _seen_from_here(report: Report, targets: Sequence[Loaded]) -> Iterator[Finding]:
    """Yield findings with files as they stand from the working folder, absolute where they are outside of it."""
    folders = {dataset.name: _folder_of(target) for target in targets for dataset in target.catalog.datasets}
    default = _folder_of(targets[0])
    here = Path.cwd()
    for finding in report:
        if finding.file:
            path = (folders.get(finding.dataset or "", default) / finding.file).absolute()
            file = path.relative_to(here) if path.is_relative_to(here) else path
            yield replace(finding, file=file.as_posix())
        else:
            yield finding


def _folder_of(target: Loaded) -> Path:
    """Return the folder that the files of a target's findings are relative to: a bare file is shown as it was given."""
    return Path() if _is_bare(target) else target.settings.datasets_dir


def _one_file(paths: Sequence[Path]) -> Path | None:
    """Return the one data file that was asked about, None where it was more or something else."""
    is_file = len(paths) == 1 and paths[0].is_file() and paths[0].name not in DESCRIPTOR_NAMES
    return paths[0] if is_file else None


def _write_receipt(result: CheckReport, target: Loaded, file: Path, output: Path, lang: str) -> None:
    """Write the publisher's own workbook with what was found marked in it."""
    from portal.examining.reading.understood_tables import understand
    from portal.incoming.form.receipt.receipt import write_receipt
    from portal.incoming.form.receipt.reply import EMPTY_FORM

    with tempfile.TemporaryDirectory(prefix="kaifang-") as work, _writing(output):
        tables = []
        is_broken = any(item.code == "processing-failed" for item in result.report)
        for dataset in () if is_broken else target.datasets:
            names = _resources_of(dataset, file)
            understood = understand(dataset, Path(work), target.settings.limits)
            tables += [table for name, table in understood.tables.items() if name in names]
        named = {table.resource for table in tables}
        findings = [item for item in result.report if item.resource is None or item.resource in named or not named]
        table = tables[0] if tables else None
        others, today = tables[1:], date.today()
        write_receipt(file, findings, output, table=table, others=others, lang=lang, today=today, form=EMPTY_FORM)


def _resources_of(dataset: Dataset, file: Path) -> frozenset[str]:
    wanted, folder = file.resolve(), dataset.source.folder if dataset.source else Path()
    named = (item.name for item in dataset.resources if wanted in {(folder / path).resolve() for path in item.paths})
    return frozenset(named)


def _save(path: Path, content: bytes) -> None:
    with _writing(path):
        path.write_bytes(content)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error
