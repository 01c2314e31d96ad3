"""What ``portal approve`` does: show a dataset, screen it, and enter the approval in its descriptor."""

from __future__ import annotations

import tempfile
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click
from rich.console import Console

from portal.cli.arguments import EXIT_REFUSED
from portal.cli.running.terminal import print_findings
from portal.examining.privacy.review import approve as write_approval
from portal.examining.privacy.review import content_hash, reviewed_files
from portal.examining.privacy.screening import screen
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.findings.finding import Report
from portal.i18n import terminal_language, translate
from portal.model.catalog import Catalog, Dataset
from portal.model.errors import ConfigurationError
from portal.model.limits import Limits
from portal.settings import load_settings

SUGGESTIONS_MAX = 3
"""Names of datasets that are offered where the one asked for is not there."""


def approve(name: str, by: str, basis: str, datasets: Path, today: date | None) -> int:
    """Enter the approval of dataset *name* where nothing is wrong with it; return the exit status."""
    lang = terminal_language()
    day = today or date.today()
    if not by.strip() or not basis.strip():
        raise ConfigurationError("--by 和 --basis 不能为空。", "--by and --basis must not be empty.")
    settings = load_settings(datasets)
    catalog, report = load_catalog(settings)
    dataset = _dataset(catalog, report, name, datasets)
    assert dataset.source is not None
    console = Console(highlight=False)
    approved = content_hash(dataset)
    _show(dataset, approved, lang)
    own = [item for item in report if item.dataset == name]
    findings = Report((*own, *_screened(dataset, settings.limits, day).findings))
    print_findings(findings, console, lang)
    if findings.count("error"):
        click.echo(translate(lang, "Not approved: mend the errors first."))
        return EXIT_REFUSED
    if content_hash(dataset) != approved:
        raise ConfigurationError("审批过程中文件有改动，请重新运行。", "The files changed meanwhile; run it again.")
    write_approval(dataset.source.descriptor_path, by=by.strip(), basis=basis.strip(), content=approved, on=day)
    click.echo(translate(lang, "Approved: %(name)s, by %(by)s.", name=name, by=by.strip()))
    return 0


def _dataset(catalog: Catalog, report: Report, name: str, datasets: Path) -> Dataset:
    """Return the dataset *name*. Raises ConfigurationError, with what may be meant instead."""
    for dataset in catalog.datasets:
        if dataset.name == name:
            return dataset
    if name in report.refused():
        raise ConfigurationError(
            f"数据集“{name}”的描述文件有误，无法审批；请运行 portal check {datasets}，按提示改正。",
            f'The descriptor of "{name}" has errors, so it cannot be approved; portal check {datasets} tells them.',
        )
    names = [dataset.name for dataset in catalog.datasets]
    close = get_close_matches(name, names, n=SUGGESTIONS_MAX) or names[:SUGGESTIONS_MAX]
    if not close:
        raise ConfigurationError(f"{datasets} 里没有数据集。", f"There is no dataset in {datasets}.")
    some = ", ".join(close)
    raise ConfigurationError(
        f"{datasets} 里没有数据集“{name}”；那里的 {len(names)} 个中有：{some}。",
        f'There is no dataset "{name}" in {datasets}; among the {len(names)} there: {some}.',
    )


def _screened(dataset: Dataset, limits: Limits, day: date) -> Report:
    with tempfile.TemporaryDirectory(prefix="portal-approve-") as folder:
        work_dir = Path(folder)
        understood = understand(dataset, work_dir, limits)
        return Report((*understood.findings, *screen(understood, limits, work_dir, today=day)))


def _show(dataset: Dataset, approved: str, lang: str) -> None:
    click.echo(translate(lang, "Dataset: %(title)s (%(name)s)", title=dataset.title.to(lang), name=dataset.name))
    click.echo(translate(lang, "Descriptor: %(file)s", file=dataset.descriptor_file))
    for path in reviewed_files(dataset):
        click.echo(translate(lang, "File: %(file)s", file=path))
    click.echo(translate(lang, "Content: %(content)s", content=approved))
