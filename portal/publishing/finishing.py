"""The stage *finish*: compressed variants, report.json, counts, manifest, hard links, release.json; then current."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portal.publishing.catalogue_counts import write_counts
from portal.publishing.files.manifest import write_manifest
from portal.publishing.files.manifest_lookup import Manifest
from portal.publishing.files.precompressed import write_variants
from portal.publishing.files.release_files import (
    RELEASE_FILE,
    REPORT_FILE,
    ReleaseStamp,
    write_release_file,
    write_report,
)
from portal.publishing.first_times import write_first_times
from portal.publishing.history import write_history
from portal.publishing.release import Draft, Release, current_release, reuse_unchanged
from portal.publishing.release_content import ReleaseContent
from portal.publishing.unchanged import keep_findings


def finish(draft: Draft, content: ReleaseContent, stamp: ReleaseStamp, *, jobs: int = 1) -> Release:
    """Make *draft* a release and current; files that the former one holds alike become hard links to those.

    Text files get compressed variants beside them.
    """
    variants = write_variants(draft.folder, jobs=jobs)
    folder, former = draft.folder, current_release(draft.out)
    write_report(content.report, folder / REPORT_FILE)
    write_counts(content, folder / "search")
    write_first_times(content, folder / "search", former / "search" if former else None)
    listed = ((path, entry.sha256) for path, entry in write_manifest(folder, content.datasets, variants))
    reuse_unchanged(folder, listed, former or folder, _former_files(former))
    write_release_file(content, stamp, folder / RELEASE_FILE)
    release = draft.finish()
    if content.quality:
        write_history(content.quality.history, draft.out)
    keep_findings(content.report, release, draft.out)
    return Release(release, tuple(content.datasets), content.report)


def _former_files(former: Path | None) -> Iterator[tuple[str, str]]:
    """Yield what the former release lists, as far as it can be read: without it the files only take more room."""
    try:
        if former:
            yield from ((path, entry.sha256) for path, entry in Manifest(former).entries())
    except (OSError, ValueError, TypeError):
        return
