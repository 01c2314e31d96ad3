"""Resource codes: one for each dataset, the same for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import build_folder

from portal.examining.validation.metadata.description_rules import check_metadata
from portal.examining.validation.metadata.resource_code_rules import CODE_RULES
from portal.examining.validation.metadata.rule import facts_of
from portal.findings.words import mend_of
from portal.model.catalog import Catalog, Dataset, Publisher
from portal.model.guide import code_parts
from portal.model.text import LocalText

OFFICE = Publisher("office", LocalText("办公室"))
CODES = {"code-changed", "code-dropped", "code-reused", "code-duplicate"}


def told(*stated: tuple[str, str] | tuple[str, str, tuple[str, ...]], **released: str) -> dict[str, str]:
    """Return the finding for each dataset, given as name, code and former names, after what was *released*."""
    datasets = tuple(
        Dataset(name, LocalText(name), "", f"{name}/datapackage.yaml", OFFICE, code=code, former_names=tuple(*former))
        for name, code, *former in stated
    )
    facts = facts_of(Catalog(datasets, (OFFICE,), ()), is_national=False, today=None, released=released)
    found = ((item.name, finding.code) for item in datasets for rule in CODE_RULES for finding in rule(item, facts))
    return dict(found)


A, B = "307021000/000001", "307021000/000002"


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        (told(("x", A), x=A), {}),
        (told(("x", B), x=A), {"x": "code-changed"}),
        (told(("x", ""), x=A), {"x": "code-dropped"}),
        (told(("y", A), x=A), {"y": "code-reused"}),
        (told(("x", A), ("y", A), x=A), {"y": "code-reused"}),
        (told(("x", A), ("y", A)), {"x": "code-duplicate", "y": "code-duplicate"}),
        (told(("y", A, ("x",)), x=A), {}),
        (told(("y", B, ("x",)), x=A), {"y": "code-changed"}),
        (told(("x", A), ("y", B, ("x",)), x=A), {}),
        (told(("x", A), ("y", B)), {}),
    ],
    ids="kept changed dropped reused-of-gone claimed-beside both-new renamed renamed-changed false-claim new".split(),
)
def test_codes_stay_where_they_were_published(findings: dict[str, str], expected: dict[str, str]) -> None:
    """A published code is neither changed nor given to another; the one that had it first is not blamed."""
    assert findings == expected


def test_the_next_release_knows_the_codes_of_all_before_it(tmp_path: Path) -> None:
    """A dataset that came with another code, or took that of one that is gone, is refused, releases later too."""

    def build(**codes: str) -> set[tuple[str | None, str]]:
        root = tmp_path / "datasets"
        for folder in root.glob("office/*"):
            (folder / "datapackage.yaml").unlink(missing_ok=True)
        for name, code in codes.items():
            place = root / "office" / name
            place.mkdir(parents=True, exist_ok=True)
            place.joinpath("datapackage.yaml").write_text(
                f"name: {name}\ntitle: 标题\ndescription: 摘要。\nlicenses: [{{name: CC-BY-4.0}}]\n"
                f"catalogue: {{code: {code}}}\nresources: []\n",
                encoding="utf-8",
            )
        report = build_folder(root, tmp_path / "build").report
        return {(item.dataset, item.code) for item in report if item.code in CODES}

    assert build(one=A, two=B) == set()
    assert build(one=A) == set()
    assert build(one=A, two="307021000/000009", three=B) == {("two", "code-changed"), ("three", "code-reused")}
    assert build(one=A, two=B) == set()


def test_a_well_formed_code_has_its_parts() -> None:
    """The front is class, item, directory and what the department adds; the serial number has up to 12 digits."""
    assert code_parts("307021444444003176/000009") == ("307021444444003176", "000009")
    for wrong in ("407021/1", "30702/1", "307021/", "307021/1234567890123", "307021-1", "307021/1\n", "３07021/1"):
        assert code_parts(wrong) is None


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("399021001/000003", ["code-item-unknown"]),
        ("106021/1", ["code-item-unknown"]),
        ("308021/1", []),
        ("212000/1", []),
        ("407021/1", ["code-invalid"]),
    ],
)
def test_class_and_item_of_a_code_are_those_of_the_guide(code: str, codes: list[str]) -> None:
    """Also where no category is stated: the first three digits are one."""
    dataset = Dataset("x", LocalText("x"), "", "x/datapackage.yaml", OFFICE, code=code)
    facts = facts_of(Catalog((dataset,), (OFFICE,), ()), is_national=False, today=None)
    findings = [finding for rule in CODE_RULES for finding in rule(dataset, facts)]
    assert [item.code for item in findings] == codes
    assert all("01 国家人口" in mend_of(item).zh for item in findings if code.startswith("106"))


def test_the_rules_cost_the_same_however_large_the_catalogue_is() -> None:
    """What concerns all datasets is gathered once: no rule goes through the catalogue again."""

    class Counted(tuple[Dataset, ...]):
        walks = 0

        def __iter__(self):  # type: ignore[no-untyped-def]
            Counted.walks += 1
            return super().__iter__()

    def walks(number: int) -> int:
        Counted.walks = 0
        datasets = Counted(Dataset(f"d{n}", LocalText("题"), "", "", OFFICE, code=A) for n in range(number))
        check_metadata(Catalog(datasets, (OFFICE,), ()), profile="national")
        return Counted.walks

    assert walks(50) == walks(2)
