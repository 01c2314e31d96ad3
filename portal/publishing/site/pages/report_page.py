"""The report page of a dataset: errors, warnings, notes, and how each file was read and checked.

The context of the report: what was found, and what was checked and how it was understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from portal.examining.understanding_in_words import decision_text, decision_title, sheet_note
from portal.findings.codes import CODES
from portal.findings.details import shown
from portal.findings.finding import PLACES_KEPT_MAX, Finding, FindingGroup, Report, Severity
from portal.findings.words import mend_of, message_of
from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.addresses import dataset_path
from portal.model.catalog import Dataset, Field, Resource
from portal.model.text import LocalText
from portal.model.understood_table import Decision
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.contexts.dataset_contexts import FieldRow
from portal.publishing.site.contexts.page_contexts import Detail, Figure, Link
from portal.publishing.site.contexts.report_contexts import CheckedResource, FoundKind, FoundPlaces, ReportPage
from portal.publishing.site.labels import Labels
from portal.publishing.site.missing_translations import missing_translations
from portal.publishing.site.pages.dataset_page import key_sentences

GROUPS_A_KIND_MAX = 20
"""Groups of findings of one kind that a report shows; the number of the others is told."""
FIELDS_MAX = 500
"""Columns of a table that a report lists."""
UNTRANSLATED_MAX = 50
"""Texts without English that a report lists."""
SHEETS_MAX = 50
"""Sheets of a workbook that a report lists."""

_STATES: dict[Severity, str] = {"error": "bad", "warning": "warn", "info": "good"}
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def report_page(published: PublishedDataset, findings: Sequence[Finding], labels: Labels, today: date) -> ReportPage:
    """Return the context in the language of *labels*; *findings* are those of this dataset.

    For a dataset that is not open nothing is told of its tables but what its descriptor says.
    """
    dataset, lang = published.dataset, labels.lang
    resources = published.resources or tuple(PublishedResource(item) for item in dataset.resources)
    prefix = f"{dataset.folder}/" if dataset.folder not in ("", ".") else ""
    return ReportPage(
        heading=translate(lang, "Report on “%(title)s”", title=dataset.title.to(lang)),
        dataset=Link(dataset.title.to(lang), dataset_path(dataset.name)),
        state=_state(findings),
        verdict=_verdict(findings, lang),
        figures=tuple(_figures(resources, findings, lang)),
        kinds=found_kinds(findings, prefix, lang),
        resources=tuple(_checked(item, published, labels, number) for number, item in enumerate(resources, start=1)),
        day=today,
        **_untranslated(dataset, lang),
    )


def _untranslated(dataset: Dataset, lang: str) -> dict[str, Any]:
    missing = missing_translations(dataset)
    hidden = len(missing) - UNTRANSLATED_MAX
    return {
        "untranslated": tuple((item.key, shown(item.text, 120)) for item in missing[:UNTRANSLATED_MAX]),
        "untranslated_more": translate_many(lang, "… and %(num)s more text", "… and %(num)s more texts", hidden)
        if hidden > 0
        else "",
    }


def bare_report(name: str, findings: Sequence[Finding], lang: str, today: date) -> ReportPage:
    """Return the context for what could not even be read as a dataset; *name* is its name or folder."""
    return ReportPage(
        heading=translate(lang, "Report on “%(title)s”", title=shown(name)),
        dataset=None,
        state=_state(findings),
        verdict=_verdict(findings, lang),
        figures=tuple(_counts(findings, lang)),
        kinds=found_kinds(findings, "", lang),
        resources=(),
        day=today,
    )


def found_kinds(findings: Iterable[Finding], prefix: str, lang: str) -> tuple[FoundKind, ...]:
    """Return findings by code, errors first; *prefix* is cut from their files, so that they start at the dataset."""
    kinds: dict[tuple[int, str], list[FindingGroup]] = {}
    for group in Report(tuple(findings)).groups():
        kinds.setdefault((_SEVERITIES.index(group.first.severity), group.first.code), []).append(group)
    ordered = sorted(kinds.items(), key=lambda pair: pair[0][0])
    return tuple(_kind(groups, prefix, lang) for _, groups in ordered)


def _kind(groups: Sequence[FindingGroup], prefix: str, lang: str) -> FoundKind:
    first = groups[0].first
    code = CODES[first.code]
    count = sum(group.count for group in groups)
    hidden = len(groups) - GROUPS_A_KIND_MAX
    return FoundKind(
        code=first.code,
        severity=first.severity,
        label=translate(lang, _LABELS[first.severity]),
        title=code.title.to(lang),
        explanation=code.explanation.to(lang),
        count=translate_many(lang, "%(num)s time", "%(num)s times", count) if count > 1 else "",
        groups=tuple(_places(group, prefix, lang) for group in groups[:GROUPS_A_KIND_MAX]),
        more=translate_many(
            lang, "… and in %(num)s more column or file", "… and in %(num)s more columns or files", hidden
        )
        if hidden > 0
        else "",
    )


def _places(group: FindingGroup, prefix: str, lang: str) -> FoundPlaces:
    places = list(dict.fromkeys(_place(item, prefix, lang) for item in group.findings[:PLACES_KEPT_MAX]))
    hidden = group.count - min(group.count, PLACES_KEPT_MAX)
    return FoundPlaces(
        message=message_of(group.first).to(lang),
        places=tuple(place for place in places if place),
        more=translate_many(lang, "… and %(num)s more place", "… and %(num)s more places", hidden) if hidden else "",
        mend=mend_of(group.first).to(lang),
    )


def _place(finding: Finding, prefix: str, lang: str) -> str:
    file = shown((finding.file or "").removeprefix(prefix), 300)
    if finding.row is None:
        return file
    if finding.column is None:
        return translate(lang, "%(file)s, row %(row)s", file=file, row=finding.row)
    return translate(
        lang, "%(file)s, row %(row)s, column %(column)s", file=file, row=finding.row, column=finding.column
    )


def _state(findings: Iterable[Finding]) -> str:
    present = {item.severity for item in findings}
    return next((_STATES[severity] for severity in _SEVERITIES if severity in present), "good")


def _verdict(findings: Sequence[Finding], lang: str) -> str:
    report = Report(tuple(findings))
    errors, warnings, notes = (report.count(severity) for severity in _SEVERITIES)
    if errors:
        return translate_many(
            lang,
            "Not published: %(num)s error has to be mended first.",
            "Not published: %(num)s errors have to be mended first.",
            errors,
        )
    if warnings:
        return translate_many(
            lang,
            "Checked without errors; %(num)s warning should be looked at.",
            "Checked without errors; %(num)s warnings should be looked at.",
            warnings,
        )
    if notes:
        return translate(lang, "Checked without errors and warnings.")
    return translate(lang, "Checked; there is nothing to mend.")


def _figures(resources: Sequence[PublishedResource], findings: Sequence[Finding], lang: str) -> Iterator[Figure]:
    tables = [item.profile for item in resources if item.profile]
    yield Figure(number_text(lang, len(resources)), translate(lang, "resources"))
    if tables:
        yield Figure(number_text(lang, sum(table.rows for table in tables)), translate(lang, "rows checked"))
        yield Figure(number_text(lang, sum(len(table.columns) for table in tables)), translate(lang, "columns checked"))
    yield from _counts(findings, lang)


def _counts(findings: Sequence[Finding], lang: str) -> Iterator[Figure]:
    report = Report(tuple(findings))
    for severity, label in (("error", "errors"), ("warning", "warnings"), ("info", "notes")):
        yield Figure(number_text(lang, report.count(severity)), translate(lang, label))  # type: ignore[arg-type]


def _checked(item: PublishedResource, published: PublishedDataset, labels: Labels, number: int) -> CheckedResource:
    resource, lang = item.resource, labels.lang
    sheets = item.sheets if len(item.sheets) > 1 or any(sheet.is_hidden for sheet in item.sheets) else ()
    return CheckedResource(
        id=f"checked-{number}",
        title=resource.title.to(lang),
        note=_note(item, lang),
        decisions=tuple(_decision(decision, lang) for decision in item.decisions),
        sheets=tuple((shown(sheet.name), sheet_note(sheet, lang)) for sheet in sheets[:SHEETS_MAX]),
        fields=tuple(_fields(item, labels)),
        keys=tuple(key_sentences(resource, published.dataset, lang)),
    )


def _note(item: PublishedResource, lang: str) -> str:
    if item.resource.kind == "link":
        return translate(lang, "The file is on another site and is not checked here.")
    if item.resource.kind == "file":
        return translate(lang, "The file is offered as the publisher made it; its content was not checked.")
    if item.profile is None:
        return ""
    columns = translate_many(lang, "%(num)s column", "%(num)s columns", len(item.profile.columns))
    rows = translate_many(lang, "%(num)s row", "%(num)s rows", item.profile.rows)
    return translate(lang, "%(rows)s, %(columns)s", rows=rows, columns=columns)


def _decision(decision: Decision, lang: str) -> Detail:
    return Detail(decision_title(decision.what, lang), decision_text(decision, lang))


def _fields(item: PublishedResource, labels: Labels) -> Iterator[FieldRow]:
    """Yield the rules that each column was held to; a table without a schema has columns without rules."""
    for field in _declared(item.resource) or _undeclared(item):
        yield FieldRow(
            name=field.name,
            title=labels.field(field),
            type=labels.type(field.type),
            description="",
            rules=labels.rules(field),
            gaps="",
            span="",
        )


def _declared(resource: Resource) -> tuple[Field, ...]:
    return resource.schema.fields[:FIELDS_MAX]


def _undeclared(item: PublishedResource) -> tuple[Field, ...]:
    names = [column.name for column in item.profile.columns[:FIELDS_MAX]] if item.profile else []
    return tuple(Field(name, LocalText(name)) for name in names)


_LABELS = {"error": _("Error"), "warning": _("Warning"), "info": _("Note")}

_MESSAGES = (_("errors"), _("warnings"), _("notes"))
