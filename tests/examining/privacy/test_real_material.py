"""Made-up people are all found; look-alikes and real open data are not refused."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from support import PROJECT, SHARED, needs_shared_data, real_cases

from portal.examining.privacy.documents.document_texts import passages
from portal.examining.privacy.documents.text_found import NotRead, Passage
from portal.examining.privacy.inner_tables import in_inner_table
from portal.examining.privacy.recognising.passages import hits_in
from portal.examining.privacy.screening import screen
from portal.examining.privacy.sieve import table_columns
from portal.examining.privacy.sieved_cells import CellsOfRows
from portal.examining.privacy.sightings import Sighting
from portal.examining.privacy.tabular import TableScreen
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.model.limits import Limits
from portal.settings import load_settings

TODAY = date(2026, 6, 1)
TABLES = [path for folder in ("cn", "packages", "fixtures") for path in sorted((SHARED / folder).rglob("*.csv"))]


def sightings(path: Path) -> list[Sighting]:
    """Return what is seen in a CSV file of any encoding."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030", "big5hkscs", "latin-1"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    rows = list(enumerate(csv.reader(text.splitlines()), start=1))
    labels = rows[0][1] if rows else []
    cells = CellsOfRows(rows[1:], len(labels))
    return list(TableScreen(cells, table_columns(labels, [], "r", frozenset()), TODAY).sightings())


@needs_shared_data
def test_every_made_up_identifier_is_found() -> None:
    """Forty people: every column and every number in the remarks; the order number is none."""
    path = SHARED / "pii" / "people_made.csv"
    notes = [row["备注"] for row in csv.DictReader(path.open(encoding="utf-8-sig"))]
    ids = sum(bool(re.search(r"\d{17}[\dX]", note)) for note in notes)
    mobiles = sum("手机" in note for note in notes)
    assert {(item.field, item.kind, item.certainty, item.count) for item in sightings(path)} == {
        ("姓名", "name", "certain", 40),
        ("身份证号", "id", "certain", 40),
        ("手机号", "phone", "certain", 40),
        ("银行卡号", "card", "certain", 40),
        ("邮箱", "email", "certain", 40),
        ("住址", "address", "certain", 40),
        ("车牌号", "plate", "certain", 40),
        ("备注", "id", "certain", ids),
        ("备注", "phone", "certain", mobiles),
    }


@needs_shared_data
def test_no_look_alike_is_found() -> None:
    """Codes, amounts, coordinates, hotlines and numbers in web addresses."""
    assert sightings(SHARED / "pii" / "not_people.csv") == []


@needs_shared_data
@pytest.mark.parametrize("path", real_cases(TABLES), ids=lambda path: path.name)
def test_real_open_tables_hold_nothing(path: Path) -> None:
    """Divisions, stations, cases, catalogues, Data Packages: no finding at all."""
    assert sightings(path) == []


@needs_shared_data
def test_catalogues_of_real_portals_hold_contacts_only() -> None:
    """Of some records of three portals nothing is taken for an id, a card, a plate or a secrecy mark."""
    kinds: set[str] = set()
    for name in ("anhui_anhui.json", "zhejiang_jiaxing.json", "guangxi_guilin.json"):
        for item in passages(SHARED / "cn" / "catalog" / name, "json"):
            assert not isinstance(item, NotRead)
            if isinstance(item, Passage):
                kinds.update(hit.kind for hit in hits_in(item.text, TODAY))
            else:
                kinds.update(seen.kind for seen in in_inner_table(item, "r", frozenset(), TODAY).sightings)
    assert kinds <= {"phone", "email"}


def test_datasets_of_the_sample_pass(tmp_path: Path) -> None:
    """A few datasets of the invented city have no finding of the gate."""
    catalog, _ = load_catalog(load_settings(PROJECT / "datasets"))
    names = {"city-schools", "social-organisations", "parking-lots", "public-parks", "credit-lists", "order-39-tasks"}
    chosen = [item for item in catalog.datasets if item.name in names]
    assert len(chosen) == len(names)
    for dataset in chosen:
        work_dir = tmp_path / dataset.name
        work_dir.mkdir()
        data = understand(dataset, work_dir, Limits())
        assert list(screen(data, Limits(), work_dir, today=TODAY)) == []
