"""links.ndjson: which links to other sites answered, with status and day; read and written.

`portal links` writes it, a build reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from portal.findings.finding import Finding, found
from portal.model.text import LocalText
from portal.publishing.formats.dcat.vocabulary import address

FILE_NAME = "links.ndjson"
URL_CHARACTERS_MAX = 2_000
"""A longer address is not visited."""
LINES_MAX = 500_000
"""Lines of ``links.ndjson`` that are read."""
LINE_BYTES_MAX = 10_000
"""A longer line of ``links.ndjson`` is broken."""

REASONS = {
    "status": LocalText("状态码 {status}", "status {status}"),
    "name-unknown": LocalText("找不到主机", "its host is not known"),
    "no-connection": LocalText("无法连接", "no connection"),
    "timeout": LocalText("超时", "it took too long"),
    "certificate": LocalText("证书无效", "its certificate is not valid"),
    "redirects": LocalText("重定向过多", "too many redirects"),
    "protocol": LocalText("应答不合规范", "what came back is no proper answer"),
    "address-invalid": LocalText("地址写法有误", "it is no proper address"),
    "no-network": LocalText("查不了域名，可能没有接入互联网", "names cannot be looked up; there may be no network"),
    "robots": LocalText("该网站的 robots.txt 不允许访问", "robots.txt of the site forbids visits"),
    "busy": LocalText("该网站要求稍后再试", "the site asked to come later"),
    "private": LocalText("内部网络地址", "an address of an internal network"),
    "not-web": LocalText("不是 http 或 https 地址", "it is not of the web"),
}
"""Why a link does not answer, or was not visited."""


@dataclass(frozen=True)
class LinkAnswer:
    """What came of one link. *answers* is None where it was not visited; *reason* is of `REASONS`, "" where it answers.

    *status* is the last status code of HTTP, None without one.
    """

    url: str
    checked: date
    answers: bool | None
    status: int | None = None
    reason: str = ""

    def why(self) -> LocalText:
        """Return the reason in words."""
        text = REASONS.get(self.reason, LocalText(self.reason, self.reason))
        return LocalText(text.zh.format(status=self.status), text.en.format(status=self.status))


@dataclass(frozen=True)
class LinkAnswers:
    """All answers, by `link_key`; *broken_lines* of the file could not be read."""

    by_url: Mapping[str, LinkAnswer] = field(default_factory=dict)
    broken_lines: int = 0

    def answers(self, url: str, today: date, days_max: int) -> bool | None:
        """Return whether an address answers; None where that is not known, or only from long ago."""
        answer = self.by_url.get(link_key(url))
        if answer is None or (today - answer.checked).days > days_max:
            return None
        return answer.answers


def link_key(url: str) -> str:
    """Return an address as answers are kept by it: ASCII, without the place within the page; "" for none of the web.

    >>> link_key("https://example.com/数据#第二章"), link_key("mailto:a@example.com")
    ('https://example.com/%E6%95%B0%E6%8D%AE', '')
    """
    return address(url).partition("#")[0] if url and len(url) <= URL_CHARACTERS_MAX else ""


def read_answers(path: Path) -> LinkAnswers:
    """Read the answers in *path*, none where there is no such file; of two for one address the later line counts."""
    by_url: dict[str, LinkAnswer] = {}
    broken = 0
    for record in read_lines(path):
        answer = _answer(record)
        if answer is None:
            broken += 1
        else:
            by_url[answer.url] = answer
    return LinkAnswers(by_url, broken)


def read_lines(path: Path) -> Iterator[Any]:
    """Yield what each line of a file of NDJSON holds, None for one that cannot be read; nothing without the file."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for _ in range(LINES_MAX):
            line = file.readline(LINE_BYTES_MAX)
            if not line:
                return
            if not line.strip():
                continue
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def dump_answers(answers: Iterable[LinkAnswer]) -> str:
    """Write answers as NDJSON, in the order of addresses."""
    ordered = sorted(answers, key=lambda item: item.url)
    records = ({**asdict(item), "checked": item.checked.isoformat()} for item in ordered)
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def broken_lines(number: int, file: str) -> Iterator[Finding]:
    """Tell how many lines of a file could not be read."""
    if number:
        yield found("line-not-read", file=file, number=number)


def _answer(record: Any) -> LinkAnswer | None:
    """Return what a line says, None where it is not of the right shape."""
    if not isinstance(record, dict):
        return None
    url, answers, status, reason = (record.get(name) for name in ("url", "answers", "status", "reason"))
    if not (isinstance(url, str) and isinstance(reason, str)):
        return None
    if not (answers is None or isinstance(answers, bool)) or not (status is None or type(status) is int):
        return None
    try:
        checked = date.fromisoformat(record["checked"])
    except (KeyError, TypeError, ValueError):
        return None
    return LinkAnswer(url, checked, answers, status, reason)
