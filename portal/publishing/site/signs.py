"""Signs of topics: small pictures of one colour, drawn for the 21 topics, in one file of symbols.

``static/img/topics.svg`` has a symbol for each id of a topic; one of a portal's own topics that is not among them has
the sign of a table.
"""

from __future__ import annotations

from portal.model.terms import THEMES

ANY_SIGN = "other"
"""The sign of what has none of its own."""
_DRAWN = frozenset(theme.id for theme in THEMES)


def sign_of(theme: str) -> str:
    """Return the name of the sign of a topic.

    >>> sign_of("health"), sign_of("our-own")
    ('health', 'other')
    """
    return theme if theme in _DRAWN else ANY_SIGN
