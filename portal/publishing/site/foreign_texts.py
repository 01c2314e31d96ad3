"""The attribute ``lang`` of texts in another language than the page: a Chinese title on an English page.

What has no translation is shown as it is; a screen reader must know in which voice to read it (WCAG 3.1.2). The
language is told from the writing: Chinese characters, or words of Latin letters; names and abbreviations are neither.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from markupsafe import Markup, escape

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = "\u3000-\u303f\uff00-\uff60"
_INNER_SIGNS = _SIGNS + "\u2013-\u201d\u2026\u00b70-9. "
_FAR_LANGUAGES = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
"""Kana and Hangul: what stands in Japanese or Korean is not said to be Chinese."""
_CHINESE = re.compile(f"[{_HAN}]")
_CHINESE_RUN = re.compile(f"[{_HAN}](?:[{_HAN}{_INNER_SIGNS}]*[{_HAN}])?[{_SIGNS}]*")
_TAG = re.compile("(<[^<>]*>)")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ’'-]+")
_WORDS = re.compile(r"[A-Za-z]*[a-z]{3}")
CHARACTERS_A_WORD = 2
"""A text with fewer Chinese characters than this to each word of Latin letters is not Chinese; ours."""
_ATTRIBUTES = {"": Markup(), "zh-CN": Markup(' lang="zh-CN"'), "en": Markup(' lang="en"')}
_WORDS_MIN = 2
"""So many words make a text English on a Chinese page; fewer may be a name."""


@lru_cache(maxsize=4096)
def language_of(text: str, lang: str) -> Literal["", "zh-CN", "en"]:
    """Return the language of a text as a whole, "" where it is that of the page or cannot be told.

    >>> [language_of(text, "en") for text in ("学校名录", "List of schools (示范市)", "学校 2026")]
    ['zh-CN', '', 'zh-CN']
    >>> [language_of(text, "zh") for text in ("学校名录", "List of schools", "PM2.5", "OpenStreetMap")]
    ['', 'en', '', '']
    """
    if lang == "en":
        if text.isascii() or _FAR_LANGUAGES.search(text):
            return ""
        characters = len(_CHINESE.findall(text))
        return "zh-CN" if characters and characters >= CHARACTERS_A_WORD * len(_LATIN_WORD.findall(text)) else ""
    if not text.isascii() and (_CHINESE.search(text) or _FAR_LANGUAGES.search(text)):
        return ""
    return "en" if len(_WORDS.findall(text)) >= _WORDS_MIN else ""


def lang_attribute(text: str, lang: str) -> Markup:
    """Return the attribute for the element that holds nothing but *text*, "" where it needs none.

    >>> lang_attribute("学校名录", "en")
    Markup(' lang="zh-CN"')
    """
    found = language_of(text.striptags() if isinstance(text, Markup) else text, lang)
    return _ATTRIBUTES[found]


def marked(text: str, lang: str) -> Markup:
    """Return a text for HTML with its foreign parts marked; of what is HTML already the Chinese parts of its text.

    >>> marked("Report on “学校（2026年）”", "en"), marked("学校 & 医院", "zh")
    (Markup('Report on “<span lang="zh-CN">学校（2026年）</span>”'), Markup('学校 &amp; 医院'))
    """
    if lang != "en":
        if isinstance(text, Markup):
            return text
        found = language_of(text, lang)
        return Markup('<span lang="{}">{}</span>').format(found, text) if found else escape(text)
    html = escape(text)
    return html if html.isascii() else _marked_html(str(html))


@lru_cache(maxsize=4096)
def _marked_html(html: str) -> Markup:
    """Return HTML with the Chinese parts of its text marked."""
    parts = _TAG.split(html)
    if not _FAR_LANGUAGES.search(html):
        parts[::2] = [_CHINESE_RUN.sub(r'<span lang="zh-CN">\g<0></span>', part) for part in parts[::2]]
    return Markup("".join(parts))  # noqa: S704 - it was escaped, and only tags of ours were put in
