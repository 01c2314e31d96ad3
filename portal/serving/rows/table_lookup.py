"""The table behind an address: of a dataset and a resource, or several tables of one shape; else the reason (404).

A table that can be asked is found without reading any record; records are read for the reason alone.
"""

from __future__ import annotations

from difflib import get_close_matches

from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.rows.row_parameters import LIKE
from portal.publishing.rows.row_table import RowTable
from portal.publishing.rows.store_layout import RESOURCE_COLUMN
from portal.publishing.rows.store_plan import shape_of
from portal.serving.current_release import OpenRelease
from portal.serving.rows.known_columns import shown
from portal.serving.rows.refusals import NothingThereError, UnfittingError

_REASONS = {
    "closed": ("不开放，没有数据", "is not open: there are no rows of it"),
    "conditional": ("有条件开放，需申请获取，这里没有数据", "is open on conditions: ask its publisher for it"),
    "planned": ("尚未开放，没有数据", "is not open yet: there are no rows of it"),
}


def present_name(release: OpenRelease, dataset: str) -> str:
    """Return what the dataset is called now."""
    return release.moved.get(("datasets", dataset), dataset)


def table_of(release: OpenRelease, dataset: str, resource: str) -> RowTable:
    """Return one table. Raises NothingThereError with the reason where there is none to ask."""
    table = release.rows.table(dataset, resource) if _is_name(dataset) and _is_name(resource) else None
    if table is None:
        raise _no_rows(resource_of(dataset_of(release, dataset), resource))
    return table


def tables_of(release: OpenRelease, dataset: str, like: str) -> tuple[str, RowTable]:
    """Return all tables that have the columns of the resource *like*, with its name; "" is any where all are alike.

    Where no other has them it is that one table. Raises NothingThereError where there is none to ask, UnfittingError
    where they are not alike.
    """
    name = like or _any_table(dataset_of(release, dataset))
    single = table_of(release, dataset, name)
    if any(field.name == RESOURCE_COLUMN for field in single.fields):
        raise NothingThereError(
            LIKE.name,
            f"表格有名为 {RESOURCE_COLUMN} 的列，不能合并查询，请逐个查询",
            f"The tables have a column {RESOURCE_COLUMN} of their own and are asked one by one.",
        )
    return name, release.rows.together(dataset, name) or single


def dataset_of(release: OpenRelease, name: str) -> PublishedDataset:
    """Return a dataset. Raises NothingThereError where there is none."""
    published = release.records.get(name)
    if published is None:
        raise NothingThereError("name", f"没有名为“{shown(name)}”的数据集。", f'There is no dataset "{shown(name)}".')
    return published


def resource_of(published: PublishedDataset, name: str) -> PublishedResource:
    """Return a resource of a dataset. Raises NothingThereError with the reason where there is none."""
    dataset = published.dataset
    if dataset.open_state in _REASONS:
        zh, en = _REASONS[dataset.open_state]
        raise NothingThereError("name", f"数据集“{dataset.name}”{zh}。", f'The dataset "{dataset.name}" {en}.')
    names = [item.resource.name for item in published.resources]
    found = next((item for item in published.resources if item.resource.name == name), None)
    if found is None:
        listed = ", ".join(get_close_matches(name[:100], names, n=3) or names[:10])
        raise NothingThereError(
            "resource",
            f"数据集“{dataset.name}”没有名为“{shown(name)}”的资源。" + (f"可用：{listed}" if listed else ""),
            f'The dataset "{dataset.name}" has no resource "{shown(name)}".' + (f" It has {listed}." if listed else ""),
        )
    return found


def _any_table(published: PublishedDataset) -> str:
    """Return the name of a table of a dataset whose tables are all alike."""
    tables = [item for item in published.resources if item.table_file]
    if not tables:
        resource_of(published, published.resources[0].resource.name if published.resources else "")
        without_rows = next((item for item in published.resources if item.resource.kind == "table"), None)
        if without_rows:
            raise _no_rows(without_rows)
        raise NothingThereError(
            "name",
            f"数据集“{published.dataset.name}”没有表格。",
            f'The dataset "{published.dataset.name}" has no tables.',
        )
    if len({shape_of(item.table_schema) for item in tables}) > 1:
        names = ", ".join(item.resource.name for item in tables[:10])
        raise UnfittingError(
            LIKE.name,
            f"这个数据集的表格列不相同，请用 _like 指明一个：{names}",
            f"The tables of this dataset have different columns: name one with _like, e.g. {names}.",
        )
    return tables[0].resource.name


def _no_rows(item: PublishedResource) -> NothingThereError:
    """Return why the rows of a resource that exists cannot be asked for."""
    resource = item.resource
    if resource.kind == "link":
        zh, en = "是指向其他网站的链接", "is a link to another site"
    elif resource.kind == "file":
        zh, en = "不是表格，请下载文件", "is no table: download its file"
    elif resource.is_restricted:
        zh, en = "在本网站只公布统计，不公布各行", "is published here as counts alone"
    else:
        zh, en = "不能按行查询，请下载文件", "cannot be asked for rows: download its files"
    return NothingThereError("resource", f"资源“{resource.name}”{zh}。", f'The resource "{resource.name}" {en}.')


def _is_name(text: str) -> bool:
    """Whether *text* can be the name of a folder or file: nothing that leads out of one."""
    return bool(text) and text.isprintable() and not set(text) & set("/\\") and text.strip(".") != ""
