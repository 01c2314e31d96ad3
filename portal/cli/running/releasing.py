"""What ``portal build`` does: make a release with a progress bar, and print its findings and summary."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path

from rich.console import Console

from portal.cli.arguments import EXIT_REFUSED
from portal.cli.running.terminal import BarProgress, LineProgress, print_findings, print_summary
from portal.examining.validation.tables.kept_results import cache_folder
from portal.i18n import terminal_language
from portal.model.catalog import Edition
from portal.pipeline import build as run_build
from portal.settings import load_settings


def make_release(
    datasets: Path,
    out: Path,
    *,
    today: date | None = None,
    base_url: str | None = None,
    edition: Edition = "open",
    strict: bool = False,
    fresh: bool = False,
    jobs: int = 1,
) -> int:
    """Build, print the findings and the summary, and return the exit status."""
    lang = terminal_language()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console(highlight=False)
    settings = load_settings(datasets, base_url=base_url, edition=edition)
    progress = BarProgress(console, lang) if console.is_terminal else LineProgress(console, lang)
    with progress:
        result = run_build(
            settings,
            out,
            today=today or date.today(),
            strict=strict,
            fresh=fresh,
            jobs=jobs,
            cache_dir=cache_folder(),
            progress=progress,
        )
    print_findings(result.report, console, lang)
    print_summary(result, console, lang)
    return EXIT_REFUSED if result.report.count("error") else 0
