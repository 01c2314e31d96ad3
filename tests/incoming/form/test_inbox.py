"""The folder that files are put into."""

from __future__ import annotations

from pathlib import Path

from clerk import TODAY

from portal.incoming.form.inbox import put_away, waiting


def test_only_what_was_handed_in_waits(tmp_path: Path) -> None:
    """Lock files, hidden files and folders are passed over; what is done is moved, never over another."""
    for name in ("b.xlsx", "a.csv", "~$b.xlsx", ".~lock.b.xlsx#", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "回执").mkdir()
    assert [path.name for path in waiting(tmp_path)] == ["a.csv", "b.xlsx"]
    put_away(tmp_path / "a.csv", TODAY)
    (tmp_path / "a.csv").write_bytes(b"y")
    assert put_away(tmp_path / "a.csv", TODAY).name == "a 2026-06-01 (2).csv"
