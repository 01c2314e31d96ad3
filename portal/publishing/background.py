"""What a build reads besides the datasets: quality.yaml, lexicon, links, history, usage, released codes, templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portal.findings.finding import Finding
from portal.model.catalog import Edition
from portal.model.portal import Portal
from portal.publishing.changed_times import FormerChanges, former_changes
from portal.publishing.history import FILE_NAME as HISTORY_FILE
from portal.publishing.history import Point, read_history
from portal.publishing.quality.assessment import basis_of
from portal.publishing.quality.link_answers import broken_lines
from portal.publishing.quality.metadata_score import Basis
from portal.publishing.release import current_release
from portal.publishing.search.dataset_store import released_codes
from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.lexicon.lexicon_reading import read_lexicon
from portal.publishing.search.lexicon.lexicon_rules import check_groups
from portal.publishing.site.render import own_templates
from portal.publishing.usage.usage_file import FILE_NAME as USAGE_FILE
from portal.publishing.usage.usage_file import read_usage
from portal.publishing.usage.use_of_datasets import Counted, counted_until
from portal.settings import Settings


@dataclass(frozen=True)
class Background:
    """What a build goes by besides the datasets.

    *history* has the points of earlier builds, *codes* the resource code of each dataset that was released before;
    they never change. *changes* says when the records of the releases changed. *findings* are what is wrong in the
    files that all this was read from.
    """

    portal: Portal
    edition: Edition
    today: date
    basis: Basis
    history: tuple[Point, ...]
    codes: Mapping[str, str]
    changes: FormerChanges
    templates: Path | None
    datasets_dir: Path
    lexicon: tuple[Group, ...] = ()
    """The words that the search knows beside those of the catalogue: the portal's own and the operator's."""
    counted: Counted | None = None
    """How often datasets were used; None where nobody counts."""
    findings: tuple[Finding, ...] = ()

    @property
    def former_points(self) -> tuple[Point, ...]:
        """The points of other days and editions: that of this build takes the place of the others."""
        here = (self.today, self.edition)
        return tuple(point for point in self.history if (point.day, point.edition) != here)


def read_background(settings: Settings, out: Path, today: date) -> Background:
    """Read what a build into *out* for the day *today* goes by.

    Raises ConfigurationError where quality.yaml is not well formed.
    """
    basis, findings = basis_of(settings, today)
    history, history_broken = read_history(out)
    usage = read_usage(settings.datasets_dir / USAGE_FILE)
    former = current_release(out)
    lexicon = read_lexicon(settings.datasets_dir)
    return Background(
        portal=settings.portal,
        edition=settings.edition,
        today=today,
        basis=basis,
        history=history,
        codes=released_codes(former / "search" / "records.sqlite") if former else {},
        changes=former_changes(out),
        templates=own_templates(settings.templates_dir),
        datasets_dir=settings.datasets_dir,
        lexicon=lexicon.groups,
        counted=counted_until(usage, today),
        findings=(
            *findings,
            *lexicon.findings,
            *check_groups(lexicon.groups),
            *broken_lines(history_broken, HISTORY_FILE),
            *broken_lines(usage.broken_lines, USAGE_FILE),
        ),
    )
