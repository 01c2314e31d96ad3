"""The threads that make answers: how many there are, what failures do to them, and how they end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from portal.serving.answer_threads import AnswerThreads

SECONDS = 30
MOST = 3


@pytest.fixture
def threads() -> Iterator[AnswerThreads]:
    """Return a few threads, which are ended."""
    given = AnswerThreads(MOST)
    yield given
    given.end(SECONDS)


def test_as_many_jobs_are_done_at_once_as_there_may_be_threads(threads: AnswerThreads) -> None:
    """Each of them waits for the others, and the next goes on where one is free."""
    meeting, done = threading.Barrier(MOST + 1), threading.Event()
    for _ in range(MOST):
        threads.give(meeting.wait, SECONDS)
    threads.give(done.set)
    assert not done.is_set()
    meeting.wait(SECONDS)
    assert done.wait(SECONDS)


def test_one_thread_does_what_comes_one_after_another(threads: AnswerThreads) -> None:
    """Another is begun only where none is free."""
    names: list[str] = []
    for _ in range(10):
        done = threading.Event()

        def job(done: threading.Event = done) -> None:
            names.append(threading.current_thread().name)
            done.set()

        threads.give(job)
        assert done.wait(SECONDS)
        while not threads.has_free():
            pass
    assert names == ["answer-0"] * 10


def test_a_job_that_fails_ends_no_thread(threads: AnswerThreads, caplog: pytest.LogCaptureFixture) -> None:
    """The failure stands in the log of the server."""
    done = threading.Event()
    for _ in range(2 * MOST):
        threads.give(int, "no number")
    threads.give(done.set)
    assert done.wait(SECONDS)
    assert {record.getMessage() for record in caplog.records} == {"a thread failed"}


def test_what_was_given_is_done_before_the_end() -> None:
    """Also what no thread has begun with."""
    threads, done = AnswerThreads(1), list[int]()
    for number in range(100):
        threads.give(done.append, number)
    threads.end(SECONDS)
    assert done == list(range(100))
