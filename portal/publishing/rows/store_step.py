"""The stage *store*: a store of rows for each dataset with tables, in parallel processes, and the list of stores.

They lie in ``rows/`` of a release, beside the site. A dataset whose rows cannot be stored is published all the same,
with a finding.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import file_digest
from pathlib import Path

from portal.findings.finding import Finding, found
from portal.model.errors import raise_refusal
from portal.model.limits import Limits
from portal.publishing.publication import PublishedDataset
from portal.publishing.rows.row_stores import INDEX_NAME
from portal.publishing.rows.store_plan import sources_of
from portal.publishing.rows.store_writing import write_store
from portal.workers import Progress, Silence, each

logger = logging.getLogger(__name__)

Stored = tuple[dict[str, str], list[str]]
"""The files of a store with their SHA-256, and the tables that were left out."""


def store_rows(
    datasets: Sequence[PublishedDataset],
    site_dir: Path,
    folder: Path,
    limits: Limits,
    *,
    jobs: int = 0,
    progress: Progress | None = None,
) -> list[Finding]:
    """Write the stores of *datasets*, whose files lie below *site_dir*, into the new folder *folder*.

    Return what tables have none. Raises OSError where the machine refuses, as when the disk is full.
    """
    progress = progress or Silence()
    progress.step("store", len(datasets))
    folder.mkdir(parents=True)
    stores, findings = {}, list[Finding]()
    for item, (files, left_out) in each(
        partial(_store_one, site_dir, folder),
        datasets,
        jobs=jobs,
        seconds_max=limits.dataset_seconds_max,
        killed=partial(_killed, folder),
        is_light=lambda item: not any(resource.table_schema for resource in item.resources),
    ):
        if files:
            stores[item.dataset.name] = files
        findings += _left_out(item, left_out)
        progress.advance(item.dataset.name)
    document = {
        "seconds_max": limits.query_seconds_max,
        "rows_max": limits.query_rows_max,
        "stores": stores,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / INDEX_NAME).write_text(f"{text}\n", encoding="utf-8")
    return findings


def _store_one(site_dir: Path, folder: Path, item: PublishedDataset) -> Stored:
    own = folder / item.dataset.name
    shutil.rmtree(own, ignore_errors=True)  # what a process that died left here may be cut short
    sources = sources_of(item, site_dir)
    if not sources:
        return {}, []
    try:
        left_out = write_store(sources, own)
    except Exception as error:
        raise_refusal(error)
        logger.debug("rows of %s", item.dataset.name, exc_info=error)
        shutil.rmtree(own, ignore_errors=True)
        return {}, [source.resource for source in sources]
    files = {}
    for path in sorted(own.iterdir()):
        with path.open("rb") as file:
            files[path.name] = file_digest(file, "sha256").hexdigest()
    return files, left_out


def _killed(folder: Path, item: PublishedDataset) -> Stored:
    shutil.rmtree(folder / item.dataset.name, ignore_errors=True)
    return {}, [resource.resource.name for resource in item.resources if resource.table_schema]


def _left_out(item: PublishedDataset, names: Sequence[str]) -> Iterator[Finding]:
    for name in names:
        yield found("rows-left-out", dataset=item.dataset.name, resource=name, file=item.dataset.descriptor_file)
