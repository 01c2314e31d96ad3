"""Gallery of components: a page with every part that pages are built of, from its example file, and design tokens.

It is made where catalog.yaml asks for it (``gallery: true``), for those who change templates; neither menu nor sitemap
has it. Examples are pictures of themselves: nothing in them can be pressed, so what is folded is shown unfolded, and
what they lead to need not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from markupsafe import Markup

from portal.i18n import translate
from portal.model.addresses import in_language, relative, static_path
from portal.model.portal import Directory
from portal.publishing.site import page_registry
from portal.publishing.site.assets import style_sheet
from portal.publishing.site.contexts.gallery_contexts import ColourToken, GalleryPage, ShownComponent, ShownExample
from portal.publishing.site.contexts.page_contexts import Page
from portal.publishing.site.design_tokens import colour_tokens, read_tokens
from portal.publishing.site.frame import Rendering, rendering
from portal.publishing.site.own_look import look_styles
from portal.publishing.site.render import Renderer, installed_templates

_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r'\s+([a-z-]+)(?:="([^"]*)")?')
_REFERENCES = frozenset(["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "list", "form"])
_KEPT_MODULES = frozenset(["copy"])


def gallery_page(directory: Directory, lang: str, today: date, renderer: Renderer, own: Path | None) -> Rendering:
    """Return the gallery in one language; *own* is the folder of the portal's own templates, whose examples count.

    Raises ConfigurationError for a component with a fault.
    """
    light, dark = read_tokens([style_sheet("tokens", own), look_styles(directory.portal.look)])
    crumbs = (page_registry.HOME.link(lang), page_registry.ABOUT.link(lang))

    def filled(body: object) -> Rendering:
        return rendering(page_registry.GALLERY, directory, lang, today, body, crumbs=crumbs)

    _, frame = filled(None)
    body = GalleryPage(
        colours=tuple(_colour_groups(colour_tokens(light, dark), lang)),
        sizes=tuple((name, value) for name, value in light.items() if name.startswith("text-")),
        spaces=tuple((name, value) for name, value in light.items() if name.startswith("space-")),
        components=tuple(_components(frame, renderer, own)),
    )
    return filled(body)


def _colour_groups(tokens: tuple[ColourToken, ...], lang: str) -> Iterator[tuple[str, tuple[ColourToken, ...]]]:
    series = tuple(token for token in tokens if token.name.startswith("series-"))
    shades = tuple(token for token in tokens if token.name.startswith("map-shade-"))
    yield translate(lang, "Colours of pages"), tuple(item for item in tokens if item not in series + shades)
    yield translate(lang, "Colours that tell groups apart"), series
    yield translate(lang, "Colours from few to many"), shades


def _components(page: Page, renderer: Renderer, own: Path | None) -> Iterator[ShownComponent]:
    folders = [folder / "components" for folder in (installed_templates(), own) if folder]
    files = {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}
    for name, path in sorted(files.items()):
        text = path.read_text(encoding="utf-8")
        document = yaml.safe_load(text)
        yield ShownComponent(
            name=name,
            id=f"component-{name}",
            purpose=text.partition("\n")[0].removeprefix("#").strip(),
            parameters=tuple(document["parameters"].items()),
            examples=tuple(
                _example(renderer, page, name, number, arguments)
                for number, arguments in enumerate(document["examples"], start=1)
            ),
        )


def _example(renderer: Renderer, page: Page, name: str, number: int, arguments: Mapping[str, Any]) -> ShownExample:
    given = {key: _as_context(value) for key, value in arguments.items()}
    html = renderer.component(name, given, page)
    return _set_apart(html, f"{name}-{number}-", f"#component-{name}", in_language(page.lang, page.path))


def _as_context(value: Any) -> Any:
    """Return what YAML holds as templates get it: objects with attributes, tuples, and rows that are HTML already."""
    if isinstance(value, str) and value.startswith(("<tr>", "<li ")):
        return Markup(value)  # noqa: S704 - an example of our own or of the operator
    if isinstance(value, dict):
        return SimpleNamespace(**{key: _as_context(item) for key, item in value.items()})
    return tuple(map(_as_context, value)) if isinstance(value, list) else value


def _set_apart(html: str, prefix: str, place: str, here: str) -> ShownExample:
    """Return an example whose ids begin with *prefix*, so that they are its own, and whose links lead to *place*.

    >>> _set_apart('<p id="a"><a href="/x/" aria-labelledby="a b">X</a>', "n-", "#n", "/")
    ShownExample(html=Markup('<p id="n-a"><a href="#n" aria-labelledby="n-a n-b">X</a>'), named=('n-b',))
    """
    ids: set[str] = set()
    wanted: dict[str, None] = {}

    def attribute(tag: str, name: str, value: str | None) -> str:
        if value is None:
            return "" if tag == "details" and name == "open" else f" {name}"
        if name in _REFERENCES:
            value = " ".join(prefix + one for one in value.split())
            wanted.update(dict.fromkeys(value.split()))
        elif tag == "details" and name == "name":
            return ""
        elif name == "id":
            value = prefix + value
            ids.add(value)
        elif tag in ("a", "form") and name in ("href", "action"):
            value = place
        elif tag in ("img", "source") and name in ("src", "srcset"):
            value = relative(here, static_path("img/mark.svg"))
        elif name == "data-module" and value not in _KEPT_MODULES:
            return ""
        return f' {name}="{value}"'

    def element(found: re.Match[str]) -> str:
        tag = found[1]
        unfolded = " open" if tag == "details" else ""
        return f"<{tag}{_ATTRIBUTE.sub(lambda part: attribute(tag, part[1], part[2]), found[2])}{unfolded}>"

    apart = _TAG.sub(element, html)
    return ShownExample(Markup(apart), tuple(name for name in wanted if name not in ids))  # noqa: S704 - templates' own
