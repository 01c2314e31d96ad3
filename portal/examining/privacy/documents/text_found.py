"""Why a document could not be read (scan, password, broken, too large), and the passages of text found.

What reading a file for its text gives.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.findings.details import Detail
from portal.model.text import LocalText


@dataclass(frozen=True)
class Passage:
    """A piece of running text: *place* says where in the file it stands ("" for the file itself), *row* its line.

    *is_beside*: it is no content of the member *place*, but its name, or a comment on it.
    """

    text: str
    place: str = ""
    row: int | None = None
    is_beside: bool = False


@dataclass(frozen=True)
class NotRead:
    """What could not be read, and why; *is_part* where the rest was."""

    reason: Detail
    is_part: bool = False


SCANNED = LocalText("没有文字，多半是扫描件", "it holds no text, most likely it is a scan")
ENCRYPTED = LocalText("文件有密码", "it is protected by a password")
NO_READER = LocalText("这种格式的文字读不出来", "text in this format cannot be read")
MISNAMED = LocalText("内容不是其扩展名所说的格式", "its content is not of the format that its name says")
BROKEN = LocalText("文件损坏，或不是其扩展名所说的格式", "it is broken, or not what its name says")
TOO_MUCH = LocalText("内容太多，只检查了前面一部分", "it holds too much; only the first part was checked")
