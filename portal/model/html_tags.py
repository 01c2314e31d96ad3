"""HTML in texts of metadata: which tags (<p>, <br>) and entities (&nbsp;) stand there, and the text without them.

Descriptions are plain text or Markdown. What was copied from a website brings its tags along; they would show as signs
in every page, list and format. A tag counts only where it is plainly one: it stands alone in HTML (``<br>``), has
attributes, or is closed again; ``<5 岁``, ``List<String>`` and what stands in a code span stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_NAMES = (
    "a abbr article b big blockquote body br center code col dd del div dl dt em font footer form h1 h2 h3 h4 h5 h6 "
    "head header hr html i iframe img input ins li link main mark meta nav object ol p pre s script section small span "
    "strike strong style sub sup svg table tbody td tfoot th thead tr tt u ul video"
).split()
_ALONE = frozenset("br hr img li p td tr".split())
_HIDDEN = ("script", "style", "head")
_PARAGRAPHS = frozenset("blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul".split())
_LINES = frozenset("article body br center dd div dl dt footer form header hr li main nav section tr".split())

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
_TAG = re.compile(
    rf"<(/?)({'|'.join(sorted(_NAMES, key=len, reverse=True))})((?:\s+[a-z:@_-]+(?:\s*=\s*{_VALUE})?)*)\s*/?>",
    re.IGNORECASE | re.ASCII,
)
_ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|lt|gt|amp|quot|apos|middot|[lr][sd]quo|[mn]dash|hellip|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});"
)
_CODE_SPAN = re.compile(r"(`+[^`]*`+)")
_BLANK_LINES = re.compile(r"\n{3,}")
ESCAPED_MAX = 3
"""How often a text that was escaped is unescaped again."""


def tags_in(text: str) -> tuple[str, ...]:
    """Return the kinds of HTML that stand in a text, each once, in their order.

    >>> tags_in('<P>全市<br/>站点</P>&nbsp;<a href="x">表</a>'), tags_in("<5 岁，x<y>z，List<String>，`<br>`，R&D")
    (('<p>', '<br>', '&nbsp;', '<a>'), ())
    """
    if "<" not in text and "&" not in text:
        return ()
    prose = "".join(" " * len(part) if number % 2 else part for number, part in enumerate(_CODE_SPAN.split(text)))
    found = {match.start(): f"<{match[2].lower()}>" for match in _tags(prose)}
    found |= {match.start(): match[0] for match in _ENTITY.finditer(prose)}
    found |= {start: "<!-- -->" for start, _ in _comments(prose)}
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))


def without_tags(text: str) -> str:
    """Return the text without HTML: blocks and breaks become lines, scripts and styles go with what is in them.

    >>> without_tags("<p>全市<b>公交</b>站点&nbsp;</p><p>每日</p>"), without_tags("<5 岁 & x<y>z")
    ('全市公交站点\\n\\n每日', '<5 岁 & x<y>z')
    """
    if not tags_in(text):
        return text
    parts = _CODE_SPAN.split(text)
    cleaned = "".join(part if number % 2 else _stripped(part) for number, part in enumerate(parts))
    lines = "\n".join(line.strip(" ") for line in cleaned.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end)


def _tags(text: str) -> list[re.Match[str]]:
    """Return what is plainly a tag."""
    matches = list(_TAG.finditer(text))
    closed = {match[2].lower() for match in matches if match[1]}
    return [match for match in matches if "=" in match[3] or match[2].lower() in _ALONE | closed]


def _stripped(text: str) -> str:
    for _ in range(ESCAPED_MAX):
        before = text
        for start, end in reversed(list(_comments(text))):
            text = text[:start] + text[end:]
        text = _ENTITY.sub(lambda match: unescape(match[0]), _without_tags(text)).replace("\xa0", " ")
        if text == before:
            break
    return text


def _without_tags(text: str) -> str:
    """Return the text without its tags, and without what a page never shows."""
    last = {name: text.lower().rfind(f"</{name}") for name in _HIDDEN}
    kept: list[str] = []
    end, hidden = 0, ""
    for match in _tags(text):
        name, closes = match[2].lower(), bool(match[1])
        if not hidden:
            kept.append(text[end : match.start()])
            kept.append("\n\n" if name in _PARAGRAPHS else "\n" if name in _LINES else "")
        if hidden == name and closes:
            hidden = ""
        elif not hidden and not closes and match.end() <= last.get(name, -1):
            hidden = name
        end = match.end()
    return "".join([*kept, text[end:]])
