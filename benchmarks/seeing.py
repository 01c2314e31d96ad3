"""What does it cost that one can see data: charts, their pictures, maps, profiles of columns, the explorer?

``python benchmarks/seeing.py`` answers all questions, with the name of one that alone. What each measures, what is
wanted and who the peer is stands in the module that answers it; those of one question need not be there for another.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

ROWS = 1_000_000
PROFILE_ROUNDS = 3
EXPLORER_ROUNDS = 15

Answer = Callable[[argparse.Namespace], list[str]]
"""Prints what a question comes to, and returns which goals are missed."""


def main() -> None:
    """Answer the question that is named, or all; end with status 1 where a goal is missed."""
    options = parser().parse_args()
    asked = [options.question] if options.question else list(QUESTIONS)
    missed = []
    for name in asked:
        _, answer, rounds = QUESTIONS[name]
        given = argparse.Namespace(**{"rows": ROWS, "rounds": rounds, **vars(options)})
        missed += answer(given)
    if missed:
        sys.exit("missed: " + ", ".join(missed))


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    found = argparse.ArgumentParser(description="What it costs that one can see data.")
    questions = found.add_subparsers(dest="question", metavar="QUESTION", title="questions, all of them without one")
    for name, (words, _, rounds) in QUESTIONS.items():
        own = questions.add_parser(name, help=words, description=words)
        if rounds:
            own.add_argument("--rows", type=int, default=ROWS, help="rows of the table (%(default)s)")
            own.add_argument("--rounds", type=int, default=rounds, help="rounds that are measured (%(default)s)")
    return found


def charts(options: argparse.Namespace) -> list[str]:
    """Ask what a chart costs as SVG."""
    from chart_cost import charts as asked

    asked()
    return []


def thumbnails(options: argparse.Namespace) -> list[str]:
    """Ask what a picture costs as PNG."""
    from chart_cost import thumbnails as asked

    asked()
    return []


def maps(options: argparse.Namespace) -> list[str]:
    """Ask what a map costs."""
    from map_cost import maps as asked

    asked()
    return []


def profiles(options: argparse.Namespace) -> list[str]:
    """Ask what profiles of columns cost."""
    from profile_cost import profiles as asked

    return asked(options.rows, options.rounds)


def explorer(options: argparse.Namespace) -> list[str]:
    """Ask how soon somebody sees filtered rows in a browser."""
    from explorer_speed import explorer as asked

    return asked(options.rows, options.rounds)


QUESTIONS: dict[str, tuple[str, Answer, int]] = {
    "charts": ("a chart as SVG", charts, 0),
    "thumbnails": ("a picture of a chart as PNG", thumbnails, 0),
    "maps": ("a map of 10,000 points, and others", maps, 0),
    "profiles": ("profiles of columns beside writing the table as CSV", profiles, PROFILE_ROUNDS),
    "explorer": ("filtered rows of a million in a browser, beside Datasette", explorer, EXPLORER_ROUNDS),
}
"""By name: what is asked, who answers, and in how many rounds, where that may be chosen."""

if __name__ == "__main__":
    main()
