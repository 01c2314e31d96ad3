"""What reading the files of one dataset gave: its tables, what could not be read, what is no table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.findings.finding import Finding
from portal.model.understood_table import UnderstoodTable


@dataclass(frozen=True)
class Understanding:
    """What was understood of one dataset. A table that could not be read is missing in *tables* and has a finding."""

    tables: Mapping[str, UnderstoodTable] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    demoted: frozenset[str] = frozenset()
    """Names of resources that looked like tables and are none: they are published as the files they are."""

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read."""
        return all(item.severity != "error" for item in self.findings)
