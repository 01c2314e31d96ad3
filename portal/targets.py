"""What a person names on the command line, as datasets to check: a portal, a folder, a descriptor or a bare file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.model.catalog import Catalog, Dataset
from portal.model.errors import ConfigurationError
from portal.model.findings import Finding
from portal.pipeline import Target
from portal.reading.bare import bare_dataset
from portal.reading.catalog import DESCRIPTOR_NAMES, load_catalog
from portal.settings import Settings, load_settings

_MARKS_OF_A_PORTAL = ("catalog.yaml", "publishers.yaml", "themes.yaml")


def targets_of(paths: Iterable[Path]) -> Iterator[Target]:
    """Yield what each of *paths* names. Raises ConfigurationError for one that does not exist or cannot be used.

    A dataset's folder is read with the settings of the portal it stands in; a bare file that a descriptor beside it
    names stands for that dataset, any other for itself.
    """
    for path in paths:
        if path.is_dir():
            yield _below(path)
        elif path.name in DESCRIPTOR_NAMES and path.is_file():
            yield _below(path.parent)
        elif path.is_file():
            yield _described(path) or _bare(path)
        else:
            raise ConfigurationError(f"找不到 {path}", f"There is nothing at {path}.")


def _below(folder: Path) -> Target:
    root = _portal_around(folder)
    settings = load_settings(root)
    catalog, report = load_catalog(settings)
    if root == folder:
        return Target(settings, catalog, catalog.datasets, tuple(report))
    prefix = folder.resolve().relative_to(root.resolve()).as_posix()
    chosen = tuple(item for item in catalog.datasets if _is_below(item.folder, prefix))
    names = {item.name for item in chosen}
    return Target(settings, catalog, chosen, tuple(item for item in report if _concerns(item, names, prefix)))


def _concerns(finding: Finding, names: set[str], prefix: str) -> bool:
    return finding.dataset in names or _is_below(finding.dataset or "", prefix) or _is_below(finding.file or "", prefix)


def _is_below(folder: str, prefix: str) -> bool:
    return folder == prefix or folder.startswith(f"{prefix}/")


def _portal_around(folder: Path) -> Path:
    """Return the folder of datasets that *folder* stands in, known by its settings; else *folder* itself."""
    for candidate in (folder, *folder.resolve().parents):
        if any((candidate / name).is_file() for name in _MARKS_OF_A_PORTAL):
            return candidate
    return folder


def _described(file: Path) -> Target | None:
    """Return the dataset whose descriptor stands in a folder above *file* and names it."""
    for folder in (file.parent, *file.parent.parents):
        if any((folder / name).is_file() for name in DESCRIPTOR_NAMES):
            target = _below(folder)
            chosen = tuple(item for item in target.datasets if _names_file(item, file))
            return Target(target.settings, target.catalog, chosen, target.findings) if chosen else None
    return None


def _names_file(dataset: Dataset, file: Path) -> bool:
    if dataset.source is None:
        return False
    wanted = file.resolve()
    paths = (dataset.source.folder / name for resource in dataset.resources for name in resource.paths)
    return any(path.resolve() == wanted for path in paths)


def _bare(file: Path) -> Target:
    dataset = bare_dataset(file)
    if dataset is None:
        raise ConfigurationError(f"无法检查 {file}", f"{file} cannot be checked.")
    settings = Settings(file.parent)
    return Target(settings, Catalog((dataset,), (dataset.publisher,), ()), (dataset,))
