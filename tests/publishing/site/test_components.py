"""Components: each renders from its own example, and says which parameters it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
import yaml
from jinja2 import nodes
from markupsafe import Markup
from parsed import Element, parse

from portal.model.text import LANGUAGES
from portal.publishing.site.contexts.page_contexts import Page, PortalInfo
from portal.publishing.site.render import Renderer, installed_templates

FOLDER = installed_templates() / "components"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


@dataclass(frozen=True)
class Example:
    """One example of a component."""

    name: str
    number: int
    arguments: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.name}-{self.number}"


Render = Callable[..., Element]


def documented(name: str) -> Any:
    """Return what stands in the component's YAML file."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def examples() -> Iterator[Example]:
    """Yield every example of every component."""
    for name in NAMES:
        for number, arguments in enumerate(documented(name)["examples"], start=1):
            yield Example(name, number, {key: as_context(value) for key, value in arguments.items()})


def as_context(value: Any) -> Any:
    """Return what YAML holds as templates get it: objects with attributes, tuples, and rows that are HTML already."""
    if isinstance(value, str) and value.startswith(("<tr>", "<li ")):
        return Markup(value)
    if isinstance(value, dict):
        return SimpleNamespace(**{key: as_context(item) for key, item in value.items()})
    return tuple(as_context(item) for item in value) if isinstance(value, list) else value


@pytest.fixture(scope="session")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Return a function that renders one example as the site renders its pages."""
    folder = tmp_path_factory.mktemp("templates")
    for example in examples():
        macro = macro_of(example.name).name
        arguments = ", ".join(f"{key}=page.body.{key}" for key in example.arguments)
        source = (
            f'{{% from "components/{example.name}.html" import {macro} with context %}}{{{{ {macro}({arguments}) }}}}'
        )
        (folder / f"{example}.html").write_text(source, encoding="utf-8")
    renderer = Renderer(folder)
    portal = PortalInfo("门户", "", "", "https://data.example.cn", date(2026, 6, 1))

    def render(example: Example, lang: str = "zh") -> Element:
        body = SimpleNamespace(**example.arguments)
        page = Page(lang, "/datasets/x/", "标题", "", "", portal, body)
        return parse(renderer.render(f"{example}.html", page))

    return render


def tree_of(path: Path) -> nodes.Template:
    """Return a template as Jinja reads it."""
    return jinja2.Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text(encoding="utf-8"))


def macro_of(name: str) -> nodes.Macro:
    """Return the macro that a component offers: the one that does not begin with an underscore."""
    tree = tree_of(FOLDER / f"{name}.html")
    (macro,) = (item for item in tree.find_all(nodes.Macro) if not item.name.startswith("_"))
    return macro


@pytest.mark.parametrize("name", NAMES)
def test_a_component_documents_its_parameters(name: str) -> None:
    """The YAML file names the macro's parameters in their order, each with a sentence, and gives examples."""
    document = documented(name)
    macro = macro_of(name)
    assert macro.name == name.replace("-", "_")
    assert list(document) == ["parameters", "examples"]
    assert list(document["parameters"]) == [parameter.name for parameter in macro.args]
    assert all(isinstance(text, str) and text for text in document["parameters"].values())
    assert document["examples"]


@pytest.mark.parametrize("example", examples(), ids=str)
def test_an_example_names_the_parameters_that_are_needed(example: Example) -> None:
    """An example gives every parameter without a default, and none that does not exist."""
    macro = macro_of(example.name)
    parameters = [parameter.name for parameter in macro.args]
    needed = parameters[: len(parameters) - len(macro.defaults)]
    assert set(needed) <= set(example.arguments) <= set(parameters)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("example", examples(), ids=str)
def test_an_example_renders_as_whole_html(render: Render, example: Example, lang: str) -> None:
    """Every example renders in both languages without anything undefined; tags close in order, ids are unique."""
    page = render(example, lang)
    elements = page.all()
    ids = [item["id"] for item in elements if "id" in item.attributes]
    assert elements
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("example", examples(), ids=str)
def test_what_an_example_says_is_shown(render: Render, example: Example) -> None:
    """The titles, labels and captions of an example are on the page, as text or as the name of an element."""
    page = render(example)
    shown = " ".join([page.words, *(value for item in page.all() for value in item.attributes.values())])
    for text in texts(example.arguments):
        assert " ".join(text.split()) in shown


def texts(value: Any, name: str = "") -> Iterator[str]:
    """Yield the texts of an example that people read."""
    if isinstance(value, dict | SimpleNamespace):
        items = value if isinstance(value, dict) else vars(value)
        if items.get("values") == ():
            return
        for key, item in items.items():
            yield from texts(item, key)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, name)
    elif isinstance(value, str) and name in ("title", "label", "caption", "summary", "description", "header", "rows"):
        yield from re.findall("[^<>]+(?=<)", value) if isinstance(value, Markup) else [value]


@pytest.mark.parametrize("name", NAMES)
def test_a_component_is_styled(render: Render, name: str) -> None:
    """Every class of a component belongs to a block that some sheet of the site styles."""
    css = "".join(path.read_text(encoding="utf-8") for path in (installed_templates() / "static/css").glob("*.css"))
    used = {
        token
        for example in examples()
        if example.name == name
        for item in render(example).all()
        for token in item.attributes.get("class", "").split()
    }
    styled = set(re.findall(r"\.([a-z][a-zA-Z0-9_-]*)", css))
    blocks = {token.split("__")[0].split("--")[0] for token in styled}
    assert {token for token in used if token.split("__")[0].split("--")[0] not in blocks} == set()


def test_only_loops_ifs_and_filters_stand_in_templates() -> None:
    """Templates call what their context offers, and import nothing from Python."""
    for path in sorted(installed_templates().rglob("*.html")):
        tree = tree_of(path)
        called = {item.node.name for item in tree.find_all(nodes.Call) if isinstance(item.node, nodes.Name)}
        own = {macro.name for macro in tree.find_all(nodes.Macro)}
        imported = {
            name[1] if isinstance(name, tuple) else name
            for item in tree.find_all(nodes.FromImport)
            for name in item.names
        }
        assert called <= own | imported | {
            "_",
            "ngettext",
            "super",
            "page_url",
            "asset_url",
            "lang_url",
            "large_url",
            "lang_of",
            "kept",
        }, path.name
