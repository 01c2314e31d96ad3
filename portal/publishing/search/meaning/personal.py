"""Questions for one person's record, which can never be open: "张三的身份证号", "我的社保余额", "my bank account".

The rule: at the end of a question, but for fillers, stands a record (a table of them), and before it an owner, with
nothing before that but fillers and other owners: 低保对象收入 is of many. An owner is a word for a person ("我",
"邻居", "my"), or a name: a usual surname and one or two characters, which are no known word.

Towns are called like people (许昌, 张家港), and their incomes are statistics. So a name counts where 的 follows, where
the record is private (a table: 身份证号), or where it has three characters; one that ends like a place (州, 港, 村)
counts only where 的 follows and the record is private. Of English, "john's" is a name where the lexicon does not know
the word. A few records (公积金余额) are one person's whoever asks.
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
    >>> questions = ("张三的身份证号", "我的社保余额怎么查", "我家附近的房产中介", "高中的成绩", "许昌收入")
    >>> [is_personal(list(question), question_words(), {"高中"}.__contains__) for question in questions]
    [True, True, False, False, False]
    """
    end = len(run)
    while True:
        sizes = range(min(RECORD_UNITS_MAX, end), 0, -1)
        keys = {size: key_of(run[end - size : end]) for size in sizes}
        if any(key in words.whole_records for key in keys.values()):
            return True
        record = next((size for size, key in keys.items() if key in words.records), 0)
        if record and _is_owned(run[: end - record], keys[record] in words.private_records, words, is_known):
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


def _is_owned(before: Sequence[str], is_private: bool, words: QuestionWords, is_known: Callable[[str], bool]) -> bool:
    """Whether what stands before a record ends in an owner."""
    end = len(before)
    is_linked = bool(end) and before[-1] == "的"
    end -= is_linked
    if end > 1 and before[end - 1] == "s" and not is_chinese(before[end - 2]):
        name = before[end - 2]  # "john's", whose apostrophe is no unit
        return not is_known(name) and not words.is_dropped(name)
    if any(_is_owner(before, end - size, end, words) for size in range(1, min(OWNER_UNITS_MAX, end) + 1)):
        return True
    return any(
        _is_name(before[:end], size, words, is_known)
        and _is_of_a_person(before[end - 1], size, words, is_linked=is_linked, is_private=is_private)
        for size in (2, 3)
    )


def _is_owner(before: Sequence[str], start: int, end: int, words: QuestionWords) -> bool:
    key = key_of(before[start:end])
    return key in words.owners and (key.isascii() or _says_nothing_before(before, start, words))


def _is_of_a_person(last: str, size: int, words: QuestionWords, *, is_linked: bool, is_private: bool) -> bool:
    """Whether what may be a name is one of a person, rather than of a town."""
    if last in words.place_ends:
        return is_linked and is_private
    return is_linked or is_private or size > 2


def _is_name(before: Sequence[str], size: int, words: QuestionWords, is_known: Callable[[str], bool]) -> bool:
    """Whether the last *size* units are a name; they stand at the beginning of the question or behind a filler."""
    start = len(before) - size
    if start < 0 or before[start] not in words.surnames or not all(map(is_chinese, before[start:])):
        return False
    if is_known(key_of(before[start:])) or any(
        is_known(key_of(before[at : at + 2])) for at in range(start, len(before))
    ):
        return False
    return _says_nothing_before(before, start, words)


def _says_nothing_before(before: Sequence[str], start: int, words: QuestionWords) -> bool:
    """Whether nothing stands before *start*, or what ends there is a filler, an owner or a single character as 查."""
    if not start or before[start - 1] in words.edges:
        return True
    ends = (key_of(before[start - size : start]) for size in range(1, min(_FILLER_UNITS_MAX, start) + 1))
    return any(words.is_dropped(key) or key in words.owners for key in ends)


_FILLER_UNITS_MAX = 6
"""Units of the longest filler that is looked for before an owner."""
