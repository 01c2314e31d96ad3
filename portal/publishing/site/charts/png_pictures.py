"""PNG pictures of charts (Open Graph, downloads), rendered by resvg with a Chinese font of the system.

Without a font that holds Chinese the words would be empty boxes, so then there is no picture, and a finding says so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from portal.publishing.site.charts.drawing.figure import CARD_HEIGHT, CARD_WIDTH

SCALE = 2
"""Pixels of a unit: 1,200 by 630 in all."""
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")
FONT_NAMES = (
    "notosanscjk-regular", "notosanscjksc-regular", "notosanssc-regular", "notosanssc", "sourcehansans-regular",
    "sourcehansanssc-regular", "sourcehansanscn-regular", "wqy-microhei", "wqy-zenhei", "droidsansfallbackfull",
    "droidsansfallback", "msyh", "simhei", "simsun", "notosanscjk", "sarasagothicsc-regular",
)  # fmt: skip
"""Files that hold Chinese, without their endings, the best first."""
_FONT = re.compile(r"\.(ttf|ttc|otf)$", re.IGNORECASE)
_FAMILIES = {
    "notosanscjk": "Noto Sans CJK SC", "notosanssc": "Noto Sans SC", "sourcehansans": "Source Han Sans SC",
    "wqy-microhei": "WenQuanYi Micro Hei", "wqy-zenhei": "WenQuanYi Zen Hei",
    "droidsansfallback": "Droid Sans Fallback",
    "msyh": "Microsoft YaHei", "simhei": "SimHei", "simsun": "SimSun", "sarasagothicsc": "Sarasa Gothic SC",
}  # fmt: skip


@lru_cache
def chinese_font() -> Path | None:
    """Return a font of the system that holds Chinese, None where there is none."""
    found: dict[str, Path] = {}
    for folder in FONT_FOLDERS:
        for path in _font_files(Path(folder).expanduser()):
            found.setdefault(path.stem.lower(), path)
    return next((found[name] for name in FONT_NAMES if name in found), None)


def _font_files(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if _FONT.search(name):
                yield Path(here, name)


def font_state() -> str:
    """Return which font pictures are made with, for the hash of all inputs."""
    font = chinese_font()
    return f"{font.name} {font.stat().st_size}" if font else ""


def picture(svg: str, scale: int = SCALE) -> bytes | None:
    """Return a card as PNG, None where no font holds Chinese. Raises ValueError where the SVG cannot be read."""
    options = _options()
    if options is None:
        return None
    from resvg import render, usvg

    text = svg.replace(
        f'width="{CARD_WIDTH}" height="{CARD_HEIGHT}"',
        f'width="{CARD_WIDTH * scale}" height="{CARD_HEIGHT * scale}"',
        1,
    )
    return bytes(render(usvg.Tree.from_str(text, options), (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)))


@lru_cache
def _options() -> Any:
    """Return the renderer's options with the font in them, read once in a process."""
    font = chinese_font()
    if font is None:
        return None
    from resvg import usvg

    options = usvg.Options.default()
    options.load_font_data(font.read_bytes())  # a quarter of the time that a font takes that is looked up in its file
    stem = font.stem.lower()
    options.font_family = next((name for key, name in _FAMILIES.items() if stem.startswith(key)), "Noto Sans CJK SC")
    return options
