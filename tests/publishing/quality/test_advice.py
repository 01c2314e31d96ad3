"""Advice: everything that is missing, in the order of what it brings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.incoming.form.questions import QUESTIONS as FORM
from portal.model.quality import MetadataScore
from portal.publishing.quality.advice import ADVICE, CHECK_LINKS, NAME_FORMAT, QUESTIONS, advise
from portal.publishing.quality.weights import default_weights

POINTS = default_weights().points


def lacking(*missing: str, unchecked: tuple[str, ...] = ()) -> MetadataScore:
    """Return the score of a dataset that meets all but some metrics."""
    points = 405 - sum(POINTS[name] for name in missing)
    return MetadataScore(points, 405, "good", tuple(name for name in POINTS if name not in missing), unchecked)


@given(st.sets(st.sampled_from(sorted(POINTS))), st.booleans())
def test_advice_brings_all_that_is_missing_and_falls(missing: set[str], is_unchecked: bool) -> None:
    """Whatever is missing, the pieces of advice together bring the 405 points, the largest first, each once."""
    unchecked = ("access_url_answers",) if is_unchecked and "access_url_answers" in missing else ()
    score = lacking(*missing, unchecked=unchecked)
    gains = advise(score, POINTS)
    assert score.points + sum(gain.points for gain in gains) == 405
    assert [gain.points for gain in gains] == sorted((gain.points for gain in gains), reverse=True)
    assert len({gain.advice.text for gain in gains}) == len(gains)


def test_a_link_never_visited_is_to_be_checked_not_replaced() -> None:
    """What is not known is not told to be broken."""
    gains = advise(lacking("access_url_answers", unchecked=("access_url_answers",)), POINTS)
    assert [(gain.advice, gain.points) for gain in gains] == [(CHECK_LINKS, 50)]


def test_where_no_format_is_stated_it_is_asked_for_and_not_judged() -> None:
    """Of a file of unknown format nobody says that machines cannot read it; of a PDF, that is said."""
    unknown = advise(lacking("format", "media_type", "vocabularies", "non_proprietary", "machine_readable"), POINTS)
    assert [(gain.advice, gain.points) for gain in unknown] == [(NAME_FORMAT, 80)]
    (pdf,) = advise(lacking("non_proprietary", "machine_readable"), POINTS)
    assert "PDF" in pdf.advice.text.en


def test_every_metric_has_one_piece_of_advice_in_both_languages() -> None:
    """None is forgotten, none stands twice."""
    assert sorted(name for item in ADVICE for name in item.metrics) == sorted(POINTS)
    assert all(item.text.zh and item.text.en and item.key for item in ADVICE)


def test_questions_are_those_of_the_form() -> None:
    """What the advice calls a question is printed so in the form."""
    assert {item.key: item.label for item in FORM if item.key in QUESTIONS} == QUESTIONS
    assert {key for item in ADVICE for key in item.questions} == set(QUESTIONS)
