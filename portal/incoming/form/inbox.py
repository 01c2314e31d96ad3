"""The inbox (收件箱) of forms: which files wait in it; accepted ones go to 已处理, receipts to 回执.

It is a folder that files are put into.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

RECEIPTS_FOLDER, DONE_FOLDER = "回执", "已处理"


def waiting(inbox: Path) -> list[Path]:
    """Return the files that wait in *inbox*, by name; folders, hidden files and lock files of open workbooks do not."""
    return sorted(path for path in inbox.iterdir() if not path.is_dir() and _is_handed_in(path.name))


def _is_handed_in(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.lower() not in ("thumbs.db", "desktop.ini")


def put_away(source: Path, day: date) -> Path:
    """Move an accepted file into the folder of what is done; one of the same name there is kept beside it."""
    folder = source.parent / DONE_FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / source.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{source.stem} {day.isoformat()} ({number}){source.suffix}"
    return source.rename(target)
