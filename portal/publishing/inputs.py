"""Hash of all inputs of a build (data, settings, day, code, versions): whether anything changed.

Two builds with the same hash make the same release, byte for byte, but for the times at which records changed, which
go on from the release before. What was loaded goes in as the values that the other stages get, and every file that they
read as its bytes; never its time of change, which a copy or a checkout sets anew. So do the code, the installed
templates and the versions of Python and of every installed package. How many processes work and where results of checks
are kept changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from itertools import chain
from pathlib import Path

import portal
from portal.examining.loaded import Loaded
from portal.examining.validation.tables.kept_results import kept_record
from portal.findings.finding import Finding
from portal.model.catalog import Catalog
from portal.publishing.background import Background
from portal.publishing.site.charts.png_pictures import font_state
from portal.publishing.site.render import installed_templates


def hash_inputs(loaded: Loaded, background: Background) -> str:
    """Return a SHA-256, as 64 hex digits, over all that a release of *loaded* and *background* is made of."""
    digest = hashlib.sha256()
    settings, catalog = loaded.settings, loaded.catalog
    stated = (
        asdict(replace(settings, datasets_dir=Path(), findings=())),
        [asdict(item) for item in catalog.publishers],
        [asdict(item) for item in catalog.themes],
        asdict(background.basis),
        [[getattr(group, item.name) for item in fields(group)] for group in background.lexicon],
        [background.today, [asdict(point) for point in background.former_points]],
        sorted(_codes_that_matter(background.codes, catalog)),
        asdict(background.counted) if background.counted else None,
    )
    digest.update(json.dumps(stated, default=_plain).encode())
    for line in chain(_findings(loaded.report), _findings(background.findings), _datasets(catalog)):
        digest.update(line.encode("utf-8", "surrogatepass"))
    for place, files in (
        (settings.datasets_dir, _resource_files(catalog)),
        (background.templates, _files_below(background.templates)),
        *((folder, _files_below(folder)) for folder in _installed_folders()),
    ):
        for path in files:
            digest.update(f"{os.path.relpath(path, place)}\n".encode("utf-8", "surrogatepass"))
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    for path in _stated_paths(catalog):
        if not _is_readable(path):
            digest.update(
                f"{os.path.relpath(path, settings.datasets_dir)} {_state(path)}\n".encode("utf-8", "surrogatepass")
            )
    digest.update(
        "\n".join((portal.__version__, platform.python_version(), font_state(), *_installed_packages())).encode()
    )
    return digest.hexdigest()


def _plain(value: object) -> object:
    """Return what JSON does not know as something that it does, the same in every process."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _findings(findings: Iterable[Finding]) -> Iterator[str]:
    return (f"{json.dumps(kept_record(item))}\n" for item in findings)


def _datasets(catalog: Catalog) -> Iterator[str]:
    """Yield what was read of each dataset: its descriptor, and its resources, of which the descriptor says less.

    All else in a dataset follows from these, the settings, publishers and themes. Keys stay in their order: descriptors
    that are published keep it too.
    """
    for dataset in catalog.datasets:
        descriptor = json.dumps(dataset.descriptor, default=str)
        yield f"{dataset.descriptor_file}\n{descriptor}\n{dataset.resources}\n"


def _codes_that_matter(codes: Mapping[str, str], catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield the released codes that a rule could find something in.

    Not those of datasets that have their code still and alone: after the first build all are of that kind, and to
    build once more would change nothing.
    """
    claimants: dict[str, list[str]] = {}
    for dataset in catalog.datasets:
        claimants.setdefault(dataset.code, []).append(dataset.name)
    return ((name, code) for name, code in codes.items() if claimants.get(code) != [name])


def _resource_files(catalog: Catalog) -> list[Path]:
    """Return the files of all resources that can be read, in order; what is no plain file is never opened."""
    return [path for path in _stated_paths(catalog) if _is_readable(path)]


def _stated_paths(catalog: Catalog) -> list[Path]:
    """Return the paths that resources state, in order, whatever is there."""
    paths = {
        dataset.source.folder / name
        for dataset in catalog.datasets
        if dataset.source
        for resource in dataset.resources
        for name in resource.paths
    }
    return sorted(paths)


def _is_readable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.R_OK)


def _state(path: Path) -> str:
    """Return why a path cannot be read: each reason is another finding."""
    return "unreadable" if path.is_file() else "no plain file" if path.exists() else "missing"


def _files_below(folder: Path | None) -> list[Path]:
    """Return the files below *folder*, in order, without what Python compiles on its own."""
    files = folder.rglob("*") if folder else ()
    return sorted(path for path in files if path.is_file() and path.suffix != ".pyc")


def _installed_folders() -> Iterator[Path]:
    package = Path(portal.__file__).parent
    yield package
    if not installed_templates().is_relative_to(package):
        yield installed_templates()


def _installed_packages() -> list[str]:
    """Return name and version of every installed package, which is how the folders of their metadata are called."""
    folders = (Path(entry) for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages"))
    return sorted({path.name for folder in folders for path in folder.glob("*.*-info")})
