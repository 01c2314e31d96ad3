"""Access logs read line by line: the portal's own (JSON) and nginx's combined, plain or gzipped, within bounds.

What a log holds comes from strangers. A line is read up to a limit and never quoted; one that cannot be read is a
reason (`REASONS`), so that it is counted and told. Memory does not grow with a log.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import IO, Any, cast
from urllib.parse import unquote

from portal.model.text import LocalText

LINE_BYTES_MAX = 64 * 1024
"""A longer line of an access log is not read. nginx and the portal refuse requests that would make one."""
BEIJING = timezone(timedelta(hours=8))
"""Days are those of Beijing, whatever clock a log goes by: two logs of one evening count for one day."""

REASONS = {
    "too-long": LocalText("行太长", "longer than a line may be"),
    "not-json": LocalText("不是完整的 JSON 对象", "no whole JSON object"),
    "not-a-log": LocalText("不是访问日志的格式", "not in a form of access logs"),
    "field-missing": LocalText("缺少字段，或字段类型不对", "a field is missing or of the wrong type"),
    "time": LocalText("时间看不懂", "its time cannot be understood"),
    "future": LocalText("时间在将来", "its time is in the future"),
    "unfinished": LocalText("最后一行没有写完，留待下次", "the last line is not finished and waits for the next time"),
    "damaged": LocalText("压缩文件损坏，后面的内容读不出", "the compressed file is damaged, and its rest not read"),
}
"""Why a line was not counted, though it should have been."""

_QUOTED = r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
_COMBINED = re.compile(rf"(\S++) \S++ [^\[]*+\[([^\]]*+)\] {_QUOTED} (\d{{3}}) (?:\d++|-) {_QUOTED} {_QUOTED}")
_REQUEST = re.compile(r"([A-Z]++) (\S++)(?: HTTP/[\d.]++)?")
_GZIP = b"\x1f\x8b"
_ENDING = ("unfinished", "damaged")
"""Nothing of a log is read behind these."""


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request as a log tells of it. *path* is unquoted, *query* is not; *address* is only ever held in memory."""

    day: date
    address: str
    method: str
    path: str
    query: str
    status: int
    agent: str
    referer: str


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one line: a request, or the reason why it is none."""

    request: LoggedRequest | None
    reason: str = ""


class LogReader:
    """Reads one log; *bytes* and *digest* are of all whole lines so far, as they were before any compression."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = _unpacked(file)
        self._hash = hashlib.sha256()
        self.bytes = 0

    @property
    def digest(self) -> str:
        """The SHA-256 of what was read so far."""
        return self._hash.hexdigest()

    def lines(self) -> Iterator[Line]:
        """Yield every line once it was added to *bytes* and *digest*; one without an end is in neither."""
        while True:
            try:
                line = self._next()
            except (EOFError, gzip.BadGzipFile, zlib.error):
                line = Line(None, "damaged")
            if line is None:
                return
            yield line
            if line.reason in _ENDING:
                return

    def _next(self) -> Line | None:
        """Return the next line; of one that is too long a piece at a time is held. None where there is none."""
        digest, size = self._hash.copy(), 0
        raw = piece = self._file.readline(LINE_BYTES_MAX)
        while piece:
            digest.update(piece)
            size += len(piece)
            if piece.endswith(b"\n"):
                self._hash, self.bytes = digest, self.bytes + size
                return read_line(raw) if size <= LINE_BYTES_MAX else Line(None, "too-long")
            piece = self._file.readline(LINE_BYTES_MAX)
        return Line(None, "unfinished") if size else None


def read_line(raw: bytes) -> Line:
    """Read one line of either form.

    >>> line = read_line(b'10.1.2.3 - - [30/Nov/2026:23:10:11 +0000] "GET /data/x/ HTTP/1.1" 200 5 "-" "curl/8"')
    >>> (line.request.day.isoformat(), line.request.path, line.request.agent) if line.request else line.reason
    ('2026-12-01', '/data/x/', 'curl/8')
    >>> read_line(b'{"time": 5}').reason, read_line(b"hello").reason
    ('field-missing', 'not-a-log')
    """
    text = raw.decode("utf-8", "replace").strip()
    if not text:
        return Line(None)
    return _from_json(text) if text.startswith("{") else _from_combined(text)


def _from_json(text: str) -> Line:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return Line(None, "not-json")
    wanted = [record.get(name) for name in ("time", "addr", "method", "path", "status")]
    time, address, method, target, status = wanted
    if not all(isinstance(item, str) for item in (time, address, method, target)) or type(status) is not int:
        return Line(None, "field-missing")
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return Line(None, "time")
    return _line(moment, address, method, target, status, _word(record.get("agent")), _word(record.get("referer")))


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _from_combined(text: str) -> Line:
    found = _COMBINED.match(text)
    if found is None:
        return Line(None, "not-a-log")
    address, time, request, status, referer, agent = found.groups()
    try:
        moment = datetime.strptime(time, "%d/%b/%Y:%H:%M:%S %z")
    except ValueError:
        return Line(None, "time")
    # A request that is none, of a port scan for instance, was answered with an error and is nobody's view.
    asked = _REQUEST.fullmatch(request)
    method, target = asked.groups() if asked else ("", "")
    return _line(moment, address, method, target, int(status), agent, referer)


def _line(moment: datetime, address: str, method: str, target: str, status: int, agent: str, referer: str) -> Line:
    try:
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        day = zoned.astimezone(BEIJING).date()
    except (OverflowError, ValueError):
        return Line(None, "time")
    path, _, query = target_path(target).partition("?")
    return Line(LoggedRequest(day, address, method, unquote(path), query, status, agent, referer))


def target_path(target: str) -> str:
    """Return path and query of a request's target or of a Referer, without scheme and host.

    >>> target_path("https://data.example.cn/datasets/x/?a=1"), target_path("/datasets/x/")
    ('/datasets/x/?a=1', '/datasets/x/')
    """
    scheme, mark, rest = target.partition("://")
    return f"/{rest.partition('/')[2]}" if mark and scheme.lower() in ("http", "https") else target


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    """Return what a gzipped log holds, told by its first bytes; any other as it is."""
    buffered: Any = file
    is_packed = buffered.peek(2)[:2] == _GZIP
    unpacked: Any = gzip.GzipFile(fileobj=buffered) if is_packed else buffered
    return cast(IO[bytes], unpacked)
