"""Templates (Jinja) to HTML files, own templates over ours: the Jinja environment and the pages of a release."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, MutableMapping
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import jinja2
import jinja2.ext
from jinja2.bccache import Bucket
from markupsafe import Markup

import portal
from portal.i18n import day_text, translations
from portal.model.addresses import HOME, LARGE, SHOWN_ANYWHERE, in_language, relative, site_file
from portal.model.errors import ConfigurationError
from portal.model.text import LANGUAGES
from portal.publishing.site.cell_markup import cell_markup, look_body
from portal.publishing.site.contexts.page_contexts import Page
from portal.publishing.site.foreign_texts import lang_attribute, marked
from portal.publishing.site.frame import Rendering
from portal.publishing.site.page_registry import FOOT, MENU, TOP_PATHS

COMPILED_TEMPLATES_MAX = 1000
"""The most templates that are kept compiled in one process; more than any portal has."""


def installed_templates() -> Path:
    """Return the folder of the templates: inside the installed package, or beside it in a checkout."""
    package = Path(portal.__file__).parent
    inside = package / "site_templates"
    return inside if inside.is_dir() else package.parent / "site_templates"


def own_templates(folder: Path) -> Path | None:
    """Return the folder of a portal's own templates, None where it has none; those installed are nobody's own."""
    return folder if folder.is_dir() and folder.resolve() != installed_templates().resolve() else None


class Renderer:
    """Fills templates in every language. Templates in *override*, where there is such a folder, take precedence."""

    def __init__(self, override: Path | None = None, assets: Mapping[str, str] = MappingProxyType({})) -> None:
        """Take the lasting addresses of styles, scripts and images by their plain ones from *assets*."""
        self._assets = assets
        folders = [folder for folder in (override, installed_templates()) if folder and folder.is_dir()]
        self._environments = {lang: _environment(folders, lang) for lang in LANGUAGES}

    def render(self, template: str, page: Page) -> str:
        """Return the HTML of a page. Raises ConfigurationError for a template with a fault."""
        shown = _SHOWN.set(_Addresses(page, self._assets))
        try:
            return self._environments[page.lang].get_template(template).render(page=page)
        except jinja2.TemplateError as error:
            place = f"{getattr(error, 'name', None) or template}:{getattr(error, 'lineno', '')}".rstrip(":")
            reason = error.message or type(error).__name__
            raise ConfigurationError(
                f"模板 {place} 有误：{reason}。", f"The template {place} has a fault: {reason}."
            ) from error
        finally:
            _SHOWN.reset(shown)

    def component(self, name: str, arguments: Mapping[str, Any], page: Page) -> str:
        """Return the HTML of one component with its arguments, as it would stand on a page; raises as `render`."""
        shown = _SHOWN.set(_Addresses(page, self._assets))
        try:
            module = self._environments[page.lang].get_template(f"components/{name}.html").make_module({"page": page})
            return str(getattr(module, name.replace("-", "_"))(**arguments))
        except (jinja2.TemplateError, AttributeError, TypeError) as error:
            raise ConfigurationError(
                f"组件 {name} 的模板或示例有误：{error}。",
                f"The template of the component {name} or its example has a fault: {error}.",
            ) from error
        finally:
            _SHOWN.reset(shown)


def write_pages(renderings: Iterable[Rendering], renderer: Renderer, site_dir: Path) -> int:
    """Write pages to their places below *site_dir*; return how many."""
    count = 0
    for template, page in renderings:
        target = site_dir / site_file(in_language(page.lang, page.path))
        content = renderer.render(template, page).encode("utf-8")
        try:
            target.write_bytes(content)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        count += 1
    return count


class _Environment(jinja2.Environment):
    """Templates stay as they are while they are used, so each is looked for once.

    Jinja asks for a component again on every page that imports it, and compares the globals each time.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(auto_reload=False, **options)
        self._loaded: dict[str, jinja2.Template] = {}

    def get_template(self, name: Any, *arguments: Any, **more: Any) -> jinja2.Template:
        """Return a template; all globals are those of the environment."""
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = super().get_template(name, *arguments, **more)
        return template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> dict[str, Any]:
        """Return the globals of a template as a plain dictionary, which is looked into for every page."""
        return {**self.globals, **(d or {})}


class _WithoutIndents(jinja2.ext.Extension):
    """Takes the indents out of templates before they are compiled: pages are a tenth shorter, and no slower for it.

    A template that has lines of text inside ``pre`` or ``textarea`` stays as it is.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the template with every line from its first letter on."""
        return source if _KEPT_LINES.search(source) else _INDENT.sub("", source)


class _CompiledOnce(jinja2.BytecodeCache):
    """Keeps what each text of a template was compiled to: all languages, and all builds of a process, run one code.

    So nothing that depends on the language may be worked out while a template is compiled.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of this very text, where it was compiled before."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code; a server of many releases, each with own templates, begins anew now and then."""
        if len(self._codes) >= COMPILED_TEMPLATES_MAX:
            self._codes.clear()
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledOnce()
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_KEPT_LINES = re.compile(r"<(?:pre|textarea)\b[^<]*\n")
"""Text whose spaces are shown goes on in the next line."""


def _environment(folders: list[Path], lang: str) -> jinja2.Environment:
    environment = _Environment(
        bytecode_cache=_COMPILED,
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", _WithoutIndents],
    )
    environment.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    environment.globals["_"] = _Sentences(lang)
    environment.globals["kept"] = _Kept()
    # With the context a filter is never worked out while a template is compiled, not even for a constant.
    environment.filters["day"] = jinja2.pass_context(lambda _, day: day_text(lang, day))
    environment.filters["marked"] = jinja2.pass_context(lambda _, text: marked(text, lang))
    environment.filters["look_body"] = jinja2.pass_context(lambda _, table: look_body(table, lang))
    environment.filters["cell_markup"] = cell_markup
    environment.globals["lang_of"] = lambda text: lang_attribute(text, lang)
    environment.filters["isoday"] = date.isoformat
    environment.globals["menu"] = MENU
    environment.globals["foot"] = FOOT
    environment.globals["top"] = TOP_PATHS
    environment.globals["page_url"] = lambda path: _SHOWN.get().of_page(path)
    environment.globals["asset_url"] = lambda path: _SHOWN.get().of_file(path)
    environment.globals["lang_url"] = lambda lang: _SHOWN.get().in_language(lang)
    environment.globals["large_url"] = lambda: _SHOWN.get().large()
    return environment


class _Sentences:
    """The function ``_`` of templates: what Jinja's own does, with each sentence looked up once.

    Details are escaped where they are filled in.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._plain: dict[str, Markup] = {}

    def __call__(self, message: str, **details: object) -> Markup:
        if details:
            return Markup(translations(self._lang).gettext(message)) % details  # noqa: S704 - sentences of our own
        if message not in self._plain:
            self._plain[message] = Markup(translations(self._lang).gettext(message) % {})  # noqa: S704 - likewise
        return self._plain[message]


class _Kept:
    """Keeps a part that is the same on pages from which every address above looks alike: the menu, the footer.

    ``{% call kept("menu") %}…{% endcall %}``
    """

    def __init__(self) -> None:
        self._parts: dict[tuple[str, tuple[Hashable, ...]], str] = {}

    def __call__(self, name: str, caller: Callable[[], str]) -> str:
        key = (name, _SHOWN.get().outlook)
        if key not in self._parts:
            self._parts[key] = caller()
        return self._parts[key]


class _Addresses:
    """Makes addresses for one page.

    They are relative, so that a site works below any path; only pages of errors, which are shown
    anywhere, have addresses from the root of the portal's own address.
    """

    def __init__(self, page: Page, assets: Mapping[str, str]) -> None:
        self._page = page
        self._assets = assets
        self._here = in_language(page.lang, page.path)
        self._root = urlsplit(page.portal.base_url).path.rstrip("/") if page.path in SHOWN_ANYWHERE else None

    @property
    def outlook(self) -> tuple[Hashable, ...]:
        """What the addresses of top pages depend on: how deep this page lies, and below which of them."""
        folders = self._here.split("/")[1:-1]
        top = folders[: 1 if self._page.lang == "zh" else 2]
        return (self._page.portal, self._page.section, self._root, len(folders), *top)

    def of_page(self, path: str) -> str:
        """Return the address of a page in the language of this one."""
        return self.of_file(in_language(self._page.lang, path))

    def of_file(self, target: str) -> str:
        """Return the address of what is the same in all languages."""
        path, mark, query = target.partition("?")
        path = self._assets.get(path, path)
        return (relative(self._here, path) if self._root is None else self._root + path) + mark + query

    def in_language(self, lang: str) -> str:
        """Return the address of this page in another language."""
        path = HOME if self._page.path in SHOWN_ANYWHERE else self._page.path
        query = f"?{self._page.query_string}" if self._page.query_string else ""
        return self.of_file(in_language(lang, path) + query)

    def large(self) -> str:
        """Return the address of this page in large type."""
        path = in_language(self._page.lang, HOME) if self._page.path in SHOWN_ANYWHERE else self._here
        query = f"?{self._page.query_string}" if self._page.query_string else ""
        return self.of_file(LARGE + path + query)


_SHOWN: ContextVar[_Addresses] = ContextVar("shown")
"""The page that is being filled. Templates reach it through globals, so that components are compiled and run once and
not for every page that imports them."""
