"""Charts as JSON and back: what the drawing step keeps of a dataset until its pages are written, one file a dataset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import Chart, Measure, Series, Sources


@dataclass(frozen=True)
class KeptChart:
    """A chart with the name of its files, the table it is of, and what its publisher calls it ("" for nothing)."""

    name: str
    resource: str
    chart: Chart
    title: LocalText = LocalText()


@dataclass(frozen=True)
class KeptCharts:
    """The charts of a dataset; *reason* tells why there is none."""

    charts: tuple[KeptChart, ...] = ()
    reason: LocalText = LocalText()


def write_kept(kept: KeptCharts, path: Path) -> None:
    """Write the charts of a dataset into a file."""
    path.write_text(json.dumps(asdict(kept), ensure_ascii=False), encoding="utf-8")


def read_kept(path: Path) -> KeptCharts:
    """Return what was written; nothing where there is no such file."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return KeptCharts()
    return KeptCharts(tuple(map(_kept_chart, document["charts"])), LocalText(**document["reason"]))


def _kept_chart(entry: Mapping[str, Any]) -> KeptChart:
    return KeptChart(entry["name"], entry["resource"], chart_from(entry["chart"]), LocalText(**entry["title"]))


def chart_from(entry: Mapping[str, Any]) -> Chart:
    """Return a chart by what `asdict` made of it."""
    values = dict(entry)
    values["measure"] = _measure(entry["measure"])
    values["series"] = tuple(map(_series, entry["series"]))
    values["slots"] = tuple(LocalText(**slot) for slot in entry["slots"])
    values["moments"] = tuple(entry["moments"])
    values["edges"] = tuple(entry["edges"])
    values["extremes"] = tuple(entry["extremes"]) if entry["extremes"] else None
    for name in ("slot_title", "series_title"):
        values[name] = LocalText(**entry[name])
    sources = entry["sources"]
    values["sources"] = Sources(
        sources["rows"], sources["blanks"], tuple(LocalText(**text) for text in sources["left_out"])
    )
    return Chart(**values)


def _measure(entry: Mapping[str, Any]) -> Measure:
    return Measure(LocalText(**entry["title"]), LocalText(**entry["unit"]), entry["nature"], entry["function"])


def _series(entry: Mapping[str, Any]) -> Series:
    measure = entry["measure"]
    return Series(
        LocalText(**entry["name"]),
        tuple(entry["values"]),
        tuple(entry["partial"]),
        _measure(measure) if measure else None,
    )
