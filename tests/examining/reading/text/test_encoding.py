"""The encoding of a text file is decided over the whole of it."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import build_folder

from portal.examining.reading.text.encoding import PIECE_BYTES, decide_encoding, encoding_of, transcode, undecodable_at
from portal.findings.finding import Report
from portal.findings.words import said

DESCRIPTOR = """name: made
title: 数据
licenses: [{name: CC-BY-4.0}]
resources: [{name: t, path: t.csv}]
"""


def written(tmp_path: Path, content: bytes) -> Path:
    """Write a file."""
    path = tmp_path / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"", "utf-8"),
        (b"a,b\n", "utf-8"),
        ("市政府".encode(), "utf-8"),
        (codecs.BOM_UTF8 + b"a", "utf-8"),
        ("市政府".encode("utf-16"), "utf-16"),
        ("市政府".encode("gb18030"), "gb18030"),
        (b"a" * (2 * PIECE_BYTES) + "市政府".encode("gb18030"), "gb18030"),
        ("市".encode() + "政府，大家".encode("gb18030"), None),
        (b"\xff\xff\xff", None),
    ],
)
def test_the_encoding_is_what_decodes_every_byte(tmp_path: Path, content: bytes, encoding: str | None) -> None:
    """A mark first, then UTF-8, then GB18030; what neither decodes has none."""
    assert encoding_of(written(tmp_path, content)) == encoding


@given(text=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30))
def test_chinese_text_is_read_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever is decided, text in UTF-8 comes back; in GB18030 too, unless it is UTF-8 as well."""
    path = written(tmp_path_factory.mktemp("text"), text.encode())
    assert path.read_bytes().decode(encoding_of(path) or "") == text
    content = text.encode("gb18030")
    path.write_bytes(content)
    assert encoding_of(path) in ("gb18030", "utf-8")


CHINESE = "市政府办公室,学校\n关于印发,2\n"
TRADITIONAL = "市政府辦公室,學校\n關於印發,2\n"


@pytest.mark.parametrize(
    ("content", "declared", "decided"),
    [
        (CHINESE.encode(), "", ("utf-8", "whole", "")),
        (codecs.BOM_UTF8 + CHINESE.encode(), "", ("utf-8", "mark", "")),
        (CHINESE.encode("utf-16"), "", ("utf-16", "mark", "")),
        (CHINESE.encode("gb2312"), "", ("gb18030", "assumed", "")),
        (CHINESE.encode("gb2312"), "GB2312", ("gb18030", "declared", "")),
        ("朱镕基𠮷".encode("gb18030"), "gbk", ("gb18030", "declared", "")),
        (TRADITIONAL.encode("gbk"), "", ("gb18030", "assumed", "")),
        (TRADITIONAL.encode("big5"), "", ("", "", "encoding-unclear")),
        (TRADITIONAL.encode("big5"), "big5", ("big5", "declared", "")),
        (CHINESE.encode("utf-16-le"), "", ("", "", "encoding-unclear")),
        (CHINESE.encode("utf-16-be"), "", ("", "", "encoding-unclear")),
        (CHINESE.encode("utf-16-be"), "utf-16-be", ("utf-16-be", "declared", "")),
        (CHINESE.encode("utf-32"), "", ("", "", "encoding-unclear")),
        ("id,name\n1,café\n2,naïve Größe\n".encode("latin-1"), "", ("", "", "encoding-unclear")),
        ("id,name\n1,café\n".encode("cp1252"), "cp1252", ("cp1252", "declared", "")),
        (CHINESE.encode(), "gbk", ("", "", "encoding-error")),
        (codecs.BOM_UTF8 + b"a", "gbk", ("", "", "encoding-error")),
        (CHINESE.encode() + b"\xe5\n", "", ("", "", "encoding-error")),
        (CHINESE.encode("gbk"), "utf-8", ("", "", "encoding-error")),
        (b"a", "base64", ("", "", "encoding-error")),
        (b"a", "unicode_escape", ("", "", "encoding-error")),
        (b"a", "\ud800", ("", "", "encoding-error")),
    ],
)
def test_what_is_declared_marked_or_plausible_is_decided(
    tmp_path: Path, content: bytes, declared: str, decided: tuple[str, str, str]
) -> None:
    """What is more likely another encoding than GB18030 is asked for, and a declaration may not make it garbled."""
    found = decide_encoding(written(tmp_path, content), declared)
    assert (found.name, found.how, found.code) == decided


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "big5"])
def test_a_copy_in_utf8_has_the_same_text_without_marks(tmp_path: Path, encoding: str) -> None:
    """Line ends stay, over pieces too; marks are counted."""
    text = "市政府\r\n" * (PIECE_BYTES // 4)
    content = (codecs.BOM_UTF8 if encoding == "utf-8" else b"") + text.encode(encoding)
    target = tmp_path / "copy"
    assert transcode(written(tmp_path, content), encoding, target) == (encoding in ("utf-8", "utf-16"))
    assert target.read_bytes() == text.encode()


def test_the_line_of_a_bad_byte_is_told(tmp_path: Path) -> None:
    """Counted over pieces as over one."""
    path = written(tmp_path, b"a\n" * PIECE_BYTES + b"b\n\xff")
    assert undecodable_at(path, "utf-8") == PIECE_BYTES + 2


def build(root: Path, out: Path) -> tuple[Report, str]:
    """Build and return the report and the published CSV."""
    result = build_folder(root, out)
    path = out / "current" / "site" / "data" / "made" / "t.csv"
    return result.report, path.read_text(encoding="utf-8") if path.exists() else ""


def test_chinese_after_a_long_beginning_in_ascii_is_read_and_told(
    write_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    """A file that begins with 30,000 plain rows is not taken for something else; the assumption is a warning."""
    rows = [f"{number},x" for number in range(30_000)] + ["30000,市政府"]
    content = "\n".join(["id,name", *rows, ""]).encode("gb18030")
    report, text = build(write_dataset(DESCRIPTOR, t__csv=content), tmp_path / "build")
    assert text.splitlines()[-1] == "30000,市政府"
    assert [(item.code, item.severity) for item in report if "encoding" in item.code] == [
        ("encoding-assumed", "warning")
    ]


def test_bytes_of_no_known_encoding_refuse_the_dataset_at_their_row(
    write_dataset: Callable[..., Path], tmp_path: Path
) -> None:
    """Never a wrong character: rather no file."""
    report, text = build(write_dataset(DESCRIPTOR, t__csv=b"id\n1\n\xff\xff\n"), tmp_path / "build")
    assert text == ""
    assert [(item.code, item.row) for item in report if item.severity == "error"] == [("encoding-error", 3)]


def test_an_encoding_that_does_not_exist_is_a_finding(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A misspelt name is said as such."""
    text = DESCRIPTOR.replace("path: t.csv", "path: t.csv, encoding: gb-eighteen")
    report, _ = build(write_dataset(text, t__csv=b"id\n1\n"), tmp_path / "build")
    assert "encoding-error" in [item.code for item in report if item.severity == "error"]


def test_a_stray_nul_in_a_short_text_is_no_utf16(tmp_path: Path) -> None:
    """Commas and line ends without a NUL beside them tell."""
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,name\n1,a\x00b\n2,cd\n3,e\n")
    assert decide_encoding(path).code == ""
    path.write_bytes("id,name\n1,甲\n".encode("utf-16-le"))
    assert said(decide_encoding(path).note, "zh") == "UTF-16LE"


def test_big5_that_is_declared_as_gb18030_is_doubted(tmp_path: Path) -> None:
    """It decodes, to rare characters; real Chinese so declared is not doubted."""
    text = "編號,名稱,說明\n" + "1,臺北市政府資訊局,各機關開放資料集清單與說明\n" * 20
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode("big5"))
    found = decide_encoding(path, "gb18030")
    assert (found.name, found.code, found.likelier) == ("gb18030", "", "Big5")
    path.write_bytes("编号,名称\n1,市政府信息局\n".encode("gbk"))
    assert decide_encoding(path, "gb18030").likelier == ""


@pytest.mark.parametrize("good", [1, 200])
def test_one_bad_byte_in_western_utf8_is_told_at_its_row(tmp_path: Path, good: int) -> None:
    """Good sequences of UTF-8 and a byte of another encoding are broken UTF-8, however few, and never Chinese."""
    path = written(tmp_path, ("id,commune\n" + "1,Besançon\n" * good).encode() + b"2,Orl\xe9ans\n")
    found = decide_encoding(path)
    assert (found.name, found.code, found.row) == ("", "encoding-error", good + 2)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id,nombre\n1,Peña\n2,España\n3,niño\n", "cp1252"),
        ("id,ort\n1,Müller\n2,MÜLLER\n3,Évry\n", "cp1252"),
        ("id,имя\n" + "1,Москва\n2,Россия\n3,Дерево\n" * 3, "cp1251"),
        ("번호,이름\n1,서울특별시 강남구 역삼동\n2,대한민국 공공데이터 포털 개방 자료 목록과 설명\n", "euc_kr"),
        ("番号,名称\n1,ひらがなのテキスト\n2,オープンデータ\n", "cp932"),
    ],
)
def test_text_of_other_countries_is_asked_for(tmp_path: Path, text: str, encoding: str) -> None:
    """What decodes as GB18030 without being Chinese is refused, whatever it is."""
    found = decide_encoding(written(tmp_path, text.encode(encoding)))
    assert (found.name, found.code != "") == ("", True)


@pytest.mark.parametrize(
    "text",
    ["id,楼\n1,A座\n2,B座\n", "id,name\n1,T恤\n2,K线\n", "编号,应用\n1,iPhone版\n2,Android版\n", "id,n\n1,甲\n2,乙\n"],
)
def test_chinese_beside_latin_letters_is_chinese(tmp_path: Path, text: str) -> None:
    """Capital letters before a character, and words beside others that stand alone, are usual in Chinese."""
    assert decide_encoding(written(tmp_path, text.encode("gbk"))).name == "gb18030"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("番号,住所\n1,東京都千代田区\n2,さいたま市\n3,ひばりが丘\n4,カラオケ館\n", "cp932", "Shift_JIS"),
        ("番号,住所\n1,東京都千代田区\n2,さいたま市\n3,ひばりが丘\n4,カラオケ館\n", "euc_jp", "EUC-JP"),
        ("番号,住所\n1,東京都\n", "iso2022_jp", "ISO-2022-JP"),
        ("编号,名称\n1,市政府\n", "hz", "HZ"),
        ("번호,이름,값\n1,서울특별시,5\n2,부산광역시,6\n", "euc_kr", "EUC-KR"),
        ("номер,название\n1,Городская больница\n2,Средняя школа\n", "koi8_r", "KOI8-R"),
        ("номер,название\n1,Городская больница\n2,Средняя школа\n", "cp1251", "windows-1251"),
        ("κωδ,πόλη,τιμή\n1,Αθήνα,5\n2,Θεσσαλονίκη,6\n3,Πάτρα,7\n", "cp1253", "windows-1253"),
        ("编号,名称\n1,第一中学\n2,第一人民医院\n", "utf_16_le", "UTF-16LE"),
        ("编号,名称\n1,第一中学\n2,第一人民医院\n", "utf_16_be", "UTF-16BE"),
    ],
)
def test_the_encoding_that_is_asked_for_is_the_right_one(tmp_path: Path, text: str, encoding: str, name: str) -> None:
    """Who declares what the finding names reads the text as it was written."""
    path = written(tmp_path, text.encode(encoding))
    found = decide_encoding(path)
    assert (found.code, said(found.note, "en")) == ("encoding-unclear", name)
    transcode(path, decide_encoding(path, name).name, tmp_path / "copy")
    assert (tmp_path / "copy").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["编号,地点\n" + "1,北京\n" * 30, "代码,公里\n" + "1,公里\n" * 30])
def test_a_few_chinese_characters_again_and_again_are_no_korean(tmp_path: Path, text: str) -> None:
    """Though all of them stand in the rows where Korean has its syllables."""
    assert decide_encoding(written(tmp_path, text.encode("gbk"))).name == "gb18030"


def test_nothing_behind_the_last_euro_sign_is_lost(tmp_path: Path) -> None:
    """However close to the end of the file it stands, and wherever the pieces end."""
    for price in (b"\x805", b"\x8012\n", b"\x801\x80", b"\x80"):
        path = written(tmp_path, "名称,单价\n甲,".encode("gbk") + price)
        transcode(path, "gb18030", tmp_path / "copy")
        assert (tmp_path / "copy").read_bytes() == "名称,单价\n甲,".encode() + price.replace(b"\x80", "€".encode())


def test_the_euro_sign_of_windows_is_read(tmp_path: Path) -> None:
    """The byte 0x80 is € in code page 936; as the second byte of a character it stays what it is."""
    path = written(tmp_path, "名称,单价\n甲,".encode("gbk") + b"\x8012.50\n" + "亐€".encode("gb18030"))
    assert decide_encoding(path).name == "gb18030"
    transcode(path, "gb18030", tmp_path / "copy")
    assert (tmp_path / "copy").read_text(encoding="utf-8") == "名称,单价\n甲,€12.50\n亐€"
    assert decide_encoding(path, "cp936").how == "declared"


def test_western_text_that_is_declared_as_gb18030_is_doubted(tmp_path: Path) -> None:
    """Even where every byte decodes."""
    path = written(tmp_path, b"id,commune\n1,Orl\xe9ans\n2,Besan\xe7on\n")
    assert decide_encoding(path, "gb18030").likelier == "windows-1252"
