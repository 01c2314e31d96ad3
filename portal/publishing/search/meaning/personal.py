"""Questions for one person's record, which can never be open: "张三的身份证号", "我的社保余额", "my bank account".

The rule: at the end of a question, but for fillers, stands a record (a table of them), and before it an owner. An
owner is a word for a person ("我", "邻居", "my"), or a name: a usual surname and one or two characters, which are no
known word. A few records (公积金余额) are one person's whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portal.publishing.search.lexicon.units import is_chinese, key_of
from portal.publishing.search.meaning.question_words import QuestionWords

OWNER_UNITS_MAX = 5
"""Units of the longest word for a person."""
RECORD_UNITS_MAX = 8
"""Units of the longest word for a record."""


def is_personal(run: Sequence[str], words: QuestionWords, is_known: Callable[[str], bool]) -> bool:
    """Whether a question, cut into units, asks for one person's record.

    >>> from portal.publishing.search.meaning.question_words import question_words
    >>> questions = ("张三的身份证号", "我的社保余额怎么查", "我家附近的房产中介", "高中的成绩")
    >>> [is_personal(list(question), question_words(), {"高中"}.__contains__) for question in questions]
    [True, True, False, False]
    """
    end = len(run)
    while True:
        sizes = range(min(RECORD_UNITS_MAX, end), 0, -1)
        keys = {size: key_of(run[end - size : end]) for size in sizes}
        if any(key in words.whole_records for key in keys.values()):
            return True
        record = next((size for size, key in keys.items() if key in words.records), 0)
        if record and _is_owned(run[: end - record], words, is_known):
            return True
        filler = next((size for size, key in keys.items() if _says_nothing(key, words)), 0)
        if not filler:
            return False
        end -= filler


def _says_nothing(key: str, words: QuestionWords) -> bool:
    """Whether a word behind a record leaves the question what it is; statistics and lists are of many."""
    if key in words.intents:
        return words.intents[key] in ("places", "matters")
    return key in words.fillers or key in words.edges


def _is_owned(before: Sequence[str], words: QuestionWords, is_known: Callable[[str], bool]) -> bool:
    """Whether what stands before a record ends in an owner."""
    end = len(before)
    if end and before[-1] == "的":
        end -= 1
    if end > 1 and before[end - 1] == "s" and not is_chinese(before[end - 2]):
        return True  # "john's", whose apostrophe is no unit
    if any(key_of(before[max(end - size, 0) : end]) in words.owners for size in range(1, OWNER_UNITS_MAX + 1)):
        return True
    return any(_is_name(before[:end], size, words, is_known) for size in (2, 3))


def _is_name(before: Sequence[str], size: int, words: QuestionWords, is_known: Callable[[str], bool]) -> bool:
    """Whether the last *size* units are a name; they stand at the beginning of the question or behind a filler."""
    start = len(before) - size
    if start < 0 or before[start] not in words.surnames or not all(map(is_chinese, before[start:])):
        return False
    if is_known(key_of(before[start:])) or any(
        is_known(key_of(before[at : at + 2])) for at in range(start, len(before))
    ):
        return False
    return not start or any(words.is_dropped(key_of(before[max(start - count, 0) : start])) for count in range(1, 7))
