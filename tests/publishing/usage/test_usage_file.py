"""usage.ndjson is read as it was written; what is broken in it is told, and old days go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from portal.model.use import USE_KINDS
from portal.publishing.usage.tally import LogMark, Times
from portal.publishing.usage.usage_file import Usage, dump_usage, merged, read_usage

NUMBERS = st.integers(0, 10**12)
DAYS = st.dates(date(2000, 1, 1))
USAGES = st.builds(
    Usage,
    st.dictionaries(
        st.tuples(DAYS, st.text("ab-水", max_size=5), st.sampled_from(USE_KINDS)), st.builds(Times, NUMBERS, NUMBERS)
    ),
    st.lists(st.builds(LogMark, NUMBERS, st.text("0f"), DAYS), unique=True).map(tuple),
    is_kept=st.just(True),
)


@given(USAGES)
def test_what_was_written_is_read_back(tmp_path_factory: object, usage: Usage) -> None:
    """Counts and marks, in whatever order they were."""
    path = tmp_path_factory.mktemp("usage") / "usage.ndjson"  # type: ignore[attr-defined]
    path.write_text("".join(dump_usage(usage)), encoding="utf-8")
    assert read_usage(path) == usage


def test_broken_lines_are_counted(tmp_path: Path) -> None:
    """Of any kind; the others hold."""
    good = '{"date": "2026-05-31", "dataset": "stops", "kind": "views", "people": 3, "robots": 1}'
    bad = [
        "{",
        "[]",
        "5",
        "null",
        good.replace("views", "likes"),
        good.replace("3", "-3"),
        good.replace("3,", "true,"),
        good.replace("2026-05-31", "yesterday"),
        good.replace('"stops"', "[]"),
        '{"sha256": "x"}',
        "[" * 1500,
    ]
    path = tmp_path / "usage.ndjson"
    path.write_text("\n".join([*bad, good, ""]), encoding="utf-8")
    assert read_usage(path) == Usage({(date(2026, 5, 31), "stops", "views"): Times(3, 1)}, (), len(bad), is_kept=True)


def test_without_a_file_nothing_was_counted(tmp_path: Path) -> None:
    """That is no fault."""
    assert read_usage(tmp_path / "usage.ndjson") == Usage()


def test_old_days_and_old_logs_go() -> None:
    """A log is remembered as long as a line of it could count."""
    kept, gone = LogMark(5, "a", date(2026, 1, 1)), LogMark(9, "b", date(2025, 12, 30))
    usage = Usage({(date(2025, 12, 31), "stops", "views"): Times(1)}, (gone, kept))
    assert merged(usage, {}, [], oldest=date(2026, 1, 1)) == Usage({}, (kept,), is_kept=True)
