"""index.md: the page of a dataset as Markdown, for people at a terminal and for language models.

Whatever a publisher wrote is escaped: it can neither begin a heading, a link or a table cell, nor carry HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from portal.i18n import gettext_noop as _
from portal.i18n import number_text, size_text, translate
from portal.model.addresses import dataset_path, in_language
from portal.model.catalog import Field, Resource
from portal.model.guide import Item, table_schema_type
from portal.model.terms import GRANULARITIES, OPEN_STATES, SHARING_TYPES, UPDATE_CYCLES
from portal.model.text import LocalText, enumerated
from portal.publishing.formats.citation import Citation, bibtex, gb7714
from portal.publishing.formats.places import place_of
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource

FIELDS_MAX = 500
"""A table with more columns shows only so many here; ``datapackage.json`` has them all."""

_SIGNS = re.compile(r"([\\`*_\[\]<>|#~&!])")
_LINE_START = re.compile(r"^(\s*)([-+=:]|[0-9]+(?=[.)]))", re.MULTILINE)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def dump(published: PublishedDataset, *, lang: str, base_url: str, portal_title: str, citation: Citation) -> str:
    """Return the page in *lang*; addresses are absolute."""
    dataset = published.dataset
    page = base_url + in_language(lang, dataset_path(dataset.name))
    lines = [f"# {escaped(dataset.title.to(lang))}", ""]
    description = paragraphs(dataset.description.to(lang))
    if description:
        lines += [description, ""]
    lines += _table(
        (translate(lang, "Metadata"), translate(lang, "Value")),
        ((translate(lang, label), text) for label, text in _metadata(published, lang)),
    )
    lines += ["", f"- {translate(lang, 'Page')}: <{page}>", f"- {escaped(portal_title)}: <{base_url}/>"]
    if dataset.guide.online_address:
        lines.append(f"- {translate(lang, 'View at the source')}: <{_address(dataset.guide.online_address)}>")
    lines.append("")
    shown = published.resources or tuple(PublishedResource(item) for item in dataset.resources)
    for item in shown:
        lines += _resource(item, lang, base_url)
    if not shown and dataset.guide.items:
        lines += [f"## {translate(lang, 'Information items')}", "", *_items(dataset.guide.items, lang), ""]
    if published.package:
        lines += [
            f"## {translate(lang, 'All files in one archive')}",
            "",
            f"- ZIP: {_download(published.package, lang, base_url)}",
            "",
        ]
    lines += [
        f"## {translate(lang, 'Cite as')}",
        "",
        paragraphs(gb7714(citation)),
        "",
        *_code(bibtex(citation), "bibtex"),
        "",
    ]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Return a text as it reads in one line of Markdown, whatever signs it has.

    >>> escaped("a|b [x](javascript:1)\\n# c")
    'a\\\\|b \\\\[x\\\\](javascript:1) \\\\# c'
    """
    if text.isalnum():
        return text
    return _SIGNS.sub(r"\\\1", " ".join(_CONTROLS.sub(" ", text).split()))


def paragraphs(text: str) -> str:
    """Return a text of several lines escaped; its paragraphs stay, and no line begins a list or a heading.

    >>> paragraphs("one\\n\\n1. two\\n- three")
    'one\\n\\n1\\\\. two - three'
    """
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    lines = (_SIGNS.sub(r"\\\1", _line(part)) for part in parts)
    return "\n\n".join(_LINE_START.sub(_marked, line) for line in lines if line)


def _line(part: str) -> str:
    """Return a paragraph in one line, what began a line as a list marked so that it stays plain."""
    pieces = (" ".join(_CONTROLS.sub(" ", piece).split()) for piece in part.split("\n"))
    return " ".join(piece for piece in pieces if piece)


def _marked(match: re.Match[str]) -> str:
    sign = match[2]
    return f"{match[1]}{sign}\\" if sign[0].isdigit() else f"{match[1]}\\{sign}"


def _metadata(published: PublishedDataset, lang: str) -> Iterator[tuple[str, str]]:
    """Yield label (English message) and text of what is stated."""
    dataset, guide = published.dataset, published.dataset.guide
    pairs = (
        ("Publisher", dataset.publisher.title.to(lang)),
        ("Unified social credit code", dataset.publisher.uscc),
        ("Identifier", dataset.name),
        ("Resource code", dataset.code),
        ("Openness", _term(dataset.open_state, OPEN_STATES, lang)),
        ("Condition of openness", dataset.open_condition),
        ("Opening planned on", dataset.planned_on.isoformat() if dataset.planned_on else ""),
        ("Sharing", _term(dataset.sharing.type, SHARING_TYPES, lang)),
        ("Ground for not sharing", dataset.sharing.basis),
        ("Licence", enumerated(lang, (item.title.to(lang) or item.name for item in dataset.licences))),
        ("Published", dataset.published.isoformat() if dataset.published else ""),
        ("Updated", dataset.updated.isoformat() if dataset.updated else ""),
        ("Update cycle", _term(dataset.update_cycle, UPDATE_CYCLES, lang)),
        ("Topics", enumerated(lang, (theme.title.to(lang) for theme in dataset.themes))),
        ("Keywords", enumerated(lang, (word.to(lang) for word in dataset.keywords))),
        ("Granularity", _term(dataset.granularity, GRANULARITIES, lang)),
        ("Region", place_of(dataset).to(lang)),
        ("Period covered", dataset.temporal),
        ("Source", enumerated(lang, (item.title for item in dataset.origins))),
        ("Related resource codes", enumerated(lang, guide.related_codes)),
        ("Version", dataset.version),
        ("Rows", number_text(lang, published.rows) if published.rows else ""),
        ("Superseded by", dataset.superseded_by),
        ("Demonstration data", translate(lang, "The data are made up.") if dataset.is_demonstration else ""),
    )
    return ((label, text) for label, text in pairs if text)


def _resource(item: PublishedResource, lang: str, base_url: str) -> Iterator[str]:
    resource = item.resource
    yield f"## {escaped(resource.title.to(lang) or resource.name)}"
    yield ""
    description = paragraphs(resource.description.to(lang))
    if description:
        yield from (description, "")
    if resource.kind == "link" and resource.url:
        yield from (f"- <{_address(resource.url)}>", "")
    for file in item.files:
        name = file.format.upper()
        label = translate(lang, "Original file (%(format)s)", format=name) if file.is_original else name
        yield f"- {escaped(label)}: {_download(file, lang, base_url)}"
    if item.files:
        yield ""
    if resource.schema.fields:
        yield from _fields(resource, lang)
        yield ""


def _fields(resource: Resource, lang: str) -> list[str]:
    shown: Sequence[Field] = resource.schema.fields[:FIELDS_MAX]
    header = tuple(translate(lang, label) for label in ("Column", "Title", "Type", "Description"))
    rows = ((item.name, item.title.to(lang), item.type, item.description.to(lang)) for item in shown)
    return _table(header, rows)


def _items(items: Sequence[Item], lang: str) -> list[str]:
    header = tuple(translate(lang, label) for label in ("Column", "Type"))
    return _table(
        header,
        (
            (item.name_en or item.name if lang == "en" else item.name, table_schema_type(item.data_type))
            for item in items[:FIELDS_MAX]
        ),
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(header)} |",
        f"|{' --- |' * len(header)}",
        *(f"| {' | '.join(escaped(cell) for cell in row)} |" for row in rows),
    ]


def _download(file: PublishedFile, lang: str, base_url: str) -> str:
    return f"<{base_url}{file.url_path}> ({size_text(lang, file.size_bytes)}, SHA-256 `{file.sha256}`)"


def _code(text: str, language: str) -> list[str]:
    """Return a block of code whose fence is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", text, fence]


def _address(url: str) -> str:
    """Return an address as it may stand between angle brackets."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def _term(value: str, terms: dict[str, LocalText], lang: str) -> str:
    return terms[value].to(lang) if value in terms else value


_MESSAGES = (
    _("Publisher"), _("Unified social credit code"), _("Identifier"), _("Resource code"), _("Openness"),
    _("Condition of openness"), _("Opening planned on"), _("Sharing"), _("Ground for not sharing"), _("Licence"),
    _("Published"), _("Updated"), _("Update cycle"), _("Topics"), _("Keywords"), _("Granularity"), _("Region"),
    _("Period covered"), _("Source"), _("Related resource codes"), _("Version"), _("Rows"), _("Superseded by"),
    _("Demonstration data"), _("Column"), _("Title"), _("Type"), _("Description"), _("Metadata"), _("Value"),
    _("Page"), _("Information items"), _("All files in one archive"), _("Cite as"),
)  # fmt: skip
