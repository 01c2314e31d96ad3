"""From a file that was handed in to a dataset's folder and a receipt; one bad file never stops the others.

A dataset is put together and examined in a folder apart. Only what passes is put into the folder of datasets, in one
step, so a refused file leaves everything there as it was.
"""

from __future__ import annotations

import glob
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from portal.intake.answers import FormReader
from portal.intake.cleaned import Cleaned, clean, plain_schema, unique_names, useful_columns, write_cleaned, write_csv
from portal.intake.filled import SUFFIXES, WORKBOOK_SUFFIXES, Filled, plain_stem, read_filled
from portal.intake.folders import (
    DESCRIPTOR,
    begin_update,
    find_dataset,
    is_same,
    merged,
    place,
    read_existing,
    write_dataset,
)
from portal.intake.form import OPEN, Answer, Choices, Form
from portal.intake.receipt import write_receipt
from portal.model.catalog import Dataset
from portal.model.findings import Finding, found
from portal.model.text import LocalText
from portal.model.understanding import Understanding, UnderstoodTable
from portal.profiling.inference import propose_schema
from portal.reading.bare import bare_dataset
from portal.reading.catalog import load_catalog
from portal.reading.names import propose_name
from portal.reading.registers import load_publishers, load_themes
from portal.reading.tables import heading_of, raw_rows, understand
from portal.reading.workbook_files import UnreadableWorkbook
from portal.settings import Settings
from portal.validation.metadata import check_metadata

logger = logging.getLogger(__name__)

RECEIPTS_FOLDER, DONE_FOLDER = "回执", "已处理"
RECEIPT_ENDING, CLEANED_ENDING = "-回执.xlsx", "-清洁版.xlsx"
CLEANED_BYTES_MAX = 20 * 1024 * 1024
"""A bare file with more text gets no cleaned copy, whose rows are held in memory."""
FORM_BYTES_MAX = 40 * 1024 * 1024
"""A form with more text is refused, for the same reason."""

_OF_THE_WORKBOOK = frozenset(
    "hidden-sheets workbook-comments workbook-properties workbook-links workbook-macros workbook-objects".split()
)
"""Of a form only the data are published, not the workbook around them."""

State = Literal["created", "updated", "unchanged", "refused"]
Examine = Callable[[Dataset, Path], tuple[Understanding, Sequence[Finding]]]
"""Puts a dataset to every question; the folder is for working copies."""


@dataclass(frozen=True)
class Intake:
    """What an import goes by. *folders* are those of the datasets that are there, by name.

    *receipts* is the folder for receipts; None puts each beside its file. *is_kept* asks for the receipt alone.
    """

    settings: Settings
    choices: Choices
    examine: Examine
    today: date
    is_update: bool = False
    is_kept: bool = True
    receipts: Path | None = None
    folders: Mapping[str, str] = field(default_factory=dict)
    lang: str = "zh"


@dataclass(frozen=True)
class Brought:
    """What became of one file."""

    source: Path
    state: State
    findings: tuple[Finding, ...]
    dataset: str = ""
    folder: Path | None = None
    receipt: Path | None = None
    cleaned: Path | None = None


def choices_of(settings: Settings) -> Choices:
    """Return what may be chosen in the portal of *settings*."""
    publishers, _ = load_publishers(settings)
    themes, _ = load_themes(settings)
    return Choices(publishers, themes, settings.licence)


def waiting(inbox: Path) -> list[Path]:
    """Return the files that wait in *inbox*, by name; folders, hidden files and lock files of open workbooks do not."""
    return sorted(path for path in inbox.iterdir() if not path.is_dir() and _is_handed_in(path.name))


def _is_handed_in(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.lower() not in ("thumbs.db", "desktop.ini")


def put_away(source: Path, day: date) -> Path:
    """Move an accepted file into the folder of what is done; one of the same name there is kept beside it."""
    folder = source.parent / DONE_FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / source.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{source.stem} {day.isoformat()} ({number}){source.suffix}"
    return source.rename(target)


def bring(intake: Intake, source: Path) -> Brought:
    """Turn one file into a dataset's folder and answer it with a receipt. Never raises for what the file holds."""
    with tempfile.TemporaryDirectory(prefix="kaifang-") as folder:
        work = _Import(intake, source, Path(folder))
        try:
            work.run()
        except Exception as error:
            logger.debug("import of %s", source, exc_info=error)
            reason = LocalText(type(error).__name__, type(error).__name__)
            work.findings.append(found("processing-failed", dataset=work.name, file=source.name, reason=reason))
        return work.answer()


def failed(intake: Intake, source: Path, reason: LocalText) -> Brought:
    """Answer a file whose import was ended from outside."""
    finding = found("processing-failed", dataset=plain_stem(source), file=source.name, reason=reason)
    with tempfile.TemporaryDirectory(prefix="kaifang-") as folder:
        work = _Import(intake, source, Path(folder))
        work.findings.append(finding)
        return work.answer()


class _Import:
    """One file on its way; every step adds findings, and the first that cannot be done ends the way."""

    def __init__(self, intake: Intake, source: Path, work_dir: Path) -> None:
        self.intake = intake
        self.source = source
        self.work_dir = work_dir
        self.name = propose_name(plain_stem(source))
        self.findings: list[Finding] = []
        self.tables: list[UnderstoodTable] = []
        self.cleaned: list[tuple[str, Cleaned]] = []
        self.broken: dict[str, frozenset[tuple[int, int]]] = {}
        self.form = Form(is_bare=True)
        self.state: State = "refused"
        self.folder: Path | None = None

    def run(self) -> None:
        """Read, put together, examine, and place."""
        copy = self._copied()
        if copy is None:
            return
        try:
            filled, findings = read_filled(copy, self.work_dir / "looked", self.intake.settings.limits)
        except UnreadableWorkbook as error:
            self.findings.append(found(error.code, dataset=self.name, file=self.source.name, **error.details))
            return
        self.findings.extend(replace(item, file=_renamed(item.file, copy, self.source)) for item in findings)
        self.form = filled.form
        tables = list(self._understood(copy, filled))
        if not tables:
            if not self._has_errors():
                self._find("form-data-missing")
            return
        self.tables = [table for _, table in tables]
        if filled.has_our_sheets and self.tables[0].path.stat().st_size > FORM_BYTES_MAX:
            self._find("form-too-large", limit=f"{FORM_BYTES_MAX // 1024 // 1024} MB")
            return
        self._put_together(copy, filled, tables)

    def answer(self) -> Brought:
        """Write the receipt, and the cleaned copy where there is something in it, and say what became of the file."""
        stem = _receipt_stem(self.source)
        folder = self.intake.receipts or self.source.parent
        receipt: Path | None = folder / f"{stem}{RECEIPT_ENDING}"
        copies: list[Path] = []
        preview = ""
        if self.state != "refused":
            preview = f"{self.intake.settings.portal.base_url}/datasets/{self.name}/"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            copies = list(self._write_cleaned(folder, stem))
            assert receipt is not None
            write_receipt(
                self.source,
                self.findings,
                receipt,
                table=self.tables[0] if self.tables else None,
                others=self.tables[1:],
                preview=preview,
                lang=self.intake.lang,
                cleaned="、".join(path.name for path in copies),
                today=self.intake.today,
            )
        except Exception as error:
            logger.debug("receipt of %s", self.source, exc_info=error)
            text = getattr(error, "strerror", None) or type(error).__name__
            self._find("receipt-failed", reason=LocalText(text, text))
            receipt = None
        return Brought(
            source=self.source,
            state=self.state,
            findings=tuple(self.findings),
            dataset=self.name,
            folder=self.folder,
            receipt=receipt,
            cleaned=copies[0] if copies else None,
        )

    def _find(self, code: str, **details: Any) -> None:
        self.findings.append(found(code, **{"dataset": self.name, "file": self.source.name, **details}))

    def _has_errors(self) -> bool:
        return any(item.severity == "error" for item in self.findings)

    def _copied(self) -> Path | None:
        """Take a copy under a plain name: what is examined cannot change meanwhile, and its path is ours."""
        suffix = self.source.suffix.lower()
        reason = None
        if self.source.is_symlink() or not self.source.is_file():
            reason = LocalText("它是链接，或不是文件", "it is a link, or no file")
        elif suffix not in SUFFIXES:
            reason = LocalText("不是表格文件", "it is no table")
        elif self.source.stat().st_size > self.intake.settings.limits.file_bytes_max:
            reason = LocalText("文件太大", "it is too large")
        if reason is not None:
            self._find("file-not-importable", value=self.source.name, reason=reason)
            return None
        folder = self.work_dir / "in"
        folder.mkdir()
        return shutil.copyfile(self.source, folder / f"{self.name}{suffix}")

    def _understood(self, copy: Path, filled: Filled) -> Iterator[tuple[str, UnderstoodTable]]:
        """Yield each sheet of data with what was understood of it; "" is the sheet that need not be named."""
        if filled.has_our_sheets and not filled.sheets:
            return  # the sheets of the form itself are never data
        for number, sheet in enumerate(filled.sheets or ("",)):
            entry = {"dialect": {"sheet": sheet}} if sheet else {}
            dataset = bare_dataset(copy, entry=entry)
            if dataset is None:
                continue
            # Nothing of a cell is quoted before it is known whether the dataset is open.
            closed = replace(dataset, open_state="closed")
            understanding = understand(closed, self.work_dir / f"text{number}", self.intake.settings.limits)
            table = understanding.tables.get(dataset.resources[0].name)
            self.broken[sheet] = frozenset(
                (item.row, item.column)
                for item in understanding.findings
                if item.severity == "error" and item.row and item.column
            )
            if table is None or filled.has_our_sheets:
                self.findings.extend(
                    self._seen(item)
                    for item in understanding.findings
                    if not (filled.has_our_sheets and item.code in _OF_THE_WORKBOOK)
                )
            if table is not None:
                yield sheet, table

    def _seen(self, finding: Finding, cleaned: Cleaned | None = None) -> Finding:
        """Return a finding with the file that the publisher knows, and its row there."""
        if cleaned is not None:
            finding = cleaned.in_the_source(finding)
        is_of_descriptor = bool(finding.file and finding.file.endswith(DESCRIPTOR))
        return replace(
            finding,
            dataset=self.name,
            file=self.source.name,
            row=None if is_of_descriptor else finding.row,
            column=None if is_of_descriptor else finding.column,
        )

    def _put_together(self, copy: Path, filled: Filled, tables: list[tuple[str, UnderstoodTable]]) -> None:
        settings = self.intake.settings
        if self.form.is_bare:
            self.form = self._guessed(tables[0][1])
        reader = FormReader(self.form, self.intake.choices, self.source.name)
        given = reader.descriptor()
        self.name = given["name"]
        publisher = self._publisher(given)
        existing = find_dataset(settings.datasets_dir, self.name, self.intake.folders)
        before = read_existing(existing) if existing else None
        tables = _with_data(tables, _known_resource(before, self.name))
        self.tables = [table for _, table in tables]
        fresh = self.work_dir / "fresh"
        fresh.mkdir()
        given["resources"] = list(self._resources(copy, filled, tables, reader, fresh, before))
        if not all(cleaned.rows for _, cleaned in self.cleaned):
            self._find("form-data-missing")
        english = reader.translations()
        if english:
            given.setdefault("translations", {}).setdefault("en", {})["fields"] = english
        if self.form.is_bare:
            self._find("metadata-guessed", title=given["title"])
        self.findings.extend(reader.findings)
        staged = self.work_dir / "staged" / publisher / self.name
        descriptor = given
        is_same_as_before = False
        if existing is not None:
            is_same_as_before = before is not None and is_same(
                sorted(fresh.iterdir()), existing, before, given, is_bare=self.form.is_bare
            )
            if before is None or (not is_same_as_before and not self.intake.is_update):
                self._find("dataset-exists", value=self.name)
            elif not self._is_of(before, publisher, existing):
                self._find("name-duplicate", value=self.name, other=existing.name)
            else:
                begin_update(existing, before, given, staged)
                descriptor = merged(before, given, is_bare=self.form.is_bare)
        shutil.copytree(fresh, staged, dirs_exist_ok=True)
        write_dataset(staged, descriptor)
        self._examine(reader, filled)
        if self._has_errors() or not self.intake.is_kept:
            self.state = "refused" if self._has_errors() else "unchanged"
            return
        self.folder = existing or settings.datasets_dir / publisher / self.name
        if is_same_as_before:
            self.state = "unchanged"
            self._find("import-unchanged", value=self.name)
            return
        place(staged, self.folder)
        self.state = "updated" if existing else "created"

    def _guessed(self, table: UnderstoodTable) -> Form:
        """Return a form with what a bare file tells of itself: its title row, else its name."""
        title = heading_of(table) or plain_stem(self.source)
        name = propose_name(plain_stem(self.source))
        return Form({"title": Answer(title), "name": Answer(name), "open": Answer(OPEN)}, is_bare=True)

    def _is_of(self, before: Mapping[str, Any], publisher: str, existing: Path) -> bool:
        """Whether the dataset that is there is that of the same publisher, where both say whose they are."""
        catalogue = before.get("catalogue")
        stated = catalogue.get("publisher") if isinstance(catalogue, Mapping) else None
        has_publisher = bool(self.form.answers.get("catalogue.publisher", Answer("")).text)
        return not (has_publisher and stated) or publisher in (
            stated,
            propose_name(stated or "", ""),
            existing.parent.name,
        )

    def _publisher(self, given: Mapping[str, Any]) -> str:
        stated = given.get("catalogue", {}).get("publisher", "")
        known = {item.id for item in self.intake.choices.publishers}
        return stated if stated in known else propose_name(stated, "unknown")

    def _resources(
        self,
        copy: Path,
        filled: Filled,
        tables: list[tuple[str, UnderstoodTable]],
        reader: FormReader,
        staged: Path,
        before: Mapping[str, Any] | None,
    ) -> Iterator[dict[str, Any]]:
        """Yield an entry for each table, with its data file put into *staged*."""
        crs = reader.crs()
        for number, (sheet, table) in enumerate(tables):
            inferred = propose_schema(table)
            plain = _with_known_fields(plain_schema(table, inferred), before, self.name)
            inferred = _with_known_fields(inferred, before, self.name)
            name = self.name if len(tables) == 1 else propose_name(sheet, f"sheet-{number + 1}")
            labels = unique_names([table.labels[column] for column in useful_columns(table)])
            inferred["fields"] = [
                {**item, "name": name}
                for item, name in zip(inferred["fields"], unique_names(table.labels), strict=True)
            ]
            schema = reader.schema(labels, plain if filled.has_our_sheets else inferred)
            if filled.has_our_sheets or table.path.stat().st_size <= CLEANED_BYTES_MAX:
                mended = self._cleaned(copy, sheet, table, schema if filled.has_our_sheets else plain)
                self.cleaned.append((sheet, mended))
            if filled.has_our_sheets:
                self.findings.extend(self._seen(item) for item in mended.faults())
            entry: dict[str, Any] = {"name": name, "title": sheet if len(tables) > 1 else self._title()}
            if filled.has_our_sheets:
                entry["path"] = f"{self.name}.csv"
                write_csv(mended, staged / entry["path"])
            else:
                entry["path"] = f"{self.name}{copy.suffix}"
                shutil.copyfile(copy, staged / entry["path"])
                if sheet:
                    entry["dialect"] = {"sheet": sheet}
            if crs:
                entry["crs"] = crs
            yield entry | {"schema": schema}

    def _cleaned(self, copy: Path, sheet: str, table: UnderstoodTable, schema: Mapping[str, Any]) -> Cleaned:
        """Mend a table; a workbook is read once more, since numbers that are days show only beside a schema."""
        broken = self.broken.get(sheet, frozenset())
        if copy.suffix in WORKBOOK_SUFFIXES and table.labels == unique_names(table.labels):
            entry: dict[str, Any] = {"schema": {"fields": list(schema["fields"])}}
            again = bare_dataset(copy, entry=entry | ({"dialect": {"sheet": sheet}} if sheet else {}))
            if again is not None:
                closed = replace(again, open_state="closed")
                read = understand(closed, self.work_dir / f"again{len(self.cleaned)}", self.intake.settings.limits)
                better = read.tables.get(closed.resources[0].name)
                if better is not None and better.labels == table.labels:
                    return clean(better, schema, entered=table, broken=broken)
        return clean(table, schema, broken=broken)

    def _title(self) -> str:
        answer = self.form.answers.get("title")
        return answer.text if answer and answer.text else self.name

    def _examine(self, reader: FormReader, filled: Filled) -> None:
        """Let the dataset that was put together go through the whole gate, in a catalogue of its own."""
        settings = self.intake.settings
        root = self.work_dir / "staged"
        for name in ("publishers.yaml", "themes.yaml"):
            if (settings.datasets_dir / name).is_file():
                shutil.copyfile(settings.datasets_dir / name, root / name)
        catalog, report = load_catalog(replace(settings, datasets_dir=root, findings=()))
        findings = [*report, *check_metadata(catalog, profile=settings.profile)]
        cleaned = self.cleaned[0][1] if filled.has_our_sheets else None
        tables: list[UnderstoodTable] = []
        for dataset in catalog.datasets:
            work = self.work_dir / "examined"
            work.mkdir()
            understanding, more = self.intake.examine(dataset, work)
            findings.extend(more)
            tables.extend(understanding.tables.values())
        if not filled.has_our_sheets and tables:
            self.tables = tables
        for item in findings:
            seen = self._seen(item, cleaned if _is_data(item) else None)
            self.findings.append(reader.in_terms_of_the_form(seen))

    def _write_cleaned(self, folder: Path, stem: str) -> Iterator[Path]:
        for sheet, mended in self.cleaned:
            if not (mended.is_changed or self.form.is_bare) or not mended.rows:
                continue
            suffix = f"-{propose_name(sheet)}" if len(self.cleaned) > 1 else ""
            path = folder / f"{stem}{suffix}{CLEANED_ENDING}"
            if path == self.source:
                continue
            write_cleaned(mended, self._form_of(sheet), self.intake.choices, path)
            yield path

    def _form_of(self, sheet: str) -> Form:
        """Return the form for the cleaned copy of one sheet: each of several becomes a dataset of its own."""
        if len(self.cleaned) < 2:
            return self.form
        answers = dict(self.form.answers)
        answers["title"] = Answer(f"{self._title()}（{sheet}）")
        answers["name"] = Answer(propose_name(f"{self.name}-{sheet}"))
        return replace(self.form, answers=answers)


def _is_data(finding: Finding) -> bool:
    return bool(finding.file and finding.file.endswith(".csv"))


def _renamed(file: str | None, copy: Path, source: Path) -> str | None:
    return file and file.replace(copy.name, source.name, 1)


def _receipt_stem(source: Path) -> str:
    """Return how the receipt is called: like the file, with its ending where files of several formats share a name."""
    alike = [item for item in source.parent.glob(f"{glob.escape(source.stem)}.*") if item.suffix.lower() in SUFFIXES]
    return plain_stem(source) if len(alike) < 2 else source.name


def _with_data(
    tables: list[tuple[str, UnderstoodTable]], known: Mapping[str, Any]
) -> list[tuple[str, UnderstoodTable]]:
    """Leave out sheets beside the data: covers without rows, and all but the one that the dataset is known to have."""
    if len(tables) < 2:
        return tables
    fields = set(_known_fields(known))
    described = [item for item in tables if fields and fields <= set(item[1].labels)]
    filled = [item for item in tables if len(item[1].labels) > 1 and next(raw_rows(item[1]), None) is not None]
    return described[:1] or filled or tables


def _known_resource(before: Mapping[str, Any] | None, name: str) -> Mapping[str, Any]:
    """Return the resource that a file brings up to date: the one of its name, or the only one there is."""
    resources = [item for item in (before or {}).get("resources") or [] if isinstance(item, dict)]
    chosen = [item for item in resources if item.get("name") == name] or (resources if len(resources) == 1 else [])
    return chosen[0] if chosen else {}


def _known_fields(resource: Mapping[str, Any]) -> dict[str, Any]:
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return {str(item.get("name")): item for item in fields or [] if isinstance(item, dict)}


def _with_known_fields(schema: dict[str, Any], before: Mapping[str, Any] | None, name: str) -> dict[str, Any]:
    """Return *schema* with the fields that the dataset which is there describes: somebody may have mended them."""
    known = _known_resource(before, name).get("schema")
    fields = _known_fields(_known_resource(before, name))
    if not isinstance(known, dict) or not fields:
        return schema
    return {**known, "fields": [fields.get(item["name"], item) for item in schema["fields"]]}
