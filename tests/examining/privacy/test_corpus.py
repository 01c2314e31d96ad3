"""The labelled corpus: shares of evasions that are found and of look-alikes that are refused."""

from __future__ import annotations

import sys

import pytest
from support import PROJECT

sys.path.append(str(PROJECT / "benchmarks"))
from privacy_corpus import Share, corpus, measured, share_of, verdict

SEED = 12


@pytest.fixture(scope="module")
def shares() -> list[Share]:
    """Return what the gate makes of the corpus of one seed."""
    return measured(corpus(SEED, each=1))


def test_the_corpus_is_large_and_the_same_for_one_seed() -> None:
    """At least 400 cases, and no clock and no chance beside the seed."""
    cases = corpus(SEED, each=1)
    assert len(cases) >= 400
    assert cases == corpus(SEED, each=1)
    assert cases != corpus(SEED + 1, each=1)


def test_identifiers_and_marks_are_found_however_they_are_spelt(shares: list[Share]) -> None:
    """Of identity numbers, documents, mobiles, cards, plates and mailboxes 97 %, and of marks as many."""
    assert share_of(shares, "identifiers") >= 0.97
    assert share_of(shares, "marks") >= 0.97


def test_names_beside_what_says_more_are_found_by_their_titles(shares: list[Share]) -> None:
    """Nine in ten; titles may be Chinese, English or pinyin."""
    assert share_of(shares, "quasi-identifiers") >= 0.9


def test_of_look_alikes_hardly_any_is_refused(shares: list[Share]) -> None:
    """Tables of small numbers, dates, amounts, codes, prose, officials: at most one in two hundred."""
    assert share_of(shares, "look-alikes", by="refused") <= 0.005


@pytest.mark.parametrize("seed", range(3))
def test_another_seed_gives_no_other_shares(seed: int) -> None:
    """The numbers that were chosen do not matter."""
    cases = corpus(seed, each=1)
    missed = [case for case in cases if case.group != "look-alikes" and verdict(case) == "passed"]
    assert len(missed) <= 0.03 * len(cases)
