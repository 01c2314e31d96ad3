"""Terminal output: progress bar, colours, findings, and the summary of a build or check.

Nothing here decides anything.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from portal.examining.privacy.redaction import without_identifiers
from portal.findings.details import shown
from portal.findings.finding import Finding, Report, first_places
from portal.findings.words import mend_of, message_of
from portal.i18n import gettext_noop as _
from portal.i18n import number_text, size_text, translate, translate_many

if TYPE_CHECKING:
    from portal.publishing.release import Release

GROUPS_SHOWN_MAX = 50
"""Groups of findings that are printed; where there are more, their number is told."""
PLACES_SHOWN_MAX = 4
"""Places of one group that are printed."""
PLACE_CHARACTERS_MAX = 500
"""Characters of a place, a path mostly, that are printed."""

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


class BarProgress:
    """Progress on a terminal: one bar a step with counts and time."""

    def __init__(self, console: Console, lang: str) -> None:
        self._lang = lang
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[item]}"),
            console=console,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> BarProgress:
        self._bars.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._finish()
        self._bars.stop()

    def step(self, name: str, total: int | None = None) -> None:
        """Begin a step."""
        self._finish()
        title = translate(self._lang, _STEPS[name])
        self._task = self._bars.add_task(title, total=total if total is not None else 1, item="")

    def advance(self, item: str) -> None:
        """Count one item of the step."""
        if self._task is not None:
            self._bars.update(self._task, advance=1, item=escape(item))

    def _finish(self) -> None:
        if self._task is not None:
            total = self._bars.tasks[self._task].total or 1
            self._bars.update(self._task, total=total, completed=total, item="")


class LineProgress:
    """Progress where there is no terminal: a plain line a step, and at most one every few seconds within it."""

    SECONDS_BETWEEN_LINES = 5.0

    def __init__(self, console: Console, lang: str) -> None:
        self._console = console
        self._lang = lang
        self._total = 0
        self._done = 0
        self._last = self._start = time.monotonic()

    def __enter__(self) -> LineProgress:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def step(self, name: str, total: int | None = None) -> None:
        """Begin a step."""
        self._total, self._done = total or 0, 0
        self._title = translate(self._lang, _STEPS[name])
        count = f" ({number_text(self._lang, self._total)})" if self._total else ""
        self._say(f"{self._title}{count} …")

    def advance(self, item: str) -> None:
        """Count one item of the step."""
        self._done += 1
        if time.monotonic() - self._last >= self.SECONDS_BETWEEN_LINES:
            self._say(f"{self._title} {self._done}/{self._total}: {item}")

    def _say(self, text: str) -> None:
        self._last = time.monotonic()
        self._console.print(
            f"[{self._last - self._start:6.1f} s] {text}", markup=False, highlight=False, soft_wrap=True
        )


def print_findings(report: Report, console: Console, lang: str) -> None:
    """Print errors as groups of alike ones, then warnings and notes by kind; each with its first places."""
    groups = report.groups()
    errors = [group for group in groups if group.first.severity == "error"]
    for group in errors[:GROUPS_SHOWN_MAX]:
        _print_finding(group.first, _others(group.count, group.places, lang), console, lang)
    hidden = len(errors) - GROUPS_SHOWN_MAX
    if hidden > 0:
        rest = translate_many(
            lang,
            "… and %(num)s more kind of error; see report.json.",
            "… and %(num)s more kinds of errors; see report.json.",
            hidden,
        )
        console.print(rest, markup=False)
    for severity in ("warning", "info"):
        for findings in _by_code(item for item in report if item.severity == severity):
            others = _others(len(findings), first_places(findings), lang)
            _print_finding(findings[0], others, console, lang)


def print_each(report: Report, console: Console, lang: str) -> None:
    """Print every finding by itself, in the order in which they were made."""
    for finding in report:
        _print_finding(finding, "", console, lang)


def _by_code(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    return kinds.values()


def _others(count: int, places: Sequence[str], lang: str) -> str:
    """Say how many alike findings there are, and name the first places besides the very first."""
    if count == 1:
        return ""
    times = translate_many(lang, "(%(num)s time)", "(%(num)s times)", count)
    more = ", ".join(shown(place, PLACE_CHARACTERS_MAX) for place in places[1:PLACES_SHOWN_MAX])
    return f"{times}{f' {more}' if more else ''}{' …' if len(places) > PLACES_SHOWN_MAX else ''}"


def _print_finding(finding: Finding, note: str, console: Console, lang: str) -> None:
    finding = without_identifiers(finding, date.today())  # not every command asks the gate
    text = Text()
    if finding.place:
        text.append(shown(finding.place, PLACE_CHARACTERS_MAX), style="bold")
        text.append(" ")
    text.append(finding.code, style=_COLOURS[finding.severity])
    text.append(f": {message_of(finding).to(lang)}")
    if note:
        text.append(f" {note}")
    console.print(text, soft_wrap=True, highlight=False)
    console.print(Text(f"    → {mend_of(finding).to(lang)}"), soft_wrap=True, highlight=False)


def print_summary(release: Release, console: Console, lang: str) -> None:
    """Print what a build published and what it refused."""
    published = release.published
    files = [file for item in published for resource in item.resources for file in resource.files]
    if release.is_unchanged:
        console.print(
            translate(
                lang,
                "Nothing changed since the last build, so its release stays (--fresh makes a new one all the same).",
            ),
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    if release.folder is None:
        console.print(translate(lang, "Nothing was released; what was published before is as it was."), markup=False)
    else:
        console.print(
            translate(
                lang,
                "Published: %(datasets)s, %(files)s, %(rows)s, %(size)s.",
                datasets=translate_many(lang, "%(num)s dataset", "%(num)s datasets", len(published)),
                files=translate_many(lang, "%(num)s file", "%(num)s files", len(files)),
                rows=translate_many(lang, "%(num)s row", "%(num)s rows", sum(item.rows for item in published)),
                size=size_text(lang, sum(file.size_bytes for file in files)),
            ),
            markup=False,
            highlight=False,
        )
    _print_refused(release.refused, console, lang)
    if release.folder is not None:
        console.print(
            translate(lang, "Release: %(path)s", path=release.folder), markup=False, highlight=False, soft_wrap=True
        )


def print_verdict(datasets: Mapping[str, bool], report: Report, seconds: float, console: Console, lang: str) -> None:
    """Print how many datasets were checked and refused, by name, and how many findings there are."""
    refused = [name for name, is_accepted in datasets.items() if not is_accepted]
    console.print(
        translate(
            lang,
            "Checked: %(datasets)s in %(seconds)s s; %(refused)s refused; %(errors)s, %(warnings)s.",
            datasets=translate_many(lang, "%(num)s dataset", "%(num)s datasets", len(datasets)),
            seconds=number_text(lang, round(seconds, 1)),
            refused=number_text(lang, len(refused)),
            errors=translate_many(lang, "%(num)s error", "%(num)s errors", report.count("error")),
            warnings=translate_many(lang, "%(num)s warning", "%(num)s warnings", report.count("warning")),
        ),
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    _print_refused(refused, console, lang)


def _print_refused(refused: Sequence[str], console: Console, lang: str) -> None:
    if refused:
        summary = translate_many(lang, "Refused: %(num)s dataset", "Refused: %(num)s datasets", len(refused))
        names = ", ".join(shown(name, PLACE_CHARACTERS_MAX) for name in refused)
        console.print(Text(f"{summary}: {names}", style="red"), soft_wrap=True, highlight=False)


_STEPS = {
    "load": _("Reading descriptors"),
    "validate": _("Validating"),
    "publish": _("Publishing files"),
    "store": _("Storing rows"),
    "draw": _("Drawing charts"),
    "index": _("Indexing"),
    "describe": _("Describing in other formats"),
    "render": _("Rendering pages"),
    "manifest": _("Listing files"),
    "links": _("Visiting links"),
}
