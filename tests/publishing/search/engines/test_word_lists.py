"""Decoded postings stay in memory up to a number of bytes; parts of texts are told by the bits of a packed count."""

from __future__ import annotations

import numpy as np

from portal.publishing.search.engines.ranking import COUNT_BITS
from portal.publishing.search.engines.word_lists import WordList, WordLists


def made_list(count: int) -> WordList:
    """Return a list of so many documents."""
    return WordList(np.arange(count, dtype=np.int32), np.ones(count, np.uint32), np.ones(count, np.float32))


def test_a_word_is_decoded_once_and_the_oldest_makes_room() -> None:
    """What was asked for longest ago is decoded again when it is asked for; the memory stays bounded."""
    decoded: list[str] = []

    def decode(word: str) -> WordList:
        decoded.append(word)
        return made_list(100)

    size = made_list(100).bytes
    lists = WordLists(decode, bytes_max=2 * size)
    for word in "abacab":
        assert len(lists.of(word).numbers) == 100
        assert lists.kept_bytes <= 2 * size
    assert decoded == ["a", "b", "c", "b"]


def test_a_list_larger_than_the_bound_is_given_all_the_same() -> None:
    """It is the only one that is kept then."""
    lists = WordLists(lambda word: made_list(1_000 if word == "big" else 1), bytes_max=1_000)
    assert [len(lists.of(word).numbers) for word in ("small", "big", "small")] == [1, 1_000, 1]
    assert lists.kept_bytes == made_list(1).bytes


def test_parts_are_told_by_where_a_word_stands() -> None:
    """The title is known, too; keywords and columns are, publisher and body are not."""
    places = [1 << COUNT_BITS * place for place in range(5)]
    found = WordList(np.arange(5, dtype=np.int32), np.array(places, np.uint32), np.zeros(5, np.float32))
    assert found.within("any").tolist() == [0, 1, 2, 3, 4]
    assert found.within("known").tolist() == [0, 1, 3]
    assert found.within("title").tolist() == [0]
