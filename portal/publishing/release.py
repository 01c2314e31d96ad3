"""Releases: immutable folders, the link ``current``, the lock of a build, rollback, removal of old ones.

Releases stand below ``releases/``, and the link is swapped from one to the next. A release is written under a name that
nobody serves and gets its own name when it is complete; then the link moves in one step. So at every moment, whatever
is killed, ``current`` names a whole release or does not exist yet.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from portal.findings.finding import Report
from portal.model.errors import PortalError, ReleaseError, machine_refusal
from portal.publishing.publication import PublishedDataset

KEPT = 3
CURRENT = "current"

_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}(-\d+)?")
_UNFINISHED = ".unfinished-"
_WORK = ".work"


@dataclass(frozen=True)
class Release:
    """What a build came to: the last stage. *folder* is None where nothing was released, since something was refused.

    *published* are the datasets in it, and *report* is all that was found.
    """

    folder: Path | None
    published: tuple[PublishedDataset, ...]
    report: Report
    is_unchanged: bool = False
    """Whether nothing had changed since it was made, so that it stayed as it was."""

    @property
    def refused(self) -> tuple[str, ...]:
        """Names or folders of the datasets that were left out."""
        return tuple(sorted(self.report.refused()))


@contextlib.contextmanager
def exclusive(out: Path) -> Iterator[None]:
    """Hold the folder of releases for one build. The lock dies with its process.

    Raises ReleaseError where the folder cannot be written, or another build holds it.
    """
    try:
        (out / "releases").mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / ".lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise ReleaseError(
            f"另一个构建正在使用 {out}，请等它结束后再试。",
            f"Another build is using {out}; try again when it has ended.",
        ) from error
    except OSError as error:
        raise ReleaseError(
            f"无法写入 {out}：{error.strerror}。请检查权限或换一个 --out 文件夹。",
            f"{out} cannot be written: {error.strerror}. Check its permissions or choose another --out.",
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def writing_below(out: Path) -> Iterator[None]:
    """Turn what the machine refuses while a release is written into one clear sentence, a ReleaseError.

    Also where a library tells it in an exception of its own.
    """
    try:
        yield
    except PortalError:
        raise
    except Exception as error:
        refusal = error if isinstance(error, OSError) else machine_refusal(error)
        if refusal is None:
            raise
        reason = refusal.strerror or str(refusal)
        raise ReleaseError(
            f"写入 {out} 时失败：{reason}。已发布的版本没有改动。",
            f"Writing to {out} failed: {reason}. What was published is as it was.",
        ) from error


@contextlib.contextmanager
def working_folder(out: Path) -> Iterator[Path]:
    """Give an empty folder for what a build writes down on the way; it is removed when the block ends.

    Call it while holding `exclusive`: what a killed build left there is removed first.
    """
    folder = out / _WORK
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Draft:
    """A release that is being written into *folder*; nobody sees it before `finish`."""

    out: Path
    identifier: str
    folder: Path

    def finish(self) -> Path:
        """Give the release its name, make it current, remove the oldest ones; return its folder."""
        final = _unused(self.out / "releases", self.identifier)
        self.folder.rename(final)
        make_current(self.out, final.name)
        _remove_old(self.out)
        return final


@contextlib.contextmanager
def new_release(out: Path, identifier: str) -> Iterator[Draft]:
    """Give a draft to write a release into; one that is not finished when the block ends is removed.

    Call it while holding `exclusive`: what killed builds left behind is removed first.
    """
    for left in (out / "releases").glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = Draft(out, identifier, out / "releases" / f"{_UNFINISHED}{identifier}")
    draft.folder.mkdir(parents=True)
    try:
        yield draft
    finally:
        shutil.rmtree(draft.folder, ignore_errors=True)


def make_current(out: Path, identifier: str) -> None:
    """Point ``current`` at a release, in one step."""
    link = out / f".{CURRENT}-next"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / identifier, target_is_directory=True)
    link.replace(out / CURRENT)


def current_release(out: Path) -> Path | None:
    """Return the folder of the release that is current, None where there is none."""
    link = out / CURRENT
    return link.resolve() if link.is_symlink() and link.is_dir() else None


def releases(out: Path) -> list[Path]:
    """Return all complete releases, the oldest first."""
    folder = out / "releases"
    if not folder.is_dir():
        return []
    return sorted(item for item in folder.iterdir() if item.is_dir() and _ID.fullmatch(item.name))


def rollback(out: Path, identifier: str | None = None) -> Path:
    """Make an earlier release current: the one named, else the one before the current one; return it.

    Raises ReleaseError where there is none.
    """
    with exclusive(out):
        present = releases(out)
        current = current_release(out)
        if identifier is None:
            earlier = [item for item in present if current is None or item.name < current.name]
            chosen = earlier[-1] if earlier else None
        else:
            chosen = next((item for item in present if item.name == identifier), None)
        if chosen is None:
            names = ", ".join(item.name for item in present) or "–"
            wanted = identifier or "…"
            raise ReleaseError(
                f"{out} 中没有可以退回的版本（{wanted}）。现有：{names}",
                f"{out} holds no release to go back to ({wanted}). Present: {names}",
            )
        make_current(out, chosen.name)
        return chosen


def reuse_unchanged(
    release_dir: Path, files: Iterable[tuple[str, str]], former_dir: Path, former_files: Iterable[tuple[str, str]]
) -> int:
    """Replace files that a former release holds with the same content by hard links to them; return how many.

    *files* and *former_files* are paths with SHA-256, both in the order of paths, so that neither list is held. All of
    *files* are taken. Where the file system has no hard links the files stay as they are.
    """
    count = 0
    former = iter(former_files)
    former_path, former_digest = next(former, ("", ""))
    for path, digest in files:
        while former_path and former_path < path:
            former_path, former_digest = next(former, ("", ""))
        if (former_path, former_digest) != (path, digest):
            continue
        target = release_dir / path
        spare = target.with_name(f".link-{target.name}"[:200])
        try:
            os.link(former_dir / path, spare)
            spare.replace(target)
        except OSError:
            spare.unlink(missing_ok=True)
            continue
        count += 1
    return count


def _unused(releases_dir: Path, identifier: str) -> Path:
    """Return where the release goes; a second build of the same inputs in the same second gets a number."""
    final = releases_dir / identifier
    number = 2
    while final.exists():
        final = releases_dir / f"{identifier}-{number}"
        number += 1
    return final


def _remove_old(out: Path) -> None:
    """Keep the last releases and the current one."""
    current = current_release(out)
    for folder in releases(out)[:-KEPT]:
        if folder != current:
            shutil.rmtree(folder, ignore_errors=True)
