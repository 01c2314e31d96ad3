"""What a department is about, out of its name: 财政 of 财政局, 交通运输 of 交通运输局; for ranking.

Who asks for 财政 wants what the finance department publishes; who asks for 公司 does not want whatever some company
publishes. So words of a publisher's name count, but for those that say what kind of body it is.
"""

from __future__ import annotations

import re

_KINDS = re.compile(
    r"[（(][^（()）]*[）)]|(?:有限责任公司|股份有限公司|有限公司|集团公司|总公司|公司|集团|委员会|管理委员会|办公厅|办公室|"
    r"管理局|总局|分局|中心|人民政府|政府|研究院|学院|医院|法院|检察院|厅|局|委|部|处|办)(?=$|[（(])"
)
_ENGLISH_KINDS = re.compile(
    r"\b(?:administration|agency|authority|board|bureau|cent(?:er|re)|city|commission|committee|company|corporation|"
    r"department|group|limited|ltd|ministry|municipal|of|office|the)\b",
    re.IGNORECASE,
)


def matter(name: str) -> str:
    """Return a publisher's name without the words for its kind.

    >>> matter("示范市财政局（虚构）"), matter("示范市供电公司"), matter("Shifan City Finance Bureau")
    ('示范市财政', '示范市供电', 'Shifan Finance')
    """
    return " ".join(_ENGLISH_KINDS.sub(" ", _KINDS.sub("", name.strip())).split())
