"""What several commands share: exit statuses, and making a release while somebody watches."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path

from rich.console import Console

from portal.i18n import terminal_language
from portal.pipeline import build as run_build
from portal.settings import load_settings
from portal.terminal import BarProgress, LineProgress, print_findings, print_summary
from portal.validation.results import cache_folder

HELP = {"help_option_names": ["-h", "--help"]}
"""Settings of every command."""
EXIT_REFUSED = 1
EXIT_BAD_CALL = 2


def make_release(datasets: Path, out: Path, base_url: str | None, strict: bool, jobs: int, today: date) -> int:
    """Build, print the findings and the summary, and return the exit status."""
    lang = terminal_language()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console(highlight=False)
    settings = load_settings(datasets, base_url=base_url)
    progress = BarProgress(console, lang) if console.is_terminal else LineProgress(console, lang)
    with progress:
        result = run_build(
            settings, out, today=today, strict=strict, jobs=jobs, cache_dir=cache_folder(), progress=progress
        )
    print_findings(result.report, console, lang)
    print_summary(result.published, result.refused, result.release, console, lang)
    return EXIT_REFUSED if result.report.count("error") else 0
