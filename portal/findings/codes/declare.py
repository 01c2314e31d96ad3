"""How a code of a finding is declared (error, warning, info): title, explanation, message, mend; zh and en.

The explanation says what it means and why it matters, the message what is wrong at one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import Formatter
from typing import Literal

from portal.model.text import LANGUAGES, LocalText


@dataclass(frozen=True)
class Code:
    """The declaration of one kind of finding.

    *message* and *mend* are templates: ``{name}`` stands for a detail of the finding. *title* names the kind in a
    few words, *explanation* tells why it matters; both stand in reports and in the manual as they are.
    """

    name: str
    severity: Literal["error", "warning", "info"]
    message: LocalText
    mend: LocalText
    title: LocalText = LocalText()
    explanation: LocalText = LocalText()

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The names of the details that the message names, in either language."""
        return names_in("".join(self.message.to(lang) for lang in LANGUAGES))


@lru_cache(maxsize=4096)
def names_in(template: str) -> tuple[str, ...]:
    """Return the names of the details that a template asks for, each once.

    >>> names_in("{row}：{value}，{{value}}，{row}")
    ('row', 'value')
    """
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(template) if name))


_Pair = tuple[str, str]


def error(
    name: str, zh: str, en: str, mend_zh: str, mend_en: str, *, title: _Pair = ("", ""), explanation: _Pair = ("", "")
) -> Code:
    """Declare what keeps a dataset out of the release."""
    texts = LocalText(zh, en), LocalText(mend_zh, mend_en)
    return Code(name, "error", *texts, LocalText(*title), LocalText(*explanation))


def warning(
    name: str, zh: str, en: str, mend_zh: str, mend_en: str, *, title: _Pair = ("", ""), explanation: _Pair = ("", "")
) -> Code:
    """Declare what should be looked at; the dataset is published."""
    texts = LocalText(zh, en), LocalText(mend_zh, mend_en)
    return Code(name, "warning", *texts, LocalText(*title), LocalText(*explanation))


def info(
    name: str, zh: str, en: str, mend_zh: str, mend_en: str, *, title: _Pair = ("", ""), explanation: _Pair = ("", "")
) -> Code:
    """Declare what is worth knowing."""
    texts = LocalText(zh, en), LocalText(mend_zh, mend_en)
    return Code(name, "info", *texts, LocalText(*title), LocalText(*explanation))
