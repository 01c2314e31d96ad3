"""Does the search find what a citizen means? hit@1, hit@3, hit@10, MRR and empty answers, by the kind of query.

Two parts. The committed queries over the sample (`asked_queries.py`): half of them are for tuning, the other half is
only ever reported. And known items: queries made by a seed from the titles of a whole catalogue (`known_items.py`),
29,708 records of 17 real portals where they are on this machine; one seed is for tuning, another is reported. All are
asked word for word, and answered by the exact hits, what may be meant, and rows. Wanted: see `WANTED`.

``python benchmarks/relevance.py [sample|items] [--release DIR] [--datasets DIR] [--index DIR] [--number N]
[--failures] [--first-hits]``: a release of the sample that is built already; the datasets that known items are made of;
where their index is kept from run to run; known items of each kind; each query of the tuning half that fails, with what
was understood of it; what stands first where nothing fits.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from answer_ranks import HEADING, AnswerRank, dataset_rank, row_rank, scores
from asked_queries import KINDS, AskedQuery, read_queries
from catalogue import PROJECT, listings
from known_items import KINDS as ITEM_KINDS
from known_items import known_items
from searched_catalogue import open_written, write_search

from portal.publishing.rows.row_stores import RowStores
from portal.publishing.search.catalogue_search import open_search
from portal.publishing.search.found import Found
from portal.publishing.search.lexicon.lexicon_reading import read_lexicon
from portal.publishing.search.query import SearchQuery

DAY = date(2026, 12, 1)
SEED_FOR_TUNING, SEED_REPORTED = 14, 1414
NONE_HITS_MAX = 3
"""Hits of the second list that are no nuisance where nothing fits."""
SHOWN_MAX = 4
WANTED = """wanted of the reported half: question, dialect and row hit@3 0.8 and hit@10 0.9; english, typo, homophone, \
pinyin hit@10 0.9; empty 0.1 at most
wanted of known items, reported seed: dropped and reordered hit@10 0.95, typo and homophone 0.85, MRR 0.75"""

Ask = Callable[[str], Found]


@dataclass(frozen=True)
class Answered:
    """A query, its answer, and where the wanted thing stands in it."""

    query: AskedQuery
    found: Found
    rank: AnswerRank


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", nargs="?", choices=("sample", "items"))
    parser.add_argument("--release", type=Path)
    parser.add_argument("--datasets", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--first-hits", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kaifang-relevance-") as name:
        folder = Path(name)
        if options.part != "items":
            ask_sample(options.release or _built_sample(folder), options.failures, options.first_hits)
        if options.part != "sample":
            ask_items(options.index or folder / "index", options.datasets, folder, options.number, options.failures)
    print(WANTED)


def ask_sample(release: Path, shows_failures: bool, shows_first_hits: bool) -> None:
    """Ask the committed queries of a release of the sample."""
    with closing(RowStores(release / "rows")) as rows, closing(open_search(release / "search", rows)) as search:
        answered = answers(read_queries(), lambda text: search.search(SearchQuery(text)))
    for half, name in ((False, "tuning"), (True, "reported")):
        some = [item for item in answered if item.query.is_reported is half]
        print(f"\n| sample, {name} half | {HEADING} |\n|---|" + "---|" * 6)
        for kind in KINDS[:-1]:
            print(f"| {kind} | {scores([item.rank for item in some if item.query.kind == kind]).line} |")
        print(f"| all | {scores([item.rank for item in some if item.query.kind != 'none']).line} |")
        print(_nothing_fits([item.found for item in some if item.query.kind == "none"]))
        if shows_failures and not half:
            print(*_failures(some), sep="\n")
    if shows_first_hits:
        print(*_first_hits(answered), sep="\n")


def answers(queries: Iterable[AskedQuery], ask: Ask) -> list[Answered]:
    """Ask all of the *queries*, and say where what they want stands."""
    done = []
    for query in queries:
        found = ask(query.text)
        rank = row_rank(found, query.rows) if query.kind == "row" else dataset_rank(found, query.fits)
        done.append(Answered(query, found, rank))
    return done


def ask_items(index: Path, datasets: Path | None, folder: Path, number: int, shows_failures: bool) -> None:
    """Ask for known items of a catalogue; its *index* is written first where it is missing."""
    if not index.exists():
        write_search(datasets or imported(folder), index)
    search, titles = open_written(index)
    wordings = {
        word: others
        for group in read_lexicon(None).groups
        for word in group.words
        if (others := [*(other for other in group.official if other != word), *group.plain])
    }
    with closing(search):
        for seed, name in ((SEED_FOR_TUNING, "for tuning"), (SEED_REPORTED, "reported")):
            print(f"\n| {len(titles):,} datasets, seed {seed}, {name} | {HEADING} |\n|---|" + "---|" * 6)
            ranks: dict[str, list[AnswerRank]] = {kind: [] for kind in ITEM_KINDS}
            failures = []
            for item in known_items(titles, number, seed, wordings):
                found = search.search(SearchQuery(item.query))
                rank = dataset_rank(found, item.names)
                ranks[item.kind].append(rank)
                if not rank.place:
                    wanted = titles[min(item.names)]
                    failures.append(f"  {item.kind} {item.query} -> {wanted}; {_understood(found)}; {_got(found)}")
            for kind, some in ranks.items():
                print(f"| {kind} | {scores(some).line} |")
            if shows_failures and seed == SEED_FOR_TUNING:
                print(*failures, sep="\n")


def _built_sample(folder: Path) -> Path:
    from portal.pipeline import build
    from portal.settings import load_settings

    release = build(load_settings(PROJECT / "datasets"), folder / "build", today=DAY).folder
    if release is None:
        sys.exit("The sample was refused.")
    return release


def imported(folder: Path) -> Path:
    """Return a folder of datasets below *folder* with every entry that the listings bring."""
    files, mappings = listings(folder)
    datasets = folder / "datasets"
    datasets.mkdir()
    command = [sys.executable, "-m", "portal", "import", "list", *map(str, files), "--mapping", str(mappings)]
    command += ["--datasets", str(datasets), "--add-publishers"]
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    return datasets


def _nothing_fits(found: Sequence[Found]) -> str:
    """Return what is shown where nothing fits."""
    also = [len(item.also) for item in found]
    exact, rows = sum(bool(item.hits.total) for item in found), sum(bool(item.rows) for item in found)
    return (
        f"none: {len(found)} queries; second list {sum(also) / len(also):.1f} hits on the average, at most "
        f"{max(also)}, more than {NONE_HITS_MAX} for {sum(number > NONE_HITS_MAX for number in also)}; "
        f"exact hits for {exact}, rows for {rows}"
    )


def _failures(answered: Iterable[Answered]) -> Iterator[str]:
    """Yield each query that has nothing wanted among the first three, or too much where nothing fits."""
    for item in answered:
        query, found = item.query, item.found
        if query.kind == "none":
            if len(found.also) > NONE_HITS_MAX:
                yield f"  {query.id} {query.text}: {len(found.also)} hits; {_understood(found)}; {_got(found)}"
        elif not 0 < item.rank.place <= 3:
            wanted = ", ".join(query.fits or (row.title for row in query.rows))
            yield f"  {query.id} {query.text} -> {wanted} at {item.rank.place}; {_understood(found)}; {_got(found)}"


def _first_hits(answered: Iterable[Answered]) -> Iterator[str]:
    """Yield what stands first for each query that nothing fits, of both halves: a reader judges it."""
    yield "first hits where nothing fits:"
    for item in answered:
        if item.query.kind == "none" and (item.found.also or item.found.hits.total or item.found.rows):
            yield f"  {item.query.text}: {_got(item.found)}"


def _understood(found: Found) -> str:
    things = " / ".join(thing.typed for thing in found.understood.things)
    return f"understood {things or 'nothing'}"


def _got(found: Found) -> str:
    exact = [f"={name}" for name in found.hits.names[:SHOWN_MAX]]
    also = [
        f"{item.name} ({', '.join(f'{why.kind} {why.typed}>{why.meant}' for why in item.because[:2])})"
        for item in found.also[:SHOWN_MAX]
    ]
    rows = [f"row {row.dataset}: {row.title}" for row in found.rows[:SHOWN_MAX]]
    return "got " + ("; ".join([*exact, *also, *rows]) or "nothing")


if __name__ == "__main__":
    main()
