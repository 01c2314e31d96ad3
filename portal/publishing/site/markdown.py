"""Markdown of descriptions to safe HTML (CommonMark): no HTML, images, scripts (XSS); the summary.

Descriptions are CommonMark (Data Package) and come from strangers.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markupsafe import Markup

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).disable(
    ["image", "heading", "lheading", "html_block", "html_inline", "hr"]
)
_MARKS = re.compile(r"(?<=\])\([^)\s]*\)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[*`\[\]]|\([^)]*://[^)]*\)")
_LINE_MARKS = re.compile(r"^[ \t]*(?:(?:#{1,6}|>|[-+*]|\d{1,9}[.)])[ \t]+|[=-]{3,}[ \t]*$)+", re.MULTILINE)
"""What stands before headings, quotations and items; lines below headings and between parts."""


def to_html(text: str) -> Markup:
    """Return *text* as safe HTML paragraphs and lists; what is not allowed stays visible as plain text.

    >>> to_html("<b>x</b> [a](javascript:1)")
    Markup('<p>&lt;b&gt;x&lt;/b&gt; [a](javascript:1)</p>\\n')
    """
    return Markup(_PARSER.render(text).replace("<a ", '<a rel="nofollow ugc" '))  # noqa: S704 - HTML is off


def to_plain(text: str) -> str:
    r"""Return *text* in one line without marks of Markdown: no emphasis, no links' addresses, no signs before items.

    >>> to_plain("A *table*:\n\n- [one](https://a.example)\n2. file_name\n\n# End")
    'A table: one file_name End'
    """
    return " ".join(_MARKS.sub("", _LINE_MARKS.sub("", text)).split())


def to_summary(text: str, characters_max: int = 160) -> str:
    """Return the beginning of *text* in one line without marks of Markdown."""
    plain = to_plain(text)
    return plain if len(plain) <= characters_max else plain[: characters_max - 1].rstrip() + "…"
