"""Tools for agents about one dataset: columns, code lists, coverage, licence and update; addresses of its files."""

from __future__ import annotations

from typing import Any

from portal.model.errors import QueryError
from portal.model.text import LocalText
from portal.serving.mcp.tool_answers import AskedPortal, ToolAnswer, line, stated
from portal.serving.mcp.tool_arguments import FILES_FOR_AGENTS_MAX, DescribeArguments, FilesArguments
from portal.serving.rows.refusals import NothingThereError
from portal.serving.rows.table_lookup import dataset_of, present_name, resource_of
from portal.serving.v1.resource_shapes import FieldShape, FileShape, ResourceShape
from portal.serving.v1.shapes import DatasetDetail
from portal.serving.v1.views import described_dataset

RESOURCES_DESCRIBED = 10
"""Resources of a short description."""
COLUMNS_DESCRIBED = 60
"""Columns of a resource in a short description."""
VALUES_DESCRIBED = 30
"""Values of a code list in a short description."""
_DESCRIPTION_CHARACTERS = 600
_MEANING_CHARACTERS = 200
_VALUE_CHARACTERS = 100
_WHOLE = 1_000_000


def describe(asked: DescribeArguments, portal: AskedPortal) -> ToolAnswer:
    """Describe a dataset: in short, one resource of it in full, or everything."""
    detail = _detail(asked, portal)
    if asked.resource:
        resource = _resource(detail, asked.resource, portal)
        whole = resource.model_dump(mode="json") if asked.full else _described(resource, fully=True)
        return ToolAnswer({"dataset": detail.name, "resource": whole}, (_ROWS,))
    if asked.full:
        return ToolAnswer(detail.model_dump(mode="json"))
    data = {**_about(detail), "resources": _resources(detail.resources)}
    if len(detail.resources) > RESOURCES_DESCRIBED:
        data["resources_total"] = len(detail.resources)
        data["other_resources"] = [item.name for item in detail.resources[RESOURCES_DESCRIBED:]][:FILES_FOR_AGENTS_MAX]
    return ToolAnswer(stated(data), _more(detail))


def downloads(asked: FilesArguments, portal: AskedPortal) -> ToolAnswer:
    """Tell where the files of a dataset are."""
    detail = _detail(asked, portal)
    if detail.open != "open" or asked.resource:  # the reason why there is nothing
        resource_of(dataset_of(portal.release, detail.name), asked.resource)
    files = [
        {"resource": item.name, **_file(file)}
        for item in detail.resources
        for file in item.files
        if asked.resource in ("", item.name) and asked.format.lower() in ("", file.format.lower())
    ]
    links = [
        {"resource": item.name, "url": item.url}
        for item in detail.resources
        if item.url and asked.resource in ("", item.name)
    ]
    data = {
        "dataset": detail.name,
        "total": len(files),
        "files": files[:FILES_FOR_AGENTS_MAX],
        "links_elsewhere": links[:FILES_FOR_AGENTS_MAX],
        "archive": _file(detail.package) if detail.package and not asked.resource else None,
    }
    if not files and not links:
        formats = sorted({file.format for item in detail.resources for file in item.files})
        raise NothingThereError(
            "format",
            f"没有这种格式的文件。可用：{', '.join(formats)}",
            f"There is no file of this format. There are {', '.join(formats)}.",
        )
    fewer = LocalText("用 resource 和 format 缩小范围。", "Narrow it by resource and format.")
    return ToolAnswer(stated(data), (fewer,) if len(files) > FILES_FOR_AGENTS_MAX else ())


_ROWS = LocalText("preview_rows 和 query_rows 给出表格的行。", "preview_rows and query_rows give rows of its tables.")


def _detail(asked: DescribeArguments | FilesArguments, portal: AskedPortal) -> DatasetDetail:
    """Return all that is known of a dataset. Raises QueryError where there is none."""
    detail = described_dataset(portal.release, asked.dataset, asked.lang, portal.address)
    if detail is None:
        dataset_of(portal.release, present_name(portal.release, asked.dataset))
        raise QueryError("dataset", "没有这个数据集。", "There is no such dataset.")
    return detail


def _resource(detail: DatasetDetail, name: str, portal: AskedPortal) -> ResourceShape:
    """Return a resource, also a planned one. Raises QueryError with those there are."""
    for item in detail.resources:
        if item.name == name:
            return item
    resource_of(dataset_of(portal.release, detail.name), name)
    raise QueryError("resource", "没有这个资源。", "There is no such resource.")


def _about(detail: DatasetDetail) -> dict[str, Any]:
    """Return what is said of a dataset as a whole."""
    licence = detail.license
    return {
        "name": detail.name,
        "title": detail.title,
        "publisher": detail.publisher.model_dump(),
        "description": line(detail.description, _DESCRIPTION_CHARACTERS),
        "open": detail.open,
        "open_condition": detail.open_condition,
        "planned_on": detail.planned_on,
        "license": {"name": licence.name, "url": licence.url} if licence else None,
        "update_cycle": detail.update_cycle,
        "updated": detail.updated,
        "freshness": detail.quality.freshness if detail.quality else None,
        "spatial": detail.spatial,
        "temporal": detail.temporal,
        "themes": [theme.title for theme in detail.themes],
        "keywords": detail.keywords,
        "demonstration": detail.demonstration or None,
        "superseded_by": detail.superseded_by,
        "url": detail.url,
    }


def _resources(resources: list[ResourceShape]) -> list[dict[str, Any]]:
    """Return resources in short; columns that several have are told once."""
    told: dict[str, str] = {}
    listed = []
    for item in resources[:RESOURCES_DESCRIBED]:
        shape = repr([(field.name, field.type, field.title, field.constraints) for field in item.fields])
        described = _described(item)
        if item.fields and shape in told:
            described["columns"] = f"as {told[shape]}"
        told.setdefault(shape, item.name)
        listed.append(described)
    return listed


def _described(item: ResourceShape, *, fully: bool = False) -> dict[str, Any]:
    shown = _WHOLE if fully else COLUMNS_DESCRIBED
    references = {
        name: f"{key.resource or item.name}.{there}"
        for key in item.foreign_keys
        for name, there in zip(key.fields, key.reference_fields, strict=False)
    }
    return stated(
        {
            "name": item.name,
            "title": item.title,
            "description": line(item.description, _MEANING_CHARACTERS),
            "kind": item.kind,
            "rows": item.rows,
            "columns": [_column(field, references.get(field.name, ""), fully=fully) for field in item.fields[:shown]],
            "columns_total": len(item.fields) if len(item.fields) > shown else None,
            "primary_key": item.primary_key,
            "crs": item.crs,
            "link": item.url,
            "files": {file.format: file.url for file in item.files},
        }
    )


def _column(field: FieldShape, refers_to: str, *, fully: bool) -> dict[str, Any]:
    """Return a column with its meaning, and its code list where it has one."""
    limits = dict(field.constraints)
    values = limits.pop("enum", None)
    listed = values if isinstance(values, list) else []
    shown = len(listed) if fully else VALUES_DESCRIBED
    return stated(
        {
            "name": field.name,
            "title": field.title if field.title != field.name else None,
            "type": field.type,
            "meaning": field.description if fully else line(field.description, _MEANING_CHARACTERS),
            "values": listed if fully else [_begun(value) for value in listed[:shown]],
            "values_total": len(listed) if len(listed) > shown else None,
            "refers_to": refers_to,
            "constraints": limits,
            "from": field.minimum,
            "to": field.maximum,
            "empty_cells": field.gaps or None,
        }
    )


def _begun(value: Any) -> Any:
    return line(value, _VALUE_CHARACTERS) if isinstance(value, str) and len(value) > _VALUE_CHARACTERS else value


def _file(file: FileShape) -> dict[str, Any]:
    return {
        "format": file.format,
        "url": file.url,
        "size_bytes": file.size_bytes,
        "sha256": file.sha256,
        "original": file.original,
    }


def _more(detail: DatasetDetail) -> tuple[LocalText, ...]:
    if detail.open != "open":
        closed = "本数据集没有文件，只有目录条目。", "Of this dataset there are no files: only its entry is here."
        return (LocalText(*closed),)
    hints = [_ROWS]
    if len(detail.resources) > RESOURCES_DESCRIBED or any(
        len(one.fields) > COLUMNS_DESCRIBED for one in detail.resources
    ):
        hints.append(
            LocalText("resource=名称 给出一个资源的全部列。", "resource=name gives all columns of one resource.")
        )
    hints.append(
        LocalText(
            "download_addresses 给出全部文件；full=true 给出全部。",
            "download_addresses lists all files; full=true tells all.",
        )
    )
    return tuple(hints)
