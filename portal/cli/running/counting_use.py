"""What ``portal usage`` does: read access logs, add what they count to usage.ndjson, and tell what was not read."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from rich.console import Console

from portal.cli.arguments import EXIT_REFUSED
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.i18n import gettext_noop as _
from portal.i18n import number_text, terminal_language, translate, translate_many
from portal.model.errors import ConfigurationError, system_reason, unwritable
from portal.model.use import USE_KINDS
from portal.publishing.usage.access_logs import REASONS
from portal.publishing.usage.tally import LogResult, Tally, Times
from portal.publishing.usage.usage_file import FILE_NAME, Usage, dump_usage, merged, read_usage
from portal.publishing.usage.used_datasets import known_datasets
from portal.settings import load_settings

STDIN = Path("-")

_KIND_WORDS = {"views": _("Views of pages"), "downloads": _("Downloads"), "api": _("Calls of the API")}


def usage(logs: Sequence[Path], datasets: Path, keep_days: int, today: date | None) -> int:
    """Add what *logs* count to the file beside *datasets*; return the exit status. Nothing changes where one fails."""
    day = today or date.today()
    settings = load_settings(datasets)
    known = known_datasets(load_catalog(settings)[0].datasets, urlsplit(settings.portal.base_url).path)
    oldest = day - timedelta(days=keep_days - 1)
    target = datasets / FILE_NAME
    with _alone(target):
        before = _read_whole(target)
        tally = Tally(known, before.marks, today=day, oldest=oldest)
        results = [_counted(tally, path) for path in logs]
        after = before
        for result in results:
            after = merged(after, result.counts, [result.mark] if result.mark else [], oldest=oldest)
        _write(target, after)
    _tell(results, target, keep_days)
    return EXIT_REFUSED if any(result.unread for result in results) else 0


def _counted(tally: Tally, path: Path) -> LogResult:
    try:
        if path == STDIN:
            return tally.read(sys.stdin.buffer)
        with path.open("rb") as file:
            return tally.read(file)
    except OSError as error:
        reason = system_reason(error)
        raise ConfigurationError(
            f"{path} 读不了：{reason.zh}。没有统计任何日志。",
            f"{path} cannot be read: {reason.en}. No log was counted.",
        ) from error


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Hold the counts for this run: of two that add to them at once, one would be lost."""
    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise ConfigurationError(
            f"另一个 portal usage 正在写入 {target}，请等它结束后再试。",
            f"Another portal usage is writing {target}; try again when it has ended.",
        ) from error
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        yield
    finally:
        lock.release()


def _read_whole(target: Path) -> Usage:
    """Return the counts so far. Raises ConfigurationError for broken lines, which would be lost in writing."""
    before = read_usage(target)
    if before.broken_lines:
        raise ConfigurationError(
            f"{target} 中有 {before.broken_lines} 行无法读取。请从备份恢复，或删去这些行再运行。",
            f"{before.broken_lines} lines of {target} cannot be read. Restore it, or take them out, then run again.",
        )
    return before


def _write(target: Path, after: Usage) -> None:
    draft = target.with_name(f".{target.name}.draft")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(dump_usage(after))
        draft.replace(target)
    except OSError as error:
        raise unwritable(target, error) from error


def _tell(results: Sequence[LogResult], target: Path, keep_days: int) -> None:
    lang, console = terminal_language(), Console(highlight=False)
    for sentence in (*_summary(results, lang), *_unread(results, lang)):
        console.print(sentence, markup=False, soft_wrap=True)
    told = translate(
        lang, "Written: %(path)s. Counts of %(days)s days are kept, and no addresses.", path=target, days=keep_days
    )
    console.print(told, markup=False, soft_wrap=True)


def _summary(results: Sequence[LogResult], lang: str) -> Iterable[str]:
    lines = translate_many(lang, "%(num)s line", "%(num)s lines", sum(item.lines for item in results))
    logs = translate_many(lang, "%(num)s log", "%(num)s logs", len(results))
    yield translate(lang, "Read: %(lines)s in %(logs)s.", lines=lines, logs=logs)
    for message, number in (
        (_("Counted at an earlier time: %(lines)s."), sum(item.known_lines for item in results)),
        (_("Of days that are kept no more: %(lines)s."), sum(item.old_lines for item in results)),
    ):
        if number:
            yield translate(lang, message, lines=translate_many(lang, "%(num)s line", "%(num)s lines", number))
    sums = dict.fromkeys(USE_KINDS, Times())
    for result in results:
        for (_day, _name, kind), times in result.counts.items():
            sums[kind] += times
    for kind, times in sums.items():
        yield translate(
            lang,
            "%(kind)s: %(people)s by people and their programs, %(robots)s by robots.",
            kind=translate(lang, _KIND_WORDS[kind]),
            people=number_text(lang, times.people),
            robots=number_text(lang, times.robots),
        )


def _unread(results: Iterable[LogResult], lang: str) -> Iterable[str]:
    unread: Counter[str] = Counter()
    for result in results:
        unread += result.unread
    for reason in sorted(unread):
        lines = translate_many(lang, "%(num)s line", "%(num)s lines", unread[reason])
        yield translate(lang, "Not read: %(lines)s (%(reason)s).", lines=lines, reason=REASONS[reason].to(lang))
