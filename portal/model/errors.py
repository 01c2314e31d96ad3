"""Exceptions (PortalError) for wrong arguments, settings and machines: one sentence; bad data are findings."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.model.text import LocalText


class PortalError(Exception):
    """A call that cannot be carried out; *message* is one sentence for the person who made it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = LocalText(zh, en)


class ConfigurationError(PortalError):
    """catalog.yaml, publishers.yaml, themes.yaml or an argument cannot be used."""


class ReleaseError(PortalError):
    """A release cannot be written, found or read."""


class QueryError(PortalError):
    """A search asks for something that does not exist; *parameter* is the argument at fault."""

    status = 400
    """What HTTP says of it."""

    def __init__(self, parameter: str, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.parameter = parameter


class QueryTooLongError(QueryError):
    """A question that took longer than is allowed."""

    status = 408


_SYSTEM_REASONS = {
    errno.ENOENT: LocalText("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EACCES: LocalText("没有权限", "permission denied"),
    errno.EPERM: LocalText("没有权限", "permission denied"),
    errno.EISDIR: LocalText("它是文件夹，不是文件", "it is a folder"),
    errno.ENOTDIR: LocalText("上级不是文件夹", "what stands above it is no folder"),
    errno.ENOSPC: LocalText("磁盘已满", "the disk is full"),
    errno.EDQUOT: LocalText("超出磁盘配额", "the disk quota is used up"),
    errno.EROFS: LocalText("磁盘只读", "the disk cannot be written to"),
    errno.ENAMETOOLONG: LocalText("名称太长", "the name is too long"),
    errno.ELOOP: LocalText("链接绕成了圈", "its links run in a circle"),
}


def system_reason(error: OSError) -> LocalText:
    """Return why the operating system refused, in both languages for what people meet.

    >>> system_reason(PermissionError(errno.EACCES, "Permission denied")).zh
    '没有权限'
    """
    known = _SYSTEM_REASONS.get(error.errno or 0)
    said = error.strerror or type(error).__name__
    return known or LocalText(f"系统提示 {said}", said)


_MACHINE_ERRORS = {
    code: os.strerror(code)
    for code in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EFBIG, errno.EIO)
}
"""What the machine refuses whatever the data are, with the words in which libraries repeat it."""
_DATABASE_IS_FULL = "database or disk is full"
_QUOTED = re.compile(r"""'[^']*'|"[^"]*"|“[^”]*”""")
"""What an error quotes of names and data; a file may well be called ``No space left on device.parquet``."""


def machine_refusal(error: BaseException) -> OSError | None:
    """Return what the machine refused where that is behind *error*, also inside a library's own exception.

    Such an error says nothing of the data: whoever meets it ends the whole work, and what was published stays.

    >>> full = OSError(errno.ENOSPC, "No space left on device")
    >>> machine_refusal(RuntimeError(full)) is full, machine_refusal(ValueError("no space"))
    (True, None)
    >>> machine_refusal(ValueError("no magic bytes in 'No space left on device.parquet'")) is None
    True
    >>> machine_refusal(RuntimeError("IO Error: Could not write: No space left on device")).errno == errno.ENOSPC
    True
    """
    behind = list(_behind(error))
    for one in behind:
        if isinstance(one, OSError) and one.errno in _MACHINE_ERRORS:
            return one
    for one in behind:
        text = _QUOTED.sub("", str(one))
        for code, words in _MACHINE_ERRORS.items():
            if words in text or (code == errno.ENOSPC and _DATABASE_IS_FULL in text):
                return OSError(code, words)
    return None


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and all that it came of, or holds, each once."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, *one.args]


def raise_refusal(error: BaseException) -> None:
    """Raise the OSError that is behind *error*, where it was the machine that refused; else do nothing.

    For whoever catches what a library may raise and makes a finding on the data of it.
    """
    refusal = machine_refusal(error)
    if refusal:
        raise refusal from error


def unraisable(told: Any) -> None:
    """Pass over what a library says when it is cleaned up after a refusal of the machine; for ``sys.unraisablehook``.

    The refusal itself was raised, and is told in one sentence; an open file that fails once more is no news.
    """
    if told.exc_value is None or machine_refusal(told.exc_value) is None:
        sys.__unraisablehook__(told)


def unwritable(path: Path, error: OSError) -> ConfigurationError:
    """Return what to raise where *path* cannot be written.

    >>> unwritable(Path("a.xlsx"), PermissionError(errno.EACCES, "Permission denied")).message.en
    'a.xlsx cannot be written: permission denied.'
    """
    reason = system_reason(error)
    return ConfigurationError(f"无法写入 {path}：{reason.zh}。", f"{path} cannot be written: {reason.en}.")
