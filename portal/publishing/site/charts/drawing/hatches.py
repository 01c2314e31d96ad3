"""Hatches of the parts of a whole, for print in grey and forced colours, where colours alone would not tell them apart.

On a screen the style sheet colours parts over them; the first part and "others" are plain everywhere.
"""

from __future__ import annotations

import re

_TILE = 6
_STROKES = {
    2: "M-1 1L1-1M0 6L6 0M5 7L7 5",
    3: "M3 3h0",
    4: "M-1 5L1 7M0 0L6 6M5-1L7 1",
    5: "M0 3H6",
    6: "M3 0V6",
    7: "M0 3H6M3 0V6",
    8: "M0 6L6 0M0 0L6 6",
}
"""By the place of a part the lines of a tile; of the third it is dots."""
_HOLDER = "url(#hatch-"
_PART = re.compile(r"chart__part chart__s([2-8])")
_USED = re.compile(re.escape(_HOLDER) + r"(\d)")


def hatched(kind: str) -> str:
    """Return the attribute that hatches a shape of the class *kind*, "" for what is plain.

    >>> hatched("chart__part chart__s2"), hatched("chart__part chart__s1"), hatched("chart__bar chart__s2")
    (' fill="url(#hatch-2)"', '', '')
    """
    found = _PART.fullmatch(kind)
    return f' fill="{_HOLDER}{found[1]})"' if found else ""


def with_hatches(body: str, id_: str) -> str:
    """Return the elements of a picture with the hatches that they use; the ids of these begin with *id_*.

    >>> with_hatches("<path/>", "c")
    '<path/>'
    """
    used = sorted(set(_USED.findall(body)))
    if not used:
        return body
    tiles = "".join(
        f'<pattern id="{id_}-hatch-{number}" width="{_TILE}" height="{_TILE}" patternUnits="userSpaceOnUse">'
        f'<rect class="chart__tile" width="{_TILE}" height="{_TILE}"/>'
        f'<path class="chart__hatch chart__s{number}" d="{_STROKES[int(number)]}"/></pattern>'
        for number in used
    )
    return f"<defs>{tiles}</defs>{body.replace(_HOLDER, f'url(#{id_}-hatch-')}"
