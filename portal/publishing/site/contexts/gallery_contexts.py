"""Contexts of the gallery: the parts that pages are built of, with examples, and the design tokens."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class ColourToken:
    """A colour in light and dark, each as (value, contrast); *other* is the colour that the contrast is with."""

    name: str
    other: str
    light: tuple[str, str]
    dark: tuple[str, str]


@dataclass(frozen=True)
class ShownExample:
    """An example as it looks; *named* are ids of headings that stand outside of the component on a page."""

    html: Markup
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownComponent:
    """A component: what it is for, its parameters with what each means, and its examples. *id* is its place."""

    name: str
    id: str
    purpose: str
    parameters: tuple[tuple[str, str], ...]
    examples: tuple[ShownExample, ...]


@dataclass(frozen=True)
class GalleryPage:
    """Groups of colours under headings, sizes of type and distances as (name, value), and all components."""

    colours: tuple[tuple[str, tuple[ColourToken, ...]], ...]
    sizes: tuple[tuple[str, str], ...]
    spaces: tuple[tuple[str, str], ...]
    components: tuple[ShownComponent, ...]
