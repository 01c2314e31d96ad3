"""sitemap.xml as a file, or several files and an index where the pages are more than one may hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO

from portal.model.addresses import SITEMAP, site_file, sitemap_part
from portal.model.text import LANGUAGES
from portal.publishing.formats import sitemap


class SitemapFiles:
    """Takes the pages one by one; the files are whole when the block ends without an error."""

    def __init__(self, site_dir: Path, base_url: str) -> None:
        self._site_dir = site_dir
        self._base_url = base_url
        self._parts: list[str] = []
        self._pages = 0
        self._file: IO[str] | None = None

    def __enter__(self) -> SitemapFiles:
        self._begin()
        return self

    def add(self, path: str, modified: date | None) -> None:
        """Add a page in all languages; *path* is its path in Chinese."""
        if self._pages + len(LANGUAGES) > sitemap.URLS_MAX:
            self._begin()
        assert self._file is not None
        self._file.write(sitemap.urls(path, base_url=self._base_url, modified=modified))
        self._pages += len(LANGUAGES)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        if kind is None:
            whole = self._site_dir / site_file(SITEMAP)
            if len(self._parts) == 1:
                (self._site_dir / site_file(self._parts[0])).replace(whole)
            else:
                whole.write_text(sitemap.index(self._base_url + path for path in self._parts), encoding="utf-8")

    def _begin(self) -> None:
        self._end()
        path = sitemap_part(len(self._parts) + 1)
        self._parts.append(path)
        self._pages = 0
        self._file = (self._site_dir / site_file(path)).open("w", encoding="utf-8", errors="replace", newline="")
        self._file.write(sitemap.HEAD)

    def _end(self) -> None:
        if self._file:
            self._file.write(sitemap.TAIL)
            self._file.close()
            self._file = None
