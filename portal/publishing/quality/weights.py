"""Weights of the quality score: points of each metric, bands, days of an update cycle; quality.yaml.

Weights, thresholds and windows stand in `weights.yaml` beside this file, and quality.yaml takes precedence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from portal.findings.finding import Finding, found
from portal.model.quality import Band
from portal.model.text import LocalText
from portal.settings import read_mapping

OWN_FILE = "quality.yaml"
NUMBER_MAX = 100_000
"""The largest number that ``quality.yaml`` may state."""
FORMATS_MAX = 200
"""The longest list that ``quality.yaml`` may state."""

_DEFAULTS = Path(__file__).parent / "weights.yaml"


@dataclass(frozen=True)
class Weights:
    """What the assessment goes by. *windows* are in days, 0 for a cycle without one."""

    points: Mapping[str, int]
    """Points of each metric by its id, in the order in which they are shown."""
    bands: Mapping[str, int]
    """The fewest points of a band, of the 405 that there are by default."""
    non_proprietary: frozenset[str]
    machine_readable: frozenset[str]
    windows: Mapping[str, int]
    answer_days_max: int

    @property
    def points_max(self) -> int:
        """The points of all metrics together."""
        return sum(self.points.values())

    def band(self, points: float) -> Band:
        """Return the band that *points* of `points_max` lie in.

        >>> [default_weights().band(points) for points in (405, 351, 350, 221, 121, 120)]
        ['excellent', 'excellent', 'good', 'good', 'sufficient', 'bad']
        """
        scale = self.points_max / default_weights().points_max
        for name in ("excellent", "good", "sufficient"):
            if points >= self.bands[name] * scale:
                return name
        return "bad"


@lru_cache
def default_weights() -> Weights:
    """Return the weights as they come with the portal."""
    return _as_weights(read_mapping(_DEFAULTS))


def load_weights(datasets_dir: Path, profile: Literal["basic", "national"] = "basic") -> tuple[Weights, list[Finding]]:
    """Return the weights for a folder of datasets, and what is wrong in its quality.yaml.

    A key that does not exist or a value that cannot be used changes nothing. Raises ConfigurationError where the file
    is not well formed.
    """
    own = read_mapping(datasets_dir / OWN_FILE)
    if not own:
        return default_weights(), []
    findings: list[Finding] = []
    merged = _merged(read_mapping(_DEFAULTS), own, "", findings, profile)
    weights = _as_weights(merged)
    bands = weights.bands
    if not bands["excellent"] > bands["good"] > bands["sufficient"]:
        reason = LocalText("分数线应依次降低", "they should fall from band to band")
        findings.append(_unusable("metadata_score.bands", reason))
        merged["metadata_score"]["bands"] = dict(default_weights().bands)
    if not weights.points_max:
        reason = LocalText("各项分值不能都是 0", "not all of them can be 0")
        findings.append(_unusable("metadata_score.points", reason))
        merged["metadata_score"]["points"] = dict(default_weights().points)
    return _as_weights(merged), findings


def _merged(
    default: Mapping[str, Any], own: Mapping[str, Any], path: str, findings: list[Finding], profile: str
) -> dict[str, Any]:
    """Return *default* with the values of *own* that fit into the places they stand at."""
    merged = dict(default)
    for key, value in own.items():
        field = f"{path}{key}"
        if key not in default:
            severity: Literal["error", "warning"] = "error" if profile == "national" else "warning"
            findings.append(found("key-unknown", severity=severity, file=OWN_FILE, field=field))
        elif isinstance(default[key], Mapping):
            if isinstance(value, Mapping):
                merged[key] = _merged(default[key], value, f"{field}.", findings, profile)
            else:
                findings.append(_unusable(field, LocalText("应是键值对", "it should hold keys and values")))
        elif reason := next(_faults(default[key], value), None):
            findings.append(_unusable(field, reason))
        else:
            merged[key] = value
    return merged


def _faults(default: Any, value: Any) -> Iterator[LocalText]:
    if isinstance(default, list):
        if not isinstance(value, list) or len(value) > FORMATS_MAX or not all(isinstance(item, str) for item in value):
            yield LocalText("应是格式代码的列表", "it should be a list of codes of formats")
    elif not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= NUMBER_MAX:
        yield LocalText(f"应是 0 到 {NUMBER_MAX} 的整数", f"it should be a whole number from 0 to {NUMBER_MAX}")


def _unusable(field: str, reason: LocalText) -> Finding:
    return found("quality-setting-invalid", file=OWN_FILE, field=field, reason=reason)


def _as_weights(document: Mapping[str, Any]) -> Weights:
    score = document["metadata_score"]
    return Weights(
        points=score["points"],
        bands=score["bands"],
        non_proprietary=frozenset(score["non_proprietary"]),
        machine_readable=frozenset(score["machine_readable"]),
        windows=document["freshness"]["windows"],
        answer_days_max=document["links"]["answer_days_max"],
    )
