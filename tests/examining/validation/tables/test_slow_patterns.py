"""Patterns that would never end are stopped in seconds, with a finding that names them."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path
from typing import Any

from made_tables import MadeTable, understood

from portal.examining.validation.tables.by_frictionless import check_descriptor
from portal.examining.validation.tables.slow_patterns import is_too_slow, may_be_slow
from portal.examining.validation.tables.verdict import check_tables
from portal.findings.finding import Finding
from portal.findings.words import mend_of
from portal.model.limits import Limits

TEXT = "a" * 40 + "!"


def field(pattern: str, **more: Any) -> dict[str, Any]:
    """Return a field of texts with a pattern."""
    return {"name": "f", "type": "string", "constraints": {"pattern": pattern}, **more}


def check(folder: Path, text: str, *fields: dict[str, Any]) -> list[Finding]:
    """Check one table with the limits as they are."""
    data = understood(folder, {"t": MadeTable(text.encode(), {}, {"fields": list(fields)})})
    return list(check_tables(data, Limits()))


def test_a_pattern_without_end_is_refused_in_seconds_by_its_own_name(tmp_path: Path) -> None:
    """With the limits as they are; the finding names field and pattern and how to write it."""
    start = time.monotonic()
    found = check(tmp_path, f"f,n\n{TEXT},1\n", field("(a+)+$"), {"name": "n", "type": "string"})
    assert time.monotonic() - start < 30
    assert [(item.code, item.severity, item.field, item.value) for item in found] == [
        ("pattern-too-slow", "error", "f", "(a+)+$")
    ]
    assert "(a+)+" in mend_of(found[0]).en


def test_a_pattern_with_many_ways_that_ends_is_judged_as_before(tmp_path: Path) -> None:
    """What is tried and quick has only the errors of its cells."""
    found = check(tmp_path, "f,n\na.b.c,1\n?,2\n", field(r"(\w+\.)+\w+"), {"name": "n", "type": "string"})
    assert [(item.code, item.row) for item in found] == [("constraint-error", 3)]


def test_an_example_of_the_descriptor_cannot_hold_a_pattern_up(tmp_path: Path) -> None:
    """Frictionless matches the example while it reads the schema."""
    fields = {"fields": [field("(a+)+$", example=TEXT)]}
    data = understood(tmp_path, {"t": MadeTable(b"f\na\n", {}, fields)})
    assert [item.code for item in check_descriptor(data.dataset).findings] == ["pattern-too-slow"]


def test_usual_patterns_are_not_tried() -> None:
    """They leave few ways, so that no column is read once more for them."""
    usual = ["[0-9]{6}", r"^\d{4}-\d{2}$", "K[0-9]{8}", r"[A-Z0-9]{18}", "(男|女)", r"\w+", "^[^,;]+$", r"\d{1,3}\.\d+"]
    assert [pattern for pattern in usual if may_be_slow(pattern)] == []


def test_the_clock_is_put_back() -> None:
    """Neither the timer nor its handler stays behind, whether the time was over or not."""
    before = signal.getsignal(signal.SIGVTALRM)
    assert is_too_slow(re.compile("^(a+)+$"), [TEXT])
    assert not is_too_slow(re.compile("^(a+)+$"), ["a"])
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) == before
