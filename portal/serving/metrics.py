"""Prometheus metrics of the server: requests by route and status, durations, rows answered, refusals, the release.

Each worker counts into files of a folder that all share, and the process that started them adds those up where it is
asked, at a port of its own; so the numbers are those of all workers, also of one that died. ``/metrics`` is never
answered at the public port. Without ``--metrics-port`` nothing is counted.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.workers import end_with_parent

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus-client looks for the folder, when it is imported."""
_METHODS = frozenset("GET HEAD POST OPTIONS".split())
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counters of one process."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self.registry = CollectorRegistry()
        self._requests = Counter(
            "kaifang_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "kaifang_request_seconds", "Time to answer.", ("route",), buckets=_SECONDS, registry=self.registry
        )
        self._bytes = Counter("kaifang_answer_bytes", "Bytes of answers.", registry=self.registry)
        self._rows = Counter("kaifang_rows", "Rows of tables answered.", registry=self.registry)
        self._refused = Counter(
            "kaifang_requests_refused", "Requests refused since there were too many.", ("kind",), registry=self.registry
        )

        self._known: dict[tuple[str, str, int], tuple[Any, Any]] = {}

    def answered(self, *, method: str, route: str, status: int, size_bytes: int, seconds: float) -> None:
        """Count a request; *route* is the rule of the address, so that there are few of them."""
        known = (method if method in _METHODS else "other", route, status)
        counters = self._known.get(known)
        if counters is None:
            counters = self._requests.labels(known[0], route, str(status)), self._seconds.labels(route)
            self._known[known] = counters
        counters[0].inc()
        counters[1].observe(seconds)
        self._bytes.inc(size_bytes)

    def rows(self, count: int) -> None:
        """Count rows that were answered."""
        self._rows.inc(count)

    def refused(self, kind: str) -> None:
        """Count a request that was one too many of its *kind*."""
        self._refused.labels(kind).inc()


class _ReleaseFigures:
    """Tells which release is served, and when it was made, as it is at the moment."""

    def __init__(self, link: Path) -> None:
        self._link = link

    def collect(self) -> Iterable[Any]:
        """Yield the figures, none where there is no release."""
        from prometheus_client.core import GaugeMetricFamily

        try:
            info = json.loads((self._link / "release.json").read_text(encoding="utf-8"))
            built = datetime.fromisoformat(info["built_at"]).timestamp()
            datasets = float(info["counts"]["datasets"])
        except (OSError, ValueError, KeyError, TypeError):
            return
        figure = GaugeMetricFamily(
            "kaifang_release_built_timestamp_seconds", "When the release was built.", labels=["release", "version"]
        )
        figure.add_metric([str(info.get("id", "")), str(info.get("version", ""))], built)
        yield figure
        yield GaugeMetricFamily("kaifang_datasets", "Datasets of the release.", value=datasets)


def serve_metrics(host: str, port: int, folder: Path, release: Path) -> None:
    """Answer at *port* what all workers counted into *folder*, until the process is ended."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    registry.register(_ReleaseFigures(release))
    _, thread = start_http_server(port, addr=host, registry=registry)
    thread.join()
