"""Settings of an import of forms, and what became of a file: created, updated, unchanged or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from portal.examining.examined_dataset import Rules
from portal.examining.reading.descriptors.publishers_and_themes import load_publishers, load_themes
from portal.findings.finding import Finding
from portal.incoming.form.choices import Choices
from portal.settings import Settings

State = Literal["created", "updated", "unchanged", "refused"]


@dataclass(frozen=True)
class Intake:
    """What an import goes by. *folders* are those of the datasets that are there, by name.

    *rules* are what a file is examined by, and *today* the day that stands on receipts and that rules go by.
    *receipts* is the folder for receipts; None puts each beside its file.
    """

    settings: Settings
    choices: Choices
    rules: Rules
    today: date
    is_update: bool = False
    receipts: Path | None = None
    folders: Mapping[str, str] = field(default_factory=dict)
    lang: str = "zh"


@dataclass(frozen=True)
class Brought:
    """What became of one file."""

    source: Path
    state: State
    findings: tuple[Finding, ...]
    dataset: str = ""
    folder: Path | None = None
    receipt: Path | None = None
    cleaned: Path | None = None


def choices_of(settings: Settings) -> Choices:
    """Return what may be chosen in the portal of *settings*."""
    publishers, _ = load_publishers(settings)
    themes, _ = load_themes(settings)
    return Choices(publishers, themes, settings.licence)
