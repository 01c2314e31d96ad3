"""Facets, orders and standing of datasets as files for a browser: the columns of the engines as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from portal.publishing.search.engines.facet_columns import ORDERS, Columns
from portal.publishing.search.engines.ranking import (
    LENGTH_SHARE,
    MATTER_BOOST,
    SATURATION,
    TEXT_WEIGHTS,
    TITLE_LENGTH_SHARE,
)
from portal.publishing.search.in_browser.sharded_files import write_json
from portal.publishing.search.meaning.question_words import INTENTS
from portal.publishing.search.meaning.second_list import SUPERSEDED, Kinds
from portal.publishing.search.search_documents import TEXTS


def write_column_files(columns: Columns, kinds: Kinds, lengths: Sequence[tuple[int, int]], folder: Path) -> None:
    """Write ``columns.json``, which every search needs, and a file for each order, which few do."""
    flags = [*INTENTS, SUPERSEDED]
    bits = np.zeros(columns.size, np.int64)
    for place, kind in enumerate(flags):
        bits |= kinds[kind].astype(np.int64) << place
    told: dict[str, Any] = {
        "size": columns.size,
        "superseded_from": columns.superseded_from,
        "is_counted": columns.is_counted,
        "facets": {
            facet: {"values": values.values, "sets": values.sets, "titles": values.titles}
            for facet, values in columns.facets.items()
        },
        "codes": {facet: codes.tolist() for facet, codes in columns.codes.items()},
        "raised": columns.raised.tolist(),
        "title_lengths": [title for title, _ in lengths],
        "lengths": [whole for _, whole in lengths],
        "ranking": {
            "weights": [TEXT_WEIGHTS[text] for text in TEXTS],
            "saturation": SATURATION,
            "length_share": LENGTH_SHARE,
            "title_length_share": TITLE_LENGTH_SHARE,
            "matter_boost": MATTER_BOOST,
        },
        "kinds": flags,
        "kind_bits": bits.tolist(),
    }
    write_json(folder / "columns.json", told)
    for order in ORDERS:
        write_json(folder / f"order-{order}.json", columns.places[order].tolist())
