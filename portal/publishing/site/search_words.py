"""Why a dataset may be meant, as sentences: “老赖”即“失信被执行人”; the words that are marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.text import enumerated
from portal.publishing.search.engines.query_tree import parse_query, wanted
from portal.publishing.search.found import Because

_REASONS = {
    "synonym": _("“%(typed)s” is “%(meant)s”"),
    "broader": _("“%(typed)s” is a kind or part of “%(meant)s”"),
    "narrower": _("“%(typed)s” includes “%(meant)s”"),
    "translation": _("“%(typed)s” is “%(meant)s” in the other language"),
    "typo": _("“%(typed)s” may be a slip for “%(meant)s”"),
    "homophone": _("“%(typed)s” sounds like “%(meant)s”"),
    "pinyin": _("“%(typed)s” is “%(meant)s” in pinyin"),
    "value": _("Its rows have “%(meant)s”"),
}


def reasons_in_words(because: Iterable[Because], lang: str) -> tuple[str, ...]:
    """Return the reasons as sentences without a full stop, words that simply occur together in the first one.

    >>> reasons_in_words([Because("synonym", "bins", "refuse"), Because("words", "map", "map")], "en")
    ('It has “map”', '“bins” is “refuse”')
    """
    reasons = list(because)
    words = [f"“{item.meant}”" for item in reasons if item.kind == "words"]
    first = [translate(lang, "It has %(words)s", words=enumerated(lang, words))] if words else []
    others = [
        translate(lang, _REASONS[item.kind], typed=item.typed, meant=item.meant)
        for item in reasons
        if item.kind in _REASONS
    ]
    return tuple(dict.fromkeys([*first, *others]))


def words_asked(text: str) -> list[str]:
    """Return the words and phrases that a query looks for, to be marked where they are found."""
    return [leaf.text for leaf in wanted(parse_query(text))]


def words_meant(asked: Sequence[str], because: Iterable[Because]) -> list[str]:
    """Return the words *asked* for with those that were found instead."""
    return [*asked, *(item.meant for item in because)]
