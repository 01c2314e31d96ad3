"""The portal's own look: main colour with its contrast, logo, picture behind the head of the home page, extra styles.

Source: WCAG 2.2, relative luminance and contrast ratio; 1.4.3 (text 4.5:1).
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT_CONTRAST_MIN = 4.5
"""Text has at least this contrast with its ground."""
_WHITE, _BLACK = "#ffffff", "#000000"


@dataclass(frozen=True, slots=True)
class LookFile:
    """A file of the look by its path in the folder of datasets, with the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Look:
    """What an operator chose; *accent* is ``#rrggbb``, "" for the usual colour."""

    accent: str = ""
    logo: LookFile | None = None
    picture: LookFile | None = None
    styles: LookFile | None = None


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"), 1), round(contrast("#0f4c81", "#ffffff"), 1)
    (21.0, 8.9)
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return *colour* with a share of *other*, as sRGB.

    >>> mixed("#000000", "#ffffff", 0.5), mixed("#0f4c81", "#ffffff", 0.0)
    ('#808080', '#0f4c81')
    """
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def readable_on(ground: str, colour: str, towards: str, wanted: float) -> str:
    """Return *colour*, brought as far *towards* another as it takes to have the contrast *wanted* with *ground*."""
    steps = (mixed(colour, towards, step / 20) for step in range(21))
    return next((found for found in steps if contrast(found, ground) >= wanted), towards)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    linear: float = share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
    return linear
