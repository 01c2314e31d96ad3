"""Text in several languages (zh, en): Chinese is the source, English a translation that may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("zh", "en")


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


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
