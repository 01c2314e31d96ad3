"""Registers that do not say so: known by path, content and headings, wherever they would be given out."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from support import TODAY, contents

from portal.examining.validation.unsaid_registers import standard_like
from portal.model.catalog import Edition
from portal.pipeline import build
from portal.settings import load_settings
from portal.standards.loading import all_standards, standard_named
from portal.standards.visibility import keeps_back

HEADINGS = ["系统编号", "系统名称", "建设单位", "建设单位代码", "功能", "等级保护备案编号", "备注", "自用列"]
CELLS = ["hr", "人事系统", "办公室", "11990100MA0000101E", "管人事", "CANARYfiling", "CANARYremark", "CANARYown"]
TEXT = "\n".join(",".join(row) for row in (HEADINGS, CELLS)) + "\n"
RECORD = json.dumps([dict(zip(HEADINGS, CELLS, strict=True))], ensure_ascii=False)


def zipped(name: str, content: bytes) -> bytes:
    """Return a ZIP archive of one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def in_tar(name: str, content: bytes) -> bytes:
    """Return a packed TAR archive of one member."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def workbook() -> bytes:
    """Return the register as XLSX, below a title."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((["信息系统登记表"], HEADINGS, CELLS)):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


COPIES: dict[str, bytes] = {
    "copy.csv": TEXT.encode(),
    "copy.tsv": TEXT.replace(",", "\t").encode(),
    "copy.dat": TEXT.encode(),
    "copy.bin": TEXT.encode("gb18030"),
    "copy.json": RECORD.encode(),
    "copy.xlsx": workbook(),
    "copy.csv.gz": gzip.compress(TEXT.encode(), mtime=0),
    "a.zip": zipped("r.csv", TEXT.encode()),
    "b.zip": zipped("r.xlsx", workbook()),
    "c.zip": zipped("a.zip", zipped("r.json", RECORD.encode())),
    "d.tar.gz": in_tar("r.csv", TEXT.encode("gb18030")),
}


def release_of(root: Path, out: Path, edition: Edition) -> tuple[set[str], Path]:
    """Build, and return the codes of errors with the release."""
    result = build(load_settings(root, edition=edition), out, today=TODAY)
    assert result.folder is not None
    return {item.code for item in result.report if item.severity == "error"}, result.folder


def written(write_dataset: Callable[..., Path], resources: str, files: dict[str, bytes]) -> Path:
    """Write an open dataset that is shared without condition."""
    root = write_dataset(
        "name: made\ntitle: 标题\nlicenses: [{name: CC-BY-4.0}]\n"
        f"catalogue: {{open: true, sharing: {{type: unconditional}}}}\nresources: [{resources}]\n"
    )
    for name, content in files.items():
        (root / "made" / name).write_bytes(content)
    return root


@pytest.mark.parametrize("edition", ["open", "sharing"])
@pytest.mark.parametrize("name", sorted(COPIES))
def test_a_register_that_names_no_standard_is_refused(
    write_dataset: Callable[..., Path], tmp_path: Path, edition: Edition, name: str
) -> None:
    """As a table of any format, in archives, and under an ending that says nothing."""
    root = written(write_dataset, f"{{name: r, path: {name}}}", {name: COPIES[name]})
    codes, release = release_of(root, tmp_path / "build", edition)
    assert "register-unsaid" in codes
    assert b"CANARYfiling" not in b"".join(contents(release))


@pytest.mark.parametrize("path", ["./r.csv", "sub/../r.csv", "copy.csv", "same.dat", "a.zip"])
def test_a_second_copy_of_a_register_is_refused_too(
    write_dataset: Callable[..., Path], tmp_path: Path, path: str
) -> None:
    """Departments do not get beside the fields they may see the file that holds all of them."""
    files = {"r.csv": TEXT.encode(), "copy.csv": TEXT.encode(), "same.dat": TEXT.encode(), "a.zip": COPIES["a.zip"]}
    resources = f"{{name: r, path: r.csv, standard: information-system}}, {{name: raw, path: {path}}}"
    root = written(write_dataset, resources, files)
    (root / "made" / "sub").mkdir()
    codes, release = release_of(root, tmp_path / "build", "sharing")
    assert codes & {"register-unsaid", "path-unsafe"}
    content = b"".join(contents(release))
    assert [word for word in (b"CANARYfiling", b"CANARYremark", b"CANARYown") if word in content] == []


def test_a_register_that_says_so_is_given_out_in_part(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Departments get the fields that they may see, and a file of another kind beside it."""
    files = {"r.csv": TEXT.encode(), "notes.txt": "说明\n".encode()}
    resources = "{name: r, path: r.csv, standard: information-system}, {name: n, path: notes.txt}"
    codes, release = release_of(written(write_dataset, resources, files), tmp_path / "build", "sharing")
    assert codes == set()
    assert (release / "site" / "data" / "made" / "r.csv").read_text("utf-8").startswith("系统编号,系统名称")


@pytest.mark.parametrize(
    "labels",
    [
        ["系统名称", "建设单位", "站点", "地址"],
        ["任务编号", "任务内容", "牵头单位", "完成期限", "备注"],
        ["部门名称", "统一社会信用代码", "单位性质", "层级"],
        ["信息资源名称", "信息资源代码", "信息资源提供方", "信息资源摘要", "共享类型", "更新周期"],
        ["编号", "名称", "主管单位", "用途", "备注"],
    ],
)
def test_tables_with_a_few_of_the_headings_are_no_registers(labels: list[str]) -> None:
    """Lists of tasks, departments and resources are open data everywhere."""
    assert standard_like(labels, "open") is None
    assert standard_like(labels, "sharing") is None


@pytest.mark.parametrize("name", ["information-system", "private-network", "connection", "task-ledger"])
def test_every_standard_that_keeps_back_is_known_by_its_headings(name: str) -> None:
    """By the titles in either language, by the names for programs, and with a star, a width or a case of their own."""
    standard = standard_named(name)
    assert standard is not None
    for labels in (
        [item.name for item in standard.fields],
        [item.title.en.upper() for item in standard.fields],
        [f"{item.title.zh} *" for item in standard.fields],
        [item.title.zh for item in standard.fields if item.title.zh != "备注"],
    ):
        assert standard_like(labels, "open") == standard


def test_an_empty_file_has_no_headings(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """It is told as the empty file that it is."""
    root = write_dataset("name: made\nresources: [{name: t, path: t.csv}]\n", t__csv="")
    found = build(load_settings(root), tmp_path / "out", today=TODAY).report.findings
    assert "processing-failed" not in [item.code for item in found]


@pytest.mark.parametrize(
    "form",
    ["{}", "{}：", "*{}", "1.{}", "二、{}", "(3) {}", "“{}”", "{}（必填）", "【{}】", "#{}*", "１２．{}【选填】："],
)
def test_headings_are_known_however_a_form_decorates_them(form: str) -> None:
    """Numbers, stars, quotes and notes around the headings of a register hide it from nobody, in any order."""
    for standard in (item for item in all_standards() if keeps_back(item, "open")):
        labels = [form.format(item.title.zh) for item in reversed(standard.fields)]
        assert standard_like(labels, "open") == standard
        prefixed = [f"xt_{item.name.replace('_', '-')}" for item in standard.fields]
        assert standard_like(prefixed, "open") == standard
