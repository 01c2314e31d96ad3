"""Datasets are joined by what is declared, and lead to each other."""

from __future__ import annotations

from typing import Any

from portal.model.catalog import Dataset, Publisher, Resource
from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset, PublishedFile, PublishedResource
from portal.publishing.site.connections import Connections

SIZES = {"constraints": {"enum": ["large", "small", "none"]}}


def dataset(name: str, *fields: dict[str, Any], key: str = "") -> PublishedDataset:
    """Return a published dataset of one table with these columns."""
    resource = PublishedResource(
        Resource("t", LocalText("t"), "table", "csv", "text/csv"),
        (PublishedFile(f"data/{name}/t.csv", "csv", "text/csv", 1, "", "t.csv"),),
        table_schema={"fields": [{"type": "string", **field} for field in fields], "primaryKey": key},
    )
    publisher = Publisher("p", LocalText("p"))
    return PublishedDataset(Dataset(name, LocalText(name), name, f"{name}/datapackage.yaml", publisher), (resource,))


def told(datasets: list[PublishedDataset], name: str) -> list[tuple[str, str, list[str]]]:
    """Return how a dataset is joined: kind, column and the names of the others."""
    found = Connections(datasets).of(name)
    return [(one.kind, one.column, [item.dataset.name for item in one.others]) for one in found]


def test_a_reference_leads_there_and_back() -> None:
    """One to what is not there, or to itself, is none."""
    line = {"name": "line", "reference": {"dataset": "lines", "resource": "t", "fields": "id"}}
    lost = {"name": "x", "reference": {"dataset": "gone"}}
    own = {"name": "y", "reference": {"dataset": "rides"}}
    datasets = [
        dataset("lines", {"name": "id"}),
        dataset("rides", line, lost, own, {"name": "z", "reference": "lines"}),
    ]
    assert told(datasets, "rides") == [("refers", "line", ["lines"])]
    assert told(datasets, "lines") == [("referred", "line", ["rides"])]


def test_national_codes_lead_to_the_list_of_them() -> None:
    """Those that have the code lead to the dataset that lists each once, which leads to them all."""
    code = {"name": "统一社会信用代码"}
    datasets = [
        dataset("permits", code),
        dataset("firms", {"name": "code", "codeFormat": "uscc"}, key="code"),
        dataset("fines", code),
        dataset("codes-as-numbers", {**code, "type": "integer"}),
    ]
    assert told(datasets, "permits") == [("code", "统一社会信用代码", ["firms"])]
    assert told(datasets, "firms") == [("code", "code", ["fines", "permits"])]
    assert told(datasets, "codes-as-numbers") == []


def test_without_a_list_the_others_are_named() -> None:
    """Division codes are in both, and nobody lists them."""
    datasets = [dataset("a", {"name": "区划代码"}), dataset("b", {"name": "d", "title": "行政区划代码"})]
    assert told(datasets, "a") == [("code", "区划代码", ["b"])]


def test_one_list_of_values_under_one_name_joins() -> None:
    """In any order; another name, or a list of two, does not."""
    back = {"constraints": {"enum": ["none", "small", "large"]}}
    datasets = [
        dataset("a", {"name": "size", **SIZES}, {"name": "yes", "constraints": {"enum": ["y", "n"]}}),
        dataset("b", {"name": "size", **back}, {"name": "yes", "constraints": {"enum": ["y", "n"]}}),
        dataset("c", {"name": "other", **SIZES}, {"name": "bad", "constraints": "x"}),
    ]
    assert told(datasets, "a") == [("list", "size", ["b"])]
    assert told(datasets, "c") == []


def test_what_is_not_given_out_joins_nothing() -> None:
    """A dataset without files here has no columns that lead anywhere."""
    closed = PublishedDataset(dataset("closed").dataset)
    assert told([closed, dataset("a", {"name": "区划代码"})], "closed") == []
