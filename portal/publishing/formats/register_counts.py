"""registers.json: how many records of a register each department has, for programs.

What the page of the dataset shows, as JSON. No vocabulary of the field has a place for such numbers; the file is ours,
beside the others of the dataset.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.model.addresses import dataset_path, standard_path
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset, RegisterCounts


def dump(published: PublishedDataset, *, base_url: str, departments: Mapping[str, LocalText]) -> dict[str, Any] | None:
    """Return the counts of a dataset's registers, None where it has none; *departments* are names by code.

    A code that no department of the portal has stands without a name. Records without a right code come last, with
    null for both.
    """
    if not published.registers:
        return None
    dataset = published.dataset
    titles = {item.name: item.title for item in dataset.resources}
    return {
        "dataset": dataset.name,
        "page": base_url + dataset_path(dataset.name),
        "updated": dataset.updated.isoformat() if dataset.updated else None,
        "registers": [_register(item, titles[item.resource], base_url, departments) for item in published.registers],
    }


def _register(
    counts: RegisterCounts, title: LocalText, base_url: str, departments: Mapping[str, LocalText]
) -> dict[str, Any]:
    return {
        "resource": counts.resource,
        "title": _both(title),
        "standard": counts.standard,
        "standard_page": base_url + standard_path(counts.standard),
        "records": sum(number for _, number in counts.departments),
        "departments": [
            {"code": code or None, "name": _both(departments.get(code)), "records": number}
            for code, number in counts.departments
        ],
    }


def _both(text: LocalText | None) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text else None
