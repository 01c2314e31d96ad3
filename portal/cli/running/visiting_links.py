"""What ``portal links`` does: visit the links to other sites, find the dead ones, and write links.ndjson.

The links are those of a catalogue or of a release.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from portal.cli.arguments import EXIT_REFUSED
from portal.cli.running.terminal import BarProgress, LineProgress, print_findings
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.finding import Report
from portal.i18n import terminal_language, translate, translate_many
from portal.model.catalog import Dataset
from portal.model.errors import unwritable
from portal.publishing.quality.link_answers import FILE_NAME, LinkAnswer, LinkAnswers, dump_answers, read_answers
from portal.publishing.quality.outside_links import check_links, dead_links, links_of
from portal.publishing.quality.visiting import Manners
from portal.publishing.search.dataset_store import Records
from portal.settings import load_settings


def links(
    datasets: Path, output: Path | None, days_max: int, pause: int, allow_private: bool, today: date | None
) -> int:
    """Visit the links of *datasets* and write what came of it; return the exit status."""
    lang = terminal_language()
    day = today or date.today()
    found, target = _gathered(datasets, output)
    urls = list(links_of(found))
    earlier = read_answers(target)
    manners = Manners(pause_seconds=pause, pause_seconds_max=max(pause, 10), is_private_allowed=allow_private)
    console = Console(highlight=False)
    answers: dict[str, LinkAnswer] = {}
    try:
        with BarProgress(console, lang) if console.is_terminal else LineProgress(console, lang) as progress:
            progress.step("links", len(urls))
            for answer in check_links(urls, earlier, today=day, days_max=days_max or -1, manners=manners):
                answers[answer.url] = answer
                progress.advance(answer.url)
    finally:
        _write(target, urls, answers, earlier)
    dead = tuple(dead_links(found, answers, today=day, days_max=days_max))
    print_findings(Report(dead), console, lang)
    console.print(_summary(answers.values(), lang), markup=False, soft_wrap=True)
    console.print(translate(lang, "Written: %(path)s", path=target), markup=False, soft_wrap=True)
    return EXIT_REFUSED if dead else 0


def _gathered(path: Path, output: Path | None) -> tuple[tuple[Dataset, ...], Path]:
    """Return the datasets of a folder of datasets or of a release, and the file to write to."""
    if not (path / "release.json").is_file():
        return load_catalog(load_settings(path))[0].datasets, output or path / FILE_NAME
    if output is None:
        lang = terminal_language()
        raise click.UsageError(translate(lang, "A release is never written into: name a file with --output."))
    records = Records(path / "search" / "records.sqlite")
    return tuple(item.dataset for item in records.several(records.names())), output


def _write(target: Path, urls: Iterable[str], answers: dict[str, LinkAnswer], earlier: LinkAnswers) -> None:
    """Write what is known of *urls*: what came of this run, else what came of an earlier one."""
    known = {**earlier.by_url, **answers}
    text = dump_answers(known[url] for url in urls if url in known)
    draft = target.with_name(f".{target.name}.draft")
    try:
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(target)
    except OSError as error:
        raise unwritable(target, error) from error


def _summary(answers: Iterable[LinkAnswer], lang: str) -> str:
    states = [item.answers for item in answers]
    return translate(
        lang,
        "Checked: %(links)s; answered: %(good)s, did not answer: %(bad)s, not visited: %(unknown)s.",
        links=translate_many(lang, "%(num)s link", "%(num)s links", len(states)),
        good=states.count(True),
        bad=states.count(False),
        unknown=states.count(None),
    )
