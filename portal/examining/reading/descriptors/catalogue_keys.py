"""Known keys of ``catalogue:`` in datapackage.yaml, and the keys within them."""

from __future__ import annotations

from collections.abc import Mapping

from portal.model.guide import VOLUME_FIELDS

CATALOGUE_KEYS = frozenset(
    (
        "areas category code demonstration derived_from format former_names granularity items location network "
        "online_url open ownership phone planned privacy_exception provider_unit public_contact published publisher "
        "quasi_identifiers related_codes responsible review secrecy sharing spatial superseded_by systems temporal "
        "themes update_cycle updated volume"
    ).split()
)

PARTS_OF_KEYS: Mapping[str, frozenset[str]] = {
    "category": frozenset(["class", "item", "dir", "subdir"]),
    "format": frozenset(["class", "type", "other"]),
    "sharing": frozenset(["type", "condition", "basis", "method"]),
    "open": frozenset(["is_open", "condition"]),
    "planned": frozenset(["on"]),
    "volume": frozenset(VOLUME_FIELDS),
}
"""The keys within keys of ``catalogue`` that hold several things."""
