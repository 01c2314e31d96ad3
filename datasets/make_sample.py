"""Write the demonstration data of 示范市, the invented city: the same bytes at every run.

``python datasets/make_sample.py`` writes everything, ``--large`` only what is too large to be committed.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import sample_city  # noqa: E402 - found only once its folder is on the path
from sample_city.kit import Spec, make, write  # noqa: E402

WITHOUT_DATASETS = frozenset(["kit", "city", "shown", "view_words", "english_names"])


def specs() -> Iterator[Spec]:
    """Yield every dataset of the city, module by module in the order of names."""
    for module in sorted(pkgutil.iter_modules(sample_city.__path__), key=lambda item: item.name):
        if module.name not in WITHOUT_DATASETS:
            for maker in importlib.import_module(f"sample_city.{module.name}").DATASETS:
                yield make(maker)


def main() -> None:
    """Write the datasets that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder of datasets to write into")
    parser.add_argument("--large", action="store_true", help="only what is too large to be committed")
    arguments = parser.parse_args()
    for spec in specs():
        if spec.large or not arguments.large:
            write(spec, arguments.out)


if __name__ == "__main__":
    main()
