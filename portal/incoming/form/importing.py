"""Import of one file that was handed in: form or bare data, to a dataset's folder and a receipt.

One bad file never stops the others. A dataset is put together and examined in a folder apart. Only what passes is put
into the folder of datasets, in one step, so a refused file leaves everything there as it was.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from portal.examining.examined import examine
from portal.examining.loaded import load
from portal.examining.privacy.redaction import without_identifiers
from portal.examining.profiling.inference import propose_schema
from portal.examining.reading.descriptors.dataset_names import propose_name
from portal.examining.reading.sheets.workbook_files import UnreadableWorkbook
from portal.examining.reading.understood_tables import heading_of
from portal.findings.finding import Finding, found
from portal.incoming.form.choices import OPEN
from portal.incoming.form.cleaning.cleaned import Cleaned, clean
from portal.incoming.form.cleaning.cleaned_copy import write_csv
from portal.incoming.form.cleaning.mended_columns import plain_schema, unique_names, useful_columns
from portal.incoming.form.filled.answers import FormReader
from portal.incoming.form.filled.data_sheets import DataSheet, as_codes, read_again, read_sheets, without_covers
from portal.incoming.form.filled.filled_form import SUFFIXES, Filled, plain_stem, read_filled
from portal.incoming.form.folders import (
    DESCRIPTOR,
    begin_update,
    find_dataset,
    is_same,
    known_resource,
    merged,
    place,
    read_existing,
    with_known_fields,
    write_dataset,
)
from portal.incoming.form.form import METADATA_SHEET, Answer, Form
from portal.incoming.form.handed_in import Brought, Intake, State
from portal.incoming.form.receipt.clerk_words import without_echoes
from portal.incoming.form.receipt.reply import Reply, write_reply
from portal.model.text import LocalText
from portal.model.understood_table import UnderstoodTable

logger = logging.getLogger(__name__)

CLEANED_BYTES_MAX = 20 * 1024 * 1024
"""A bare file with more text gets no cleaned copy, whose rows are held in memory."""
FORM_BYTES_MAX = 40 * 1024 * 1024
"""A form with more text is refused, for the same reason."""


def bring(intake: Intake, source: Path) -> Brought:
    """Turn one file into a dataset's folder and answer it with a receipt. Never raises for what the file holds."""
    with tempfile.TemporaryDirectory(prefix="kaifang-") as folder:
        work = _Import(intake, source, Path(folder))
        try:
            work.run()
        except PermissionError:
            work.findings.append(found("file-unreadable", dataset=work.name, file=source.name))
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
        self.cleaned: dict[str, tuple[str, Cleaned]] = {}
        self.form = Form(is_bare=True)
        self.state: State = "refused"
        self.existing: Path | None = None
        self.folder: Path | None = None

    def run(self) -> None:
        """Read, put together, examine, and place."""
        copy = self._copied()
        if copy is None:
            return
        limits = self.intake.settings.limits
        try:
            filled, findings = read_filled(copy, self.work_dir / "looked", limits)
        except UnreadableWorkbook as error:
            self.findings.append(found(error.code, dataset=self.name, file=self.source.name, **error.details))
            return
        self.findings.extend(replace(item, file=_renamed(item.file, copy, self.source)) for item in findings)
        self.form = filled.form
        sheets, findings = read_sheets(copy, filled, self.work_dir / "read", limits)
        self._tell(findings)
        if not sheets:
            if not self._has_errors():
                self._find("form-data-missing")
            return
        self.tables = [sheet.table for sheet in sheets]
        if filled.has_our_sheets and self.tables[0].path.stat().st_size > FORM_BYTES_MAX:
            self._tell(sheets[0].findings_of_the_data)
            self._find("form-too-large", limit=f"{FORM_BYTES_MAX // 1024 // 1024} MB")
            return
        self._put_together(copy, filled, sheets)

    def answer(self) -> Brought:
        """Write the receipt, and the cleaned copy where there is something in it, and say what became of the file.

        What was found outside of the gate, in labels, answers and cells as they were typed, holds identifiers too.
        """
        self.findings = [without_identifiers(item, self.intake.today) for item in self.findings]
        receipt: Path | None = None
        copies: list[Path] = []
        has_page = self.state != "refused" or self.existing is not None
        told = self.source, self.name, self.state, self.findings, self.tables
        try:
            reply = Reply(*told, tuple(self.cleaned.values()), self.form, has_page)
            receipt, copies = write_reply(self.intake, reply)
        except Exception as error:
            logger.debug("receipt of %s", self.source, exc_info=error)
            text = getattr(error, "strerror", None) or type(error).__name__
            self._find("receipt-failed", reason=LocalText(text, text))
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

    def _tell(self, findings: Iterable[Finding], resource: str | None = None) -> None:
        self.findings.extend(replace(self._seen(item), resource=resource or item.resource) for item in findings)

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

    def _seen(self, finding: Finding) -> Finding:
        """Return a finding with the file that the publisher knows."""
        is_of_descriptor = bool(finding.file and finding.file.endswith(DESCRIPTOR))
        return replace(
            finding,
            dataset=self.name,
            file=f"{self.source.name}#{finding.sheet}" if finding.sheet else self.source.name,
            row=None if is_of_descriptor else finding.row,
            column=None if is_of_descriptor else finding.column,
        )

    def _put_together(self, copy: Path, filled: Filled, sheets: list[DataSheet]) -> None:
        settings = self.intake.settings
        if self.form.is_bare:
            self.form = self._guessed(sheets[0].table)
        reader = FormReader(self.form, self.intake.choices, self.source.name)
        given = reader.descriptor()
        self.name = given["name"]
        publisher = self._publisher(given)
        self.existing = existing = find_dataset(settings.datasets_dir, self.name, self.intake.folders)
        before = read_existing(existing) if existing else None
        reader.check_required(before)
        sheets = without_covers(sheets, known_resource(before, self.name))
        fresh = self.work_dir / "fresh"
        fresh.mkdir()
        given["resources"] = list(self._resources(copy, filled, sheets, reader, fresh, before))
        if not all(cleaned.rows for _, cleaned in self.cleaned.values()):
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
        if self.form.is_bare and existing is None:
            # Nobody said that the public may have it; it was only checked as if it were open.
            closed = {**given.get("catalogue", {}), "open": {"is_open": False}}
            write_dataset(staged, {**descriptor, "catalogue": closed})
        if self._has_errors():
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
        sheets: list[DataSheet],
        reader: FormReader,
        staged: Path,
        before: Mapping[str, Any] | None,
    ) -> Iterator[dict[str, Any]]:
        """Yield an entry for each sheet, with its data file put into *staged*."""
        crs = reader.crs()
        self.tables = []
        for number, sheet in enumerate(sheets, start=1):
            table = sheet.table
            inferred = propose_schema(table)
            plain = with_known_fields(plain_schema(table, inferred), before, self.name)
            inferred = with_known_fields(inferred, before, self.name)
            name = self.name if len(sheets) == 1 else propose_name(sheet.name, f"sheet-{number}")
            if name in self.cleaned:
                name = f"{name}-{number}"
            self.tables.append(replace(table, resource=name))
            labels = unique_names([table.labels[column] for column in useful_columns(table)])
            inferred["fields"] = [
                {**item, "name": label}
                for item, label in zip(inferred["fields"], unique_names(table.labels), strict=True)
            ]
            schema = reader.schema(labels, plain if filled.has_our_sheets else inferred)
            entry: dict[str, Any] = {"name": name, "title": sheet.name if len(sheets) > 1 else self._title()}
            if filled.has_our_sheets:
                entry["path"] = f"{name}.csv"
                again = self._read_again(copy, sheet, schema, reader)
                mended = clean(again.table, schema, entered=table, lost=again.lost_cells)
                self._tell([*again.findings_of_the_data, *mended.faults(), *mended.doubts()], name)
                self.cleaned[name] = (sheet.name, mended)
                write_csv(mended, staged / entry["path"])
            else:
                entry["path"] = f"{self.name}{copy.suffix}"
                if table.path.stat().st_size <= CLEANED_BYTES_MAX:
                    again = self._read_again(copy, sheet, plain, reader)
                    self.cleaned[name] = (
                        sheet.name,
                        clean(again.table, plain, entered=table, lost=again.lost_cells),
                    )
                    self._tell(self.cleaned[name][1].doubts(), name)
                shutil.copyfile(copy, staged / entry["path"])
                if sheet.name:
                    entry["dialect"] = {"sheet": sheet.name}
            if crs:
                entry["crs"] = crs
            yield entry | {"schema": schema}

    def _read_again(self, copy: Path, sheet: DataSheet, schema: Mapping[str, Any], reader: FormReader) -> DataSheet:
        return read_again(
            copy,
            sheet,
            as_codes(schema["fields"], self.form),
            self.work_dir / f"again{len(self.cleaned)}",
            self.intake.settings.limits,
            open_state="open" if reader.may_be_open else "closed",
        )

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
        loaded = load(replace(settings, datasets_dir=root, findings=()))
        if not reader.is_openness_known:
            # That refuses the file already; what else is wrong is to be told as well.
            as_open = (replace(dataset, open_state="open") for dataset in loaded.datasets)
            loaded = replace(loaded, datasets=tuple(as_open))
        work = self.work_dir / "examined"
        work.mkdir()
        examined = examine(loaded, work, self.intake.rules)
        tables = [table for item in examined.datasets.values() for table in item.understood.tables.values()]
        if not filled.has_our_sheets and tables:
            self.tables = tables
        for item in without_echoes(examined.report):
            told = self._in_the_source(item) if filled.has_our_sheets else item
            if told is not None:
                self._add_once(reader.in_terms_of_the_form(self._seen(told)))

    def _add_once(self, finding: Finding) -> None:
        """Add a finding; not that an answer is missing or a row is blank where more than that was said of it."""
        answered = {item.field for item in self.findings if item.severity == "error" and _is_of_an_answer(item)}
        unclear = {(item.resource, item.row) for item in self.findings if item.code == "blank-row-unclear"}
        is_unclear = finding.code == "blank-row" and (finding.resource, finding.row) in unclear
        if not is_unclear and (finding.code != "form-answer-missing" or finding.field not in answered):
            self.findings.append(finding)

    def _in_the_source(self, finding: Finding) -> Finding | None:
        """Return a finding in data that were written anew as one in the sheet they come from.

        None for what is only wrong because a value was lost, which has its own finding.
        """
        name = Path(finding.file or "").stem
        if name not in self.cleaned or not str(finding.file).endswith(".csv"):
            return finding
        cleaned = self.cleaned[name][1]
        at_home = replace(cleaned.in_the_source(finding), resource=name)
        return None if cleaned.is_lost(at_home) else at_home


def _is_of_an_answer(finding: Finding) -> bool:
    return finding.code.startswith("form-answer-") or (finding.file or "").endswith(f"#{METADATA_SHEET}")


def _renamed(file: str | None, copy: Path, source: Path) -> str | None:
    return file and file.replace(copy.name, source.name, 1)
