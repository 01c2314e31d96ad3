"""Design tokens: colours, sizes of type and distances, read from the style sheet that sets them, with their contrast.

Source: WCAG 2.2, contrast ratio.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from portal.model.look import contrast
from portal.publishing.site.contexts.gallery_contexts import ColourToken

Tokens = Mapping[str, str]
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\)")
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}){1,2}")
_PAIRS = {
    "accent": "on-accent",
    "on-accent": "accent",
    "hero": "hero-ink",
    "hero-ink": "hero",
    "hero-muted": "hero",
    "hero-accent": "hero",
    "on-hero-accent": "hero-accent",
}
"""Colours that stand on others than the paper, and what they stand on."""


def read_tokens(sheets: Iterable[str]) -> tuple[Tokens, Tokens]:
    """Return the tokens of style sheets in light and in dark by their names; later sheets take precedence.

    >>> read_tokens([":root { --ink: #111; --gap: 1rem; } @media (prefers-color-scheme: dark) { --ink: #eee; }"])
    ({'ink': '#111', 'gap': '1rem'}, {'ink': '#eee', 'gap': '1rem'})
    """
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for sheet in sheets:
        usual, *others = _DARK.split(sheet)
        light |= _tokens(usual)
        for other in others:
            dark |= _tokens(other)
    return light, {name: dark.get(name, value) for name, value in light.items()}


def colour_tokens(light: Tokens, dark: Tokens) -> tuple[ColourToken, ...]:
    """Return the colours with the contrast of each to what it is read on, or what is read on it.

    >>> colour_tokens({"paper": "#fff", "ink": "#000"}, {"paper": "#000", "ink": "#fff"})[1]
    ColourToken(name='ink', other='paper', light=('#000', '21.0'), dark=('#fff', '21.0'))
    """
    names = [name for name in light if _is_colour(light[name]) and _is_colour(dark[name])]
    found = []
    for name in names:
        other = _other(name, light)
        if other in names:
            found.append(ColourToken(name, other, _shown(name, other, light), _shown(name, other, dark)))
    return tuple(found)


def _tokens(sheet: str) -> dict[str, str]:
    """Return the tokens that a style sheet sets before any further condition."""
    return {match[1]: match[2].strip() for match in _TOKEN.finditer(sheet.split("@media")[0])}


def _other(name: str, light: Tokens) -> str:
    if name in _PAIRS or name.endswith("-tint"):
        return _PAIRS.get(name) or name.removesuffix("-tint")
    # Of text and paper the one that is easier to tell from the colour.
    candidates = [other for other in ("paper", "ink") if other != name and _is_colour(light.get(other, ""))]
    return max(candidates, key=lambda other: contrast(_long(light[name]), _long(light[other])), default="")


def _shown(name: str, other: str, tokens: Tokens) -> tuple[str, str]:
    return tokens[name], f"{contrast(_long(tokens[name]), _long(tokens[other])):.1f}"


def _is_colour(value: str) -> bool:
    return _COLOUR.fullmatch(value) is not None


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])
