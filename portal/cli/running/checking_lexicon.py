"""What ``portal lexicon check`` does: read the lexicon of the search, check it, hold it against the catalogue."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from portal.cli.arguments import EXIT_REFUSED
from portal.cli.running.terminal import print_each, print_findings
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.i18n import terminal_language, translate, translate_many
from portal.publishing.search.lexicon.lexicon_reading import read_lexicon
from portal.publishing.search.meaning.lexicon_check import LexiconReport, check_lexicon
from portal.settings import load_settings


def check_words(datasets: Path, is_all: bool) -> int:
    """Check the lexicon for the catalogue in *datasets* and print what was found; return the exit status."""
    lang = terminal_language()
    console = Console(highlight=False)
    settings = load_settings(datasets)
    catalog, _ = load_catalog(settings)
    outcome = check_lexicon(read_lexicon(settings.datasets_dir), catalog.datasets)
    if is_all:
        print_each(outcome.report, console, lang)
    else:
        print_findings(outcome.report, console, lang)
    for topic, count in outcome.topics.items():
        console.print(f"{count:6}  {topic}", markup=False)
    console.print(_summary(outcome, lang), markup=False, soft_wrap=True)
    return EXIT_REFUSED if outcome.report.count("error") + outcome.report.count("warning") else 0


def _summary(outcome: LexiconReport, lang: str) -> str:
    return translate(
        lang,
        "Lexicon: %(groups)s with %(words)s; %(used)s of them find something in this catalogue.",
        groups=translate_many(lang, "%(num)s group", "%(num)s groups", outcome.groups),
        words=translate_many(lang, "%(num)s word", "%(num)s words", outcome.words),
        used=outcome.used,
    )
