"""The release that is served, looked up at every request: a swap of ``current`` needs no restart."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from portal.model.addresses import static_path
from portal.model.errors import ReleaseError
from portal.model.portal import Directory
from portal.publishing.files.manifest_lookup import Manifest
from portal.publishing.rows.row_stores import RowStores
from portal.publishing.search.catalogue_search import CatalogueSearch, open_search
from portal.publishing.search.dataset_store import Records
from portal.publishing.search.engine import SearchEngine
from portal.publishing.search.engines.search_index import open_engine, open_lists
from portal.publishing.search.engines.wordless_engine import SearchUnavailable
from portal.publishing.search.search_documents import SearchDocuments
from portal.publishing.search.solr.solr_index import FILE_NAME as SOLR_FILE
from portal.publishing.search.solr.solr_index import SolrIndex, open_solr_index
from portal.publishing.site.assets import lasting_addresses
from portal.publishing.site.render import Renderer
from portal.serving.damage import DAMAGES_TOLD_MAX, Watch
from portal.serving.preconditions import whole_second
from portal.serving.rows.kept_questions import KeptQuestions

_STATIC = f"site{static_path('')}"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenRelease:
    """A release with all that answers need, opened once."""

    folder: Path
    info: dict[str, Any]
    manifest: Manifest
    records: Records
    rows: RowStores
    directory: Directory
    moved: dict[tuple[str, str], str]
    """The present name for each kind and former name."""
    engine: SearchEngine
    search: CatalogueSearch
    """The whole search: by the engine, and what may be meant beyond its hits."""
    solr: SolrIndex | None
    """The index for CKAN's searches; None in a release of an earlier version."""
    renderer: Renderer
    watch: Watch
    since: datetime
    """When it became the current release; of a folder that is served by its own name, when it was made."""
    questions: KeptQuestions = field(default_factory=KeptQuestions)

    @property
    def today(self) -> date:
        """The day for which the release was built."""
        return date.fromisoformat(self.info["today"])


class ReleaseSource:
    """Gives the release behind *path*: a folder, or a link that moves from one release to the next."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._open: OpenRelease | None = None
        self._state: tuple[int, ...] = ()
        """What the system says of the folder that is open, as far as it was looked up by its path."""

    def current(self) -> OpenRelease:
        """Return the release, opening it where the link has moved. Raises ReleaseError where there is none.

        A release that cannot be opened leaves the one before in service.
        """
        state = _state(self._path)
        opened = self._open
        if opened and state and state == self._state:
            return opened  # so it is for nearly all requests: to resolve a path costs far more
        folder = self._folder()
        if opened and opened.folder == folder:
            if state == _state(self._path):
                self._state = state
            return opened
        with self._lock:
            folder = self._folder()
            if self._open is None or self._open.folder != folder:
                try:
                    self._open = open_release(folder, link=self._path)
                except ReleaseError:
                    if self._open is None:
                        raise
            return self._open

    def _folder(self) -> Path:
        """Return where the path leads; the path itself where its links lead in a circle, so that it is no release."""
        try:
            return self._path.resolve()
        except (OSError, RuntimeError):
            return self._path


def open_release(folder: Path, *, link: Path | None = None) -> OpenRelease:
    """Open the release in *folder*, to which *link* leads. Raises ReleaseError where it is none, or not whole."""
    try:
        info = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        _ = info["id"], info["built_at"], info["today"], info["version"], info["counts"]["datasets"]
        manifest = Manifest(folder)
        records = Records(folder / "search" / "records.sqlite")
        watch = Watch(folder, manifest)
        rows = RowStores(folder / "rows")
        engine = _engine(folder / "search", watch, records)
        return OpenRelease(
            folder=folder,
            info=info,
            manifest=manifest,
            records=records,
            rows=rows,
            directory=records.directory(),
            moved=records.moved(),
            engine=engine,
            search=open_search(folder / "search", rows, engine, watch.index_damage),
            solr=open_solr_index(folder / "search" / SOLR_FILE),
            renderer=Renderer(folder / "templates", lasting_addresses(_addresses(manifest))),
            watch=watch,
            since=whole_second(max(_switched(link), (folder / "release.json").stat().st_mtime)),
        )
    except ReleaseError:
        raise
    except Exception as error:
        raise ReleaseError(
            f"{folder} 不是完整的版本。请先运行 portal build。",
            f"{folder} holds no whole release. Run portal build first.",
        ) from error


def _engine(folder: Path, watch: Watch, records: Records) -> SearchEngine:
    """Open the index; where it is damaged, what answers lists without words."""
    reason: object = ", ".join(watch.words_damage[:DAMAGES_TOLD_MAX])
    if not reason:
        try:
            return open_engine(folder)
        except SearchUnavailable as error:
            reason = error.__cause__
    logger.error("the index of the release is damaged, words are refused until the next build: %s", reason)
    return open_lists(folder, SearchDocuments(records.several(records.names())), watch.words_damage)


def _addresses(manifest: Manifest) -> Iterator[str]:
    """Yield the addresses of what pages are drawn with."""
    return (path.removeprefix("site") for path, entry in manifest.below(_STATIC) if not entry.encoding)


def _state(path: Path) -> tuple[int, ...]:
    """Return by what a folder is known, whatever leads to it: another one differs, one that is changed too."""
    try:
        status = os.stat(path)  # noqa: PTH116 - asked at every request
    except OSError:
        return ()
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _switched(link: Path | None) -> float:
    """Return when *link* was set, 0 where the release has none."""
    return link.lstat().st_mtime if link and link.is_symlink() else 0
