"""Paths given to ``portal check``: a portal, a folder, a descriptor or a bare file, as datasets to check.

What a person names on the command line is found here, and the portal that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from portal.examining.loaded import Loaded, load
from portal.examining.reading.descriptors.bare_files import bare_dataset, packed_tables
from portal.examining.reading.descriptors.further_descriptors import DESCRIPTOR_NAMES
from portal.findings.finding import Finding, Report
from portal.model.catalog import Catalog, Dataset
from portal.model.errors import ConfigurationError
from portal.settings import Settings, load_settings

_MARKS_OF_A_PORTAL = ("catalog.yaml", "publishers.yaml", "themes.yaml")


def targets_of(paths: Iterable[Path]) -> Iterator[Loaded]:
    """Yield what each of *paths* names. Raises ConfigurationError for one that does not exist or cannot be used.

    A dataset's folder is read with the settings of the portal it stands in; a bare file that a descriptor beside it
    names stands for that dataset, any other for itself.
    """
    for path in paths:
        try:
            yield _target(path)
        except PermissionError as error:
            raise ConfigurationError(
                f"没有访问 {path} 的权限。请在属性里给运行门户的账号读取权限，或请管理员处理。",
                f"{path} may not be opened. Give the account that runs the portal the right to read it, "
                "or ask the administrator.",
            ) from error


def _target(path: Path) -> Loaded:
    if path.is_dir():
        return _below(_datasets_of(path))
    if path.name in DESCRIPTOR_NAMES and path.is_file():
        return _below(path.parent)
    if path.is_file():
        return _described(path) or _bare(path)
    raise ConfigurationError(f"找不到 {path}", f"There is nothing at {path}.")


def holds_nothing(path: Path, target: Loaded) -> bool:
    """Whether nothing at *path* can be checked: no dataset, none that could not be read, no portal still empty."""
    return not target.datasets and not target.report.refused() and not _is_portal(_datasets_of(path))


def _datasets_of(folder: Path) -> Path:
    """Return the folder of datasets where *folder* is the one that a portal was begun in; else *folder*."""
    inner = folder / "datasets"
    return inner if not _is_portal(folder) and _is_portal(inner) else folder


def _below(folder: Path) -> Loaded:
    root = _portal_around(folder)
    settings = load_settings(root)
    loaded = load(settings)
    if root == folder:
        return loaded
    prefix = folder.resolve().relative_to(root.resolve()).as_posix()
    chosen = tuple(item for item in loaded.datasets if _is_below(item.folder, prefix))
    names = {item.name for item in chosen}
    findings = (item for item in loaded.report if _concerns(item, names, prefix))
    return replace(loaded, datasets=chosen, report=Report(tuple(findings)))


def _concerns(finding: Finding, names: set[str], prefix: str) -> bool:
    return finding.dataset in names or _is_below(finding.dataset or "", prefix) or _is_below(finding.file or "", prefix)


def _is_below(folder: str, prefix: str) -> bool:
    return folder == prefix or folder.startswith(f"{prefix}/")


def _portal_around(folder: Path) -> Path:
    """Return the folder of datasets that *folder* stands in, known by its settings; else *folder* itself."""
    return next((candidate for candidate in (folder, *folder.resolve().parents) if _is_portal(candidate)), folder)


def _is_portal(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _MARKS_OF_A_PORTAL)


def _described(file: Path) -> Loaded | None:
    """Return the dataset whose descriptor stands in a folder above *file* and names it."""
    for folder in (file.parent, *file.parent.parents):
        if any((folder / name).is_file() for name in DESCRIPTOR_NAMES):
            target = _below(folder)
            chosen = tuple(item for item in target.datasets if _names_file(item, file))
            # What stands beside the file is not what was asked.
            findings = tuple(item for item in target.report if item.severity == "error" or item.dataset)
            return replace(target, datasets=chosen, report=Report(findings)) if chosen else None
    return None


def _names_file(dataset: Dataset, file: Path) -> bool:
    if dataset.source is None:
        return False
    wanted = file.resolve()
    paths = (dataset.source.folder / name for resource in dataset.resources for name in resource.paths)
    return any(path.resolve() == wanted for path in paths)


def _bare(file: Path) -> Loaded:
    packed = packed_tables(file)
    dataset = bare_dataset(file, entry=packed[0] if len(packed) == 1 else None)
    if dataset is None:
        raise ConfigurationError(f"无法检查 {file}", f"{file} cannot be checked.")
    settings = Settings(file.parent)
    return Loaded(settings, Catalog((dataset,), (dataset.publisher,), ()), (dataset,))
