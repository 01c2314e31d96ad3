"""catalog.yaml as settings: title, base_url, footer, licence, profile, limits, review; every key and default.

Frozen values. The limits that an operator may set are the fields of `portal.model.limits.Limits`, which the rules read
without knowing of settings. Limits that nobody sets stand beside the rule they belong to; docs/reference/limits.md
lists both kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from portal.findings.details import listed
from portal.findings.finding import Finding, found
from portal.findings.words import said
from portal.footer_settings import check_footer, footer_items
from portal.look_settings import read_look
from portal.model.catalog import Edition, Licence
from portal.model.errors import ConfigurationError
from portal.model.html_tags import tags_in
from portal.model.limits import Limits
from portal.model.map_choices import MapChoice
from portal.model.map_layers import MapLayer
from portal.model.portal import DEFAULT_BASE_URL, Portal
from portal.model.rates import Rates
from portal.model.terms import known_licence
from portal.model.text import LANGUAGES, LocalText
from portal.story_settings import read_stories
from portal.yamlfile import UnreadableFile, read_document


@dataclass(frozen=True)
class Settings:
    """What catalog.yaml says, and where it was read."""

    datasets_dir: Path
    portal: Portal = Portal()
    """How the portal presents itself: ``title``, ``description``, ``organisation``, ``notice``, ``base_url``,
    ``footer``, ``places``, ``metadata_licence``, ``examples``, ``security``, ``requests``, ``maps``,
    ``look``, ``gallery`` and ``stories``."""
    licence: str = ""
    """The licence of datasets that name none; empty means that they have none."""
    profile: Literal["basic", "national"] = "basic"
    """``national`` makes missing catalogue metadata an error, ``basic`` a warning."""
    edition: Edition = "open"
    """Who the release is for; ``--edition`` of the build, not a key of catalog.yaml."""
    review_required: bool = False
    """Whether an open dataset needs the approval of its content; ``review: required`` of catalog.yaml."""
    limits: Limits = Limits()
    """Bounds on data files; ``limits`` of catalog.yaml."""
    findings: tuple[Finding, ...] = ()
    """What is wrong in catalog.yaml without making it useless."""

    @property
    def templates_dir(self) -> Path:
        """A folder whose templates take the place of the installed ones of the same name."""
        return self.datasets_dir.resolve().parent / "site_templates"


SECURITY_KEYS = {
    "email": r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
    "url": r"https://[!-~]{1,500}",
    "phone": r"\+?[0-9][0-9 -]{2,30}",
    "policy": r"https://[!-~]{1,500}",
}
"""What may stand under ``security``: whom to tell of a weakness of the site, and how such reports are dealt with."""
MAP_LAYER_KEYS = frozenset(["resource", "code", "population"])
"""What may stand in an entry of ``maps.layers``."""
MAP_VIEW_KEYS = frozenset(["resource", "colour", "classes", "size"])
"""What may stand in an entry of ``maps.views``."""
_Numbers = TypeVar("_Numbers", Limits, Rates)

TAGS_SHOWN_MAX = 5
"""How many kinds of HTML one finding names."""
KEYS = frozenset(
    (
        "title description organisation notice base_url licence metadata_licence profile footer places examples limits "
        "gallery look maps requests review security stories"
    ).split()
)


def load_settings(datasets_dir: Path, *, base_url: str | None = None, edition: Edition = "open") -> Settings:
    """Read ``catalog.yaml`` in *datasets_dir*; without it the defaults serve. *base_url* takes precedence.

    Raises ConfigurationError where the folder or the file cannot be used.
    """
    if not datasets_dir.is_dir():
        raise ConfigurationError(
            f"找不到数据集文件夹：{datasets_dir}。请在它所在的文件夹里运行，或写明路径；"
            "还没有的，用 portal new --portal 新建空门户。",
            f"There is no folder of datasets at {datasets_dir}. Run the command in the folder "
            "that has it, or name its path; portal new --portal begins an empty portal.",
        )
    document = read_mapping(datasets_dir / "catalog.yaml")
    profile = document.get("profile", "basic")
    if profile not in ("basic", "national"):
        raise ConfigurationError(
            f"catalog.yaml：profile 只能是 basic 或 national，不能是“{profile}”。",
            f'catalog.yaml: profile is basic or national, not "{profile}".',
        )
    review = document.get("review", "off")
    if review not in ("required", "off", False):
        raise ConfigurationError(
            f"catalog.yaml：review 只能是 required 或 off，不能是“{review}”。",
            f'catalog.yaml: review is required or off, not "{review}".',
        )
    look, look_findings = read_look(document.get("look"), datasets_dir)
    stories, story_findings = read_stories(document.get("stories"))
    portal = replace(_portal(document, base_url, edition), look=look, stories=stories)
    return Settings(
        datasets_dir=datasets_dir,
        portal=portal,
        licence=str(document.get("licence") or ""),
        profile=profile,
        edition=edition,
        review_required=review == "required",
        limits=_whole_numbers("limits", document.get("limits"), Limits),
        findings=(
            *unknown_keys(document, KEYS, file="catalog.yaml", profile=profile),
            *html_in(document, ("title", "description", "organisation", "notice"), file="catalog.yaml"),
            *look_findings,
            *story_findings,
            *check_footer(document.get("footer"), profile=profile, base_url=portal.base_url),
        ),
    )


def _portal(document: Mapping[str, Any], base_url: str | None, edition: Edition) -> Portal:
    address = base_url or document.get("base_url")
    examples = document.get("examples")
    return Portal(
        title=LocalText.plain(document.get("title")) or Portal.title,
        description=LocalText.plain(document.get("description")) or Portal.description,
        organisation=LocalText.plain(document.get("organisation")),
        notice=LocalText.plain(document.get("notice")),
        base_url=_address(address) if address else DEFAULT_BASE_URL,
        has_base_url=bool(address),
        footer=tuple(footer_items(document.get("footer"))),
        email=_office(document, "email"),
        phone=_office(document, "phone"),
        examples=tuple(LocalText.of(item) for item in examples) if isinstance(examples, list) else (),
        metadata_licence=_licence(str(document.get("metadata_licence") or document.get("licence") or "")),
        places=_places(document.get("places")),
        security_contact=tuple(_security_contact(document.get("security"))),
        security_policy=_security(document.get("security")).get("policy", ""),
        edition=edition,
        rates=_whole_numbers("requests", document.get("requests"), Rates),
        map_layers=tuple(_map_layers(document.get("maps"))),
        map_choices=tuple(_map_choices(document.get("maps"))),
        has_gallery=document.get("gallery") is True,
    )


def read_mapping(path: Path) -> Mapping[str, Any]:
    """Return the mapping that stands in a file of settings, empty where there is no such file.

    Raises ConfigurationError where it is not well formed.
    """
    if not path.exists():
        return {}
    try:
        document = read_document(path)
    except UnreadableFile as error:
        place = ":".join(str(part) for part in (path.name, error.row, error.column) if part)
        zh, en = (said(error.reason, lang) for lang in LANGUAGES)
        raise ConfigurationError(f"{place}：{zh}。", f"{place}: {en}.") from error
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise ConfigurationError(f"{path.name} 的最外层应是键值对。", f"{path.name} should hold a mapping.")
    return document


def unknown_keys(document: Mapping[str, Any], known: frozenset[str], *, file: str, profile: str) -> Iterator[Finding]:
    """Find keys that nobody reads: most are misspelt."""
    for key in document:
        if key not in known:
            yield found(
                "key-unknown", severity="error" if profile == "national" else "warning", file=file, field=str(key)
            )


def html_in(document: Mapping[str, Any], keys: Iterable[str], *, path: str = "", **place: Any) -> Iterator[Finding]:
    """Find HTML in the texts that stand under *keys*, one finding for each; what is read of them has none any more.

    *path* is where the document stands in its file, *place* the place of a finding.
    """
    for key in keys:
        value = document.get(key)
        if not value or (isinstance(value, str) and "<" not in value and "&" not in value):
            continue
        texts = list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
        tags = dict.fromkeys(tag for text in texts if isinstance(text, str) for tag in tags_in(text))
        if tags:
            field = f"{path}.{key}" if path else key
            yield found("html-in-text", field=field, tags=listed(list(tags)[:TAGS_SHOWN_MAX], len(tags)), **place)


def address_missing(portal: Portal) -> Iterator[Finding]:
    """Say that absolute addresses will lead nowhere but on this machine, where none was stated."""
    if not portal.has_base_url:
        yield found("base-url-missing", file="catalog.yaml", field="base_url", value=portal.base_url)


def _address(value: object) -> str:
    text = str(value).rstrip("/")
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ConfigurationError(
            f"base_url 应是以 http:// 或 https:// 开头的网址，不能是“{value}”。",
            f'The base URL must begin with http:// or https://; "{value}" does not.',
        )
    return text


def _office(document: Mapping[str, Any], key: str) -> str:
    """Return where the office behind the portal can be reached, as the footer states it, "" where it does not."""
    footer = document.get("footer")
    return LocalText.of(footer.get(key)).zh.strip() if isinstance(footer, Mapping) else ""


def _licence(name: str) -> Licence | None:
    known = known_licence(name)
    return known.as_licence() if known else Licence(name, LocalText(name)) if name else None


def _places(value: object) -> tuple[tuple[str, LocalText], ...]:
    names = {str(code): LocalText.plain(name) for code, name in value.items()} if isinstance(value, Mapping) else {}
    if value is not None and not (names and all(names.values())):
        raise ConfigurationError(
            'catalog.yaml：places 应写成区划代码和名称，例如 "990100": {zh: 示范市, en: Shifan City}。',
            'catalog.yaml: places are codes with names, e.g. "990100": {zh: 示范市, en: Shifan City}.',
        )
    return tuple(names.items())


def _map_layers(value: object) -> Iterator[MapLayer]:
    for dataset, resource, texts in _map_entries(value, "layers", MAP_LAYER_KEYS):
        yield MapLayer(dataset, resource, texts.get("code", ""), texts.get("population", ""))


def _map_choices(value: object) -> Iterator[MapChoice]:
    for dataset, resource, texts in _map_entries(value, "views", MAP_VIEW_KEYS):
        yield MapChoice(dataset, resource, texts.get("colour", ""), texts.get("classes", ""), texts.get("size", ""))


def _map_entries(value: object, key: str, known: frozenset[str]) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield what stands under *key* of ``maps``, by dataset and resource.

    Raises ConfigurationError for what names no resource.
    """
    is_read = value is None or (isinstance(value, Mapping) and set(value) <= {"layers", "views"})
    entries = value.get(key) if isinstance(value, Mapping) and is_read else None if is_read else value
    for entry in entries if isinstance(entries, list) else [] if entries is None else [None]:
        texts = {name: str(text) for name, text in entry.items()} if isinstance(entry, Mapping) else {}
        dataset, _, resource = texts.get("resource", "").partition("/")
        if not (dataset and resource and set(texts) <= known):
            raise ConfigurationError(
                "catalog.yaml：maps 应写成 layers: [{resource: 数据集/资源}]，"
                "还可以写 code（代码列）和 population（人口列）；"
                "或 views: [{resource: 数据集/资源, colour: 列, classes: 分级方法, size: 列}]。",
                "catalog.yaml: maps are layers: [{resource: dataset/resource}], with code and population, names of "
                "columns, where there are any; and views: [{resource: dataset/resource, colour: column, classes: way, "
                "size: column}].",
            )
        yield dataset, resource, texts


def _security_contact(value: object) -> Iterator[str]:
    """Yield whom to tell of a weakness, as addresses: by mail, by a form, by telephone."""
    stated = _security(value)
    if "email" in stated:
        yield f"mailto:{stated['email']}"
    if "url" in stated:
        yield stated["url"]
    if "phone" in stated:
        yield f"tel:{stated['phone'].replace(' ', '-')}"


def _security(value: object) -> Mapping[str, str]:
    """Return what stands under ``security``. Raises ConfigurationError for what cannot stand in security.txt."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(
        key in SECURITY_KEYS and re.fullmatch(SECURITY_KEYS[key], str(text), re.ASCII) for key, text in value.items()
    ):
        raise ConfigurationError(
            "catalog.yaml：security 可以写 email（邮箱）、url 和 policy（以 https:// 开头的网址）、phone（电话）。",
            "catalog.yaml: security takes an email, a url and a policy that begin with https://, and a phone.",
        )
    return {str(key): str(text) for key, text in value.items()}


def _whole_numbers(key: str, value: object, kind: type[_Numbers]) -> _Numbers:
    """Return what stands under *key*: a mapping with fields of *kind*, each a positive whole number."""
    if value is None:
        return kind()
    known = {item.name for item in fields(kind)}
    if not isinstance(value, Mapping) or not all(
        name in known and isinstance(number, int) and not isinstance(number, bool) and number > 0
        for name, number in value.items()
    ):
        names = ", ".join(sorted(known))
        raise ConfigurationError(
            f"catalog.yaml：{key} 只能写 {names}，值为正整数。",
            f"catalog.yaml: {key} takes {names}, each a positive whole number.",
        )
    return kind(**value)
