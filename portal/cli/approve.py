"""Approving a dataset for publishing."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from portal.cli.common import EXIT_REFUSED, HELP, datasets_option
from portal.i18n import terminal_language, translate
from portal.model.catalog import Catalog, Dataset
from portal.model.errors import ConfigurationError
from portal.model.findings import Report
from portal.model.limits import Limits
from portal.privacy.review import approve as write_approval
from portal.privacy.review import content_hash, reviewed_files
from portal.privacy.screening import screen
from portal.reading.catalog import load_catalog
from portal.reading.tables import understand
from portal.settings import load_settings
from portal.terminal import print_findings


@click.command(context_settings=HELP)
@click.argument("name")
@click.option("--by", required=True, help="Who approves it. 审批人。")
@click.option("--basis", required=True, help="On what ground, e.g. a document number. 依据，如文号。")
@datasets_option
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the approval, otherwise today. 审批日期，默认今天。",
)
def approve(name: str, by: str, basis: str, datasets: Path, today: datetime | None) -> int:
    """Approve dataset NAME as it is now. 批准数据集 NAME 以现有内容发布。"""
    lang = terminal_language()
    day = today.date() if today else date.today()
    if not by.strip() or not basis.strip():
        raise ConfigurationError("--by 和 --basis 不能为空。", "--by and --basis must not be empty.")
    settings = load_settings(datasets)
    catalog, report = load_catalog(settings)
    dataset = _dataset(catalog, name)
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


def _dataset(catalog: Catalog, name: str) -> Dataset:
    for dataset in catalog.datasets:
        if dataset.name == name:
            return dataset
    raise ConfigurationError(
        f"没有可用的数据集“{name}”；请先用 portal build 看它有什么问题。",
        f'There is no usable dataset "{name}"; portal build tells what is wrong.',
    )


def _screened(dataset: Dataset, limits: Limits, day: date) -> Report:
    with tempfile.TemporaryDirectory(prefix="portal-approve-") as folder:
        work_dir = Path(folder)
        understanding = understand(dataset, work_dir, limits)
        return Report((*understanding.findings, *screen(dataset, understanding, limits, work_dir, today=day)))


def _show(dataset: Dataset, approved: str, lang: str) -> None:
    click.echo(translate(lang, "Dataset: %(title)s (%(name)s)", title=dataset.title.to(lang), name=dataset.name))
    click.echo(translate(lang, "Descriptor: %(file)s", file=dataset.descriptor_file))
    for path in reviewed_files(dataset):
        click.echo(translate(lang, "File: %(file)s", file=path))
    click.echo(translate(lang, "Content: %(content)s", content=approved))
