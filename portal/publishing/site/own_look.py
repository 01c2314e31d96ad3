"""The portal's own look as files of the site: a style sheet of its colours, its logo and picture, its extra styles."""

from __future__ import annotations

import hashlib
from pathlib import Path

from portal.model.addresses import static_path
from portal.model.errors import ConfigurationError
from portal.model.look import TEXT_CONTRAST_MIN, Look, LookFile, contrast, mixed, readable_on

LOOK_STYLES = "css/look.css"
"""The style sheet of the portal's own look, below ``static/``."""
_DARK_PAPER = "#10161d"
_WHITE, _BLACK = "#ffffff", "#000000"


def logo_path(look: Look) -> str:
    """Return the path of the portal's sign: its own, otherwise the usual one."""
    return static_path(_placed("logo", look.logo) if look.logo else "img/mark.svg")


def styles_path(look: Look) -> str:
    """Return the path of the style sheet of the portal's own look, "" where it has none."""
    return static_path(LOOK_STYLES) if look.accent or look.picture or look.styles else ""


def write_look(look: Look, datasets_dir: Path, static: Path) -> None:
    """Write what there is of the look into *static*. Raises ConfigurationError for a file that changed meanwhile."""
    for name, file in (("logo", look.logo), ("picture", look.picture)):
        if file:
            target = static / _placed(name, file)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_bytes(file, datasets_dir))
    if styles_path(look):
        own = _bytes(look.styles, datasets_dir).decode("utf-8", "replace") if look.styles else ""
        target = static / LOOK_STYLES
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{look_styles(look)}{own}", encoding="utf-8", newline="")


def look_styles(look: Look) -> str:
    """Return the styles of a look: what follows from its colour in light and dark, and its picture.

    Over a picture lies so much of the colour that white text can be read, however light the picture is.
    """
    accent = look.accent or "#0f4c81"
    lines = []
    if look.accent:
        light = {
            "accent": accent,
            "accent-hover": mixed(accent, _BLACK, 0.3),
            "link": accent,
            "link-hover": mixed(accent, _BLACK, 0.4),
            "tint": mixed(accent, _WHITE, 0.9),
            "hero": accent,
        }
        bright = readable_on(_DARK_PAPER, accent, _WHITE, 8.0)
        dark = {
            "accent": bright,
            "accent-hover": mixed(bright, _WHITE, 0.4),
            "link": bright,
            "link-hover": mixed(bright, _WHITE, 0.5),
            "tint": mixed(accent, _DARK_PAPER, 0.7),
            "hero": mixed(accent, _BLACK, 0.5),
        }
        lines.append(f":root {{ {_properties(light)} }}")
        lines.append(f"@media (prefers-color-scheme: dark) {{ :root {{ {_properties(dark)} }} }}")
    if look.picture:
        shares = (share / 20 for share in range(10, 20))
        cover = next((s for s in shares if contrast(mixed(_WHITE, accent, s), _WHITE) >= TEXT_CONTRAST_MIN), 0.95)
        picture = f"../{_placed('picture', look.picture)}"
        lines.append(
            f".hero {{ background: linear-gradient(color-mix(in srgb, {accent} {cover:.0%}, transparent) 0 0), "
            f'url("{picture}") center / cover; }}'
        )
    return "".join(f"{line}\n" for line in lines)


def _properties(values: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def _placed(name: str, file: LookFile) -> str:
    return f"own/{name}{Path(file.path).suffix.lower()}"


def _bytes(file: LookFile, datasets_dir: Path) -> bytes:
    try:
        content = (datasets_dir / file.path).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ConfigurationError(
            f"{file.path} 在构建时改变了，请重新构建。", f"{file.path} changed during the build; build again."
        )
    return content
