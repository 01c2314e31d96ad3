"""How deep the lists and objects of a JSON text are nested (depth), counted before any parser reads it.

The parsers of Python call themselves for every level and give up at a depth that is another one in each version, or
not at all. Whoever parses JSON that others wrote asks here first, so that every version says the same.
"""

from __future__ import annotations

import re
from itertools import accumulate

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKETS = b"[]{}"
_OTHERS = bytes(set(range(256)) - set(_BRACKETS))
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def nests_deeper(text: str | bytes, levels_max: int) -> bool:
    """Whether lists and objects of *text*, JSON in UTF-8 or what should be, stand more than *levels_max* in each other.

    Brackets within strings do not count. Where the text is no JSON, a parser stops before what is miscounted.

    >>> nests_deeper('{"a": [1, [2]]}', 3), nests_deeper('{"a": [1, [2]]}', 2), nests_deeper('["[[["]', 1)
    (False, True, False)
    """
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if content.count(b"[") + content.count(b"{") <= levels_max:
        return False
    brackets = _STRING.sub(b"", content).translate(None, _OTHERS)
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > levels_max
