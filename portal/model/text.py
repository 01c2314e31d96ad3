"""Text in several languages (zh, en): Chinese is the source, English a translation that may be missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.model.html_tags import without_tags

LANGUAGES = ("zh", "en")

LIST_SIGNS = {"zh": "、", "en": ", "}
"""What stands between names in a sentence, by language."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters but for line ends and tabs, and code points that are no characters (XML 1.0, HTML)."""
CLAUSE_SIGNS = {"zh": "；", "en": "; "}
"""What stands between clauses."""


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text as its publisher wrote it (*zh*, whatever its language really is) and its English translation."""

    zh: str = ""
    en: str = ""

    def to(self, lang: str) -> str:
        """Return the text in *lang*, or the other language where that one is missing.

        >>> LocalText("目录", "Catalogue").to("en"), LocalText("目录").to("en")
        ('Catalogue', '目录')
        """
        return (self.en or self.zh) if lang == "en" else (self.zh or self.en)

    @classmethod
    def plain(cls, value: Any, translation: Any = "") -> LocalText:
        """Read a text as `of` does, without the HTML in it; a finding tells of it (`html-in-text`).

        >>> LocalText.plain("<p>全市<b>公交</b>站点</p>").zh
        '全市公交站点'
        """
        text = cls.of(value, translation)
        return cls(without_tags(text.zh), without_tags(text.en))

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def __str__(self) -> str:
        return self.zh or self.en

    @classmethod
    def of(cls, value: Any, translation: Any = "") -> LocalText:
        """Read a text that stands as a string, or as ``{zh: …, en: …}``; anything else is empty text.

        >>> LocalText.of({"zh": "示范市", "en": "Model City"}).en
        'Model City'
        """
        if not isinstance(value, str) and isinstance(value, Mapping):
            return cls(zh=_string(value.get("zh")), en=_string(value.get("en")) or _string(translation))
        return cls(zh=_string(value), en=_string(translation))


def enumerated(lang: str, names: Iterable[str]) -> str:
    """Return names as they stand in a sentence, one after the other.

    >>> enumerated("zh", ["学校", "医院"]), enumerated("en", ["schools", "hospitals"])
    ('学校、医院', 'schools, hospitals')
    """
    return LIST_SIGNS[lang].join(names)


def enumerated_texts(names: Iterable[LocalText | str]) -> LocalText:
    """Return names as they stand in a sentence of each language; what is no `LocalText` is the same in both.

    >>> enumerated_texts([LocalText("学校", "schools"), "A1"])
    LocalText(zh='学校、A1', en='schools, A1')
    >>> enumerated_texts([LocalText("学校")]).en
    '学校'
    """
    texts = [LocalText(name, name) if isinstance(name, str) else name for name in names]
    return LocalText(
        enumerated("zh", (text.to("zh") for text in texts)), enumerated("en", (text.to("en") for text in texts))
    )


def clauses(lang: str, texts: Iterable[str]) -> str:
    """Return parts of a sentence one after the other.

    >>> clauses("zh", ["按月更新", "免费"]), clauses("en", ["monthly", "free"])
    ('按月更新；免费', 'monthly; free')
    """
    return CLAUSE_SIGNS[lang].join(texts)


def control_characters(text: str) -> tuple[str, ...]:
    r"""Return the characters of *text* that no page and no format of metadata may hold, each once.

    >>> control_characters("a\x0bb\tc\n\x1b"), control_characters("市")
    (('\x0b', '\x1b'), ())
    """
    return () if text.isprintable() else tuple(dict.fromkeys(_CONTROLS.findall(text)))


def _string(value: Any) -> str:
    if isinstance(value, str):
        return (value if value.isprintable() else _CONTROLS.sub("", value)).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
