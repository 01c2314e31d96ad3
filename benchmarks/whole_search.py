"""What does a whole search cost: exact hits with all facets, what may be meant beside them, and suggestions?

Of the entries of real portals, as `relevance.py` reads them, or of the INDEX that ``relevance.py items --index INDEX``
wrote: CPU milliseconds to open it, memory that it takes, CPU milliseconds a search (known items of one seed, spoiled in
all ways) and a suggestion (beginnings of them).
Wanted at 30,000 datasets: a search at most 40 ms of CPU for 95 of 100, a suggestion 5 ms, opening 50 ms.

``python benchmarks/whole_search.py [--index INDEX] [--queries N] [--rounds N]``
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from known_items import known_items
from relevance import imported
from searched_catalogue import read_titles, write_search

from portal.publishing.search.catalogue_search import open_search
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.terms.terms_file import FILE_NAME as TERMS

SEED = 4141


def main() -> None:
    """Print the costs of one index."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kaifang-search-") as name:
        index = options.index or Path(name) / "index"
        if not index.exists():
            write_search(imported(Path(name)), index)
        _measure(index, options.queries, options.rounds)


def _measure(index: Path, queries: int, rounds: int) -> None:
    titles = read_titles(index)
    opened = statistics.median(_milliseconds(["", "", ""], lambda _: open_search(index).close(), rounds))
    before = _memory()
    with closing(open_search(index)) as search:
        texts = [item.query for item in known_items(titles, queries, SEED, {})]
        texts = random.Random(SEED).sample(texts, queries)
        beginnings = [text[:length] for text in texts for length in (1, 2, 3, 5)]
        search.search(SearchQuery("热身"))
        whole = _milliseconds(texts, lambda text: search.search(SearchQuery(text)), rounds)
        exact = _milliseconds(texts, lambda text: search.exact(SearchQuery(text)), rounds)
        suggested = _milliseconds(beginnings, search.suggest, rounds)
    with closing(sqlite3.connect(index / TERMS)) as terms:
        ((count,),) = terms.execute("SELECT count(*) FROM term")
    print(f"{len(titles):,} datasets, {count:,} terms, {len(texts)} queries, {rounds} rounds; CPU milliseconds")
    print(f"opened in {opened:.0f}; memory {(_memory() - before) / 1000:.0f} MB more")
    for name, costs in (("whole search", whole), ("exact hits", exact), ("suggestion", suggested)):
        print(f"{name:>12}: {_told(costs)}")


def _milliseconds(texts: Sequence[str], answer: Callable[[str], object], rounds: int) -> list[float]:
    """Return for each text the median of its rounds."""
    costs: list[list[float]] = [[] for _ in texts]
    for _ in range(rounds):
        for cost, text in zip(costs, texts, strict=True):
            begun = time.process_time()
            answer(text)
            cost.append(1000 * (time.process_time() - begun))
    return [statistics.median(cost) for cost in costs]


def _told(costs: Sequence[float]) -> str:
    quantiles = statistics.quantiles(costs, n=100)
    return (
        f"p50 {statistics.median(costs):.1f}, p95 {quantiles[94]:.1f}, p99 {quantiles[98]:.1f}, most {max(costs):.1f}"
    )


def _memory() -> float:
    """Return the most memory that this process has taken, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
