"""``look:`` of catalog.yaml: main colour, logo, picture and extra styles, each checked before it is used.

What cannot be used is told and left out: the portal then looks as usual.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.findings.finding import Finding, found
from portal.model.look import TEXT_CONTRAST_MIN, Look, LookFile, contrast
from portal.model.text import LocalText, enumerated_texts

LOOK_FILE_BYTES_MAX = 1024 * 1024
"""A larger file of the portal's look is not used: every visitor would load it."""
LOOK_ENDINGS = {"logo": (".svg", ".png", ".webp"), "picture": (".jpg", ".jpeg", ".png", ".webp"), "styles": (".css",)}
"""Kinds of files by their endings."""
_LOOK_KEYS = ("colour", *LOOK_ENDINGS)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def read_look(value: object, folder: Path) -> tuple[Look, tuple[Finding, ...]]:
    """Return the look that is stated, and what of it cannot be used; files lie in *folder*, that of datasets."""
    if value is None:
        return Look(), ()
    if not isinstance(value, Mapping):
        return Look(), (_unusable("look", LocalText("应写成键值对", "it is a mapping")),)
    findings = [
        found("key-unknown", file="catalog.yaml", field=f"look.{key}") for key in value if key not in _LOOK_KEYS
    ]
    files: dict[str, LookFile] = {}
    for key in LOOK_ENDINGS:
        if value.get(key):
            text = str(value[key])
            fault = _fault_of_file(key, text, folder)
            if fault:
                findings.append(_unusable(f"look.{key}", fault))
            else:
                files[key] = LookFile(text, hashlib.sha256((folder / text).read_bytes()).hexdigest())
    colour = str(value.get("colour") or "")
    faults = list(_faults_of_colour(colour)) if colour else []
    findings += [_unusable("look.colour", fault) for fault in faults]
    accent = "" if faults else colour.lower()
    return Look(accent, files.get("logo"), files.get("picture"), files.get("styles")), tuple(findings)


def _unusable(field: str, reason: LocalText) -> Finding:
    return found("look-unusable", file="catalog.yaml", field=field, reason=reason)


def _faults_of_colour(colour: str) -> Iterator[LocalText]:
    if not _COLOUR.fullmatch(colour):
        yield LocalText(
            "颜色应写成 “#0f4c81” 这样的六位十六进制数", 'a colour is written like "#0f4c81", with quotation marks'
        )
        return
    ratio = contrast(colour, "#ffffff")
    if ratio < TEXT_CONTRAST_MIN:
        yield LocalText(
            f"白色文字与它的对比度只有 {ratio:.1f}:1，至少要 {TEXT_CONTRAST_MIN}:1，请选深一些的颜色",
            f"white text has a contrast of {ratio:.1f}:1 with it, and needs {TEXT_CONTRAST_MIN}:1; choose a darker one",
        )


def _fault_of_file(key: str, text: str, folder: Path) -> LocalText | None:
    endings = LOOK_ENDINGS[key]
    path = folder / text
    if Path(text).is_absolute() or ".." in Path(text).parts or "\\" in text:
        return LocalText(
            "文件应在数据集文件夹里，写相对路径", "the file lies in the folder of datasets; write its path there"
        )
    if path.suffix.lower() not in endings:
        listed = enumerated_texts(endings)
        return LocalText(f"文件应是 {listed.zh}", f"the file is one of {listed.en}")
    try:
        is_inside = path.resolve(strict=True).is_relative_to(folder.resolve()) and path.is_file()
        size = path.stat().st_size
    except OSError:
        return LocalText("找不到文件", "there is no such file")
    if not is_inside:
        return LocalText("文件应在数据集文件夹里", "the file lies in the folder of datasets")
    if size > LOOK_FILE_BYTES_MAX:
        return LocalText("文件超过 1 MB", "the file has more than 1 MB")
    return None
