"""What several commands share: exit statuses, options, and making a release while somebody watches."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path

import click
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

datasets_option = click.option(
    "--datasets",
    type=click.Path(path_type=Path),
    default=Path("datasets"),
    show_default=True,
    help="Folder of datasets. 数据集文件夹。",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder of releases. 版本所在的文件夹。",
)


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
