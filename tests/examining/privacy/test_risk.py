"""Small groups and linkage: who can be told apart by what is no identifier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from portal.examining.privacy.risk import linkage
from portal.examining.understanding import UnderstoodDataset
from portal.findings.finding import Finding
from portal.findings.words import message_of
from portal.model.limits import Limits

Screened = Callable[..., list[Finding]]
Understood = Callable[..., UnderstoodDataset]

QUASI = "catalogue: {quasi_identifiers: [出生年份, 性别, 街道]}\n"
GROUP = "1950,女,甲街\n"


def test_small_groups_are_counted_and_never_quoted(screened: Screened) -> None:
    """Two groups under five, the smallest a single row; no value of them is shown."""
    text = "出生年份,性别,街道\n" + GROUP * 6 + "1951,男,乙街\n" * 4 + "1952,男,丙街\n"
    (finding,) = screened(QUASI, a__csv=text)
    assert (finding.code, finding.severity, finding.value) == ("small-groups", "warning", None)
    assert message_of(finding).zh == "按 出生年份、性别、街道 分组，有 2 组少于 5 行，最小的只有 1 行。"


def test_groups_of_five_are_fine(screened: Screened) -> None:
    """K = 5 is enough."""
    assert screened(QUASI, a__csv="出生年份,性别,街道\n" + GROUP * 5) == []


def test_quasi_identifiers_are_proposed(screened: Screened) -> None:
    """Age, sex and a small area of persons stand together: declare them; a table of counts is none."""
    rows = "年龄,性别,街道\n" + "70,女,甲街\n" * 5
    assert [item.code for item in screened(a__csv=rows)] == ["quasi-identifiers-undeclared"]
    assert screened("catalogue: {quasi_identifiers: []}\n", a__csv=rows) == []
    assert screened(a__csv="年龄,性别,街道,人数\n70,女,甲街,3\n") == []


def test_two_tables_that_join_to_small_groups_are_told(understood: Understood, tmp_path: Path) -> None:
    """Each is safe alone; by the number they share, a person is left."""
    births = "编号,出生年份\n" + "".join(f"{number:03d},{1950 + number % 2}\n" for number in range(20))
    places = "编号,街道\n" + "".join(f"{number:03d},{'甲乙丙丁'[number % 4]}街\n" for number in range(17))
    one = understood("births", "catalogue: {quasi_identifiers: [出生年份]}\n", a__csv=births)
    two = understood("places", "catalogue: {quasi_identifiers: [街道]}\n", a__csv=places)
    (finding,) = linkage([one, two], Limits(), tmp_path)
    assert (finding.code, finding.severity, finding.dataset, finding.field) == (
        "linkage-risk",
        "warning",
        "births",
        "编号",
    )
    assert "places/r0" in message_of(finding).en
    assert "3 groups have fewer than 5 rows, the smallest 4" in message_of(finding).en


def test_unrelated_keys_do_not_join(understood: Understood, tmp_path: Path) -> None:
    """The same name of a column is not enough: the values must be the same for the most part."""
    births = "编号,出生年份\n" + "".join(f"A{number},{1950 + number}\n" for number in range(20))
    places = "编号,街道\n" + "".join(f"B{number},{number}街\n" for number in range(20))
    one = understood("births", "catalogue: {quasi_identifiers: [出生年份]}\n", a__csv=births)
    two = understood("places", "catalogue: {quasi_identifiers: [街道]}\n", a__csv=places)
    assert list(linkage([one, two], Limits(), tmp_path)) == []
