"""Why a document could not be read (scan, password, broken, too large), and the passages and tables found in it.

What reading a file for its text gives, and how much of it may be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.findings.details import Detail
from portal.model.text import LocalText

UNPACKED_BYTES_MAX = 256 * 1024**2
"""So much of what a file unpacks to is looked through, however deep its archives lie in each other."""
MEMBERS_MAX = 5_000
"""So many files and parts in a file are looked through."""


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
class InnerTable:
    """A table inside a file, at *place*: its rows with their numbers, made anew at every pass.

    *part* says which it is where the place holds several: a sheet, a list. Without *labels* one of the first rows is
    its header. *is_judged*: the cells are judged by their columns, so text of the same place that repeats them is not
    told again.
    """

    rows: Iterable[tuple[int, Sequence[str]]]
    place: str = ""
    labels: tuple[str, ...] = ()
    is_judged: bool = False
    part: str = ""

    @property
    def shown_place(self) -> str:
        """Where it is, for people."""
        return " ".join(item for item in (self.place, self.part) if item)


@dataclass(frozen=True)
class NotRead:
    """What could not be read, and why; *is_part* where the rest was, *place* names the part.

    *is_expected*: nobody expects text of it, it is a picture or the like.
    """

    reason: Detail
    is_part: bool = False
    place: str = ""
    is_expected: bool = False


Found = Passage | InnerTable | NotRead


@dataclass
class Budget:
    """How much may still be taken out of one file, by all of its readers together."""

    bytes_left: int = UNPACKED_BYTES_MAX
    members_left: int = MEMBERS_MAX

    def take(self, size_bytes: int) -> None:
        """Count one member of so many bytes."""
        self.bytes_left -= size_bytes
        self.members_left -= 1

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be read."""
        return self.bytes_left <= 0 or self.members_left <= 0


SCANNED = LocalText("没有文字，多半是扫描件", "it holds no text, most likely it is a scan")
ENCRYPTED = LocalText("文件有密码", "it is protected by a password")
NO_READER = LocalText("这种格式的文字读不出来", "text in this format cannot be read")
PICTURE = LocalText("图片和音像里的文字读不出来", "text in pictures and recordings cannot be read")
MISNAMED = LocalText("内容不是其扩展名所说的格式", "its content is not of the format that its name says")
BROKEN = LocalText("文件损坏，或不是其扩展名所说的格式", "it is broken, or not what its name says")
TOO_MUCH = LocalText("内容太多，只检查了前面一部分", "it holds too much; only the first part was checked")
TOO_SLOW = LocalText("检查它太费时，只检查了前面一部分", "it takes too long; only the first part was checked")
AND_MORE = LocalText("还有更多这样的部分", "there are more such parts")
TOO_DEEP = LocalText("压缩包套得太深，没有打开", "archives lie too deep in each other; it was not opened")
