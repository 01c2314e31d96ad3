"""Addresses (URLs) inside the site: paths of pages by language (``/en``), relative links, page numbers."""

from __future__ import annotations

from portal.model.addresses import DATASETS as LIST_PATH
from portal.model.addresses import dataset_path, in_language, relative

__all__ = ["LIST_PATH", "dataset_path", "in_language", "relative"]
