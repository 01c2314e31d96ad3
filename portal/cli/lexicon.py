"""``portal lexicon``: check the words that the search knows beside those of the catalogue; arguments and help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from portal.cli.arguments import HELP, PathName


@click.group("lexicon", context_settings=HELP, short_help="The lexicon of the search. 检索词表。")
def lexicon() -> None:
    """Words that citizens use beside those of the catalogue. 检索词表：市民的说法和目录的用词。"""


@lexicon.command("check", context_settings=HELP, short_help="Check the lexicon. 检查词表。")
@click.argument("datasets", metavar="[DATASETS]", type=PathName(), default=Path("datasets"))
@click.option("--all", "is_all", is_flag=True, help="List every finding. 逐条列出。")
def check_words(**arguments: Any) -> int:
    """Check the lexicon of the search against DATASETS. 检查检索词表，并与数据目录对照。

    It is the lexicon that comes with the portal, and lexicon.yaml or lexicon-*.yaml beside catalog.yaml.
    随软件提供的词表，以及 catalog.yaml 旁边的 lexicon.yaml、lexicon-*.yaml。

    The status is 1 where something in it cannot be used. 词表有错时，退出状态为 1。
    """
    from portal.cli.running.checking_lexicon import check_words as run

    return run(**arguments)
