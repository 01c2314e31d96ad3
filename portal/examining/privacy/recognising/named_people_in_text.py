"""Detector of people described in text by labels: 姓名：某某，出生日期：…，诊断：… in a note, form or cell.

A name in running text says nothing to a program; behind a label, and beside another label that says more of a person,
it is what a table of people holds, a line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.examining.privacy.recognising.column_hints import roles_of
from portal.examining.privacy.recognising.detectors import Hit
from portal.examining.privacy.recognising.person_names import looks_like_name

_LABELLED = re.compile(r"([㐀-鿿A-Za-z_ （）()]{2,14})[:：][ \t]{0,4}([^\s,，;；、。:：|]{1,40})")
_MAY_HOLD = re.compile(r"[名者儿生人主][)）]?[:：]")
_TELLS = frozenset(["birth", "sensitive", "pupil"])
LABELS_MAX = 200
"""So many labels of one text are looked at."""


def find_labelled_people(text: str) -> Iterator[Hit]:
    """Find names behind a label for persons, where a birth date, health or school stands behind another.

    >>> [hit.masked for hit in find_labelled_people("姓名：张示甲，性别：女，出生日期：1850-01-01")]
    ['张**']
    >>> list(find_labelled_people("法定代表人：张示甲，成立日期：2010-01-01；姓名：请填写，诊断：无"))
    []
    """
    if (":" not in text and "：" not in text) or not _MAY_HOLD.search(text):
        return
    names, tells = [], False
    for count, match in enumerate(_LABELLED.finditer(text)):
        if count >= LABELS_MAX:
            break
        roles = roles_of(match[1].strip())
        if not roles.isdisjoint(["person", "person_by_kind"]) and looks_like_name(match[2]):
            names.append(Hit("name", match[2], match.start(2)))
        elif "count" not in roles and not roles.isdisjoint(_TELLS):
            tells = True
    yield from names if tells else ()
