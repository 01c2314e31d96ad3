"""The commands as a person types them: exit status, one clear sentence, never a traceback."""

from __future__ import annotations

import ast
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from support import FIXTURES, PROJECT, run, run_alone

from portal.cli.click_words import FORMS, MESSAGES, MODULES


def test_a_good_folder_ends_with_0_and_a_summary(tmp_path: Path) -> None:
    """The summary says what was published and where."""
    status, output = run_alone("build", FIXTURES / "tiny", "--out", tmp_path / "build", "--today", "2026-06-01")
    assert status == 0
    assert "Published: 3 datasets, 15 files, 8 rows" in output
    assert f"Release: {tmp_path}/build/releases/" in output
    assert "Validating (3)" in output


def test_a_refused_dataset_ends_with_1_and_its_finding(tiny: Path, tmp_path: Path) -> None:
    """Where, what, how to mend; and the others are published."""
    table = tiny / "education" / "schools" / "schools.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("320", "三十"), encoding="utf-8")
    status, output = run("build", tiny, "--out", tmp_path / "build")
    assert status == 1
    assert (
        'education/schools/schools.csv:2:3 type-error: Field "学生数" holds "三十", which is not an integer.\n'
        "    → Write digits, e.g. 30.\n" in output
    )
    assert "Refused: 1 dataset: schools" in output
    assert "Published: 2 datasets" in output


def test_strict_ends_with_1_and_releases_nothing(tiny: Path, tmp_path: Path) -> None:
    """There is no release, and the summary says so."""
    (tiny / "education" / "schools" / "schools.csv").unlink()
    status, output = run("build", tiny, "--out", tmp_path / "build", "--strict")
    assert status == 1
    assert "Nothing was released" in output
    assert not (tmp_path / "build" / "current").exists()


def test_chinese_is_spoken_where_it_is_asked_for(tmp_path: Path) -> None:
    """The same summary in Chinese."""
    status, output = run("build", FIXTURES / "tiny", "--out", tmp_path / "build", lang="zh")
    assert status == 0
    assert "已发布：3 个数据集，15 个文件，8 行" in output


def test_equal_errors_are_one_group(tiny: Path, tmp_path: Path) -> None:
    """A hundred equal errors in one column are shown once with their number."""
    rows = "".join(f"{number:04},校,x,2000-01-01,是\n" for number in range(100))
    (tiny / "education" / "schools" / "schools.csv").write_text(
        f"学校代码,名称,学生数,建校日期,寄宿\n{rows}", encoding="utf-8"
    )
    _, output = run("build", tiny, "--out", tmp_path / "build")
    assert output.count("type-error") == 1
    assert "(100 times)" in output


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["check", FIXTURES / "tiny"], 0, "Checked: 3 datasets"),
        (["check", FIXTURES / "broken" / "type-error"], 1, "1 refused"),
        (["fly"], 2, "No such command 'fly'."),
    ],
)
def test_a_process_ends_with_the_status_of_its_command(arguments: list[str | Path], status: int, said: str) -> None:
    """Good, done with refusals, badly called; most tests here run a command without a process of its own."""
    ended, output = run_alone(*arguments)
    assert ended == status
    assert said in output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["build", "nowhere"], "There is no folder of datasets at nowhere."),
        (["build", "--nope"], "No such option '--nope'. See portal build --help."),
        (["approve", "x", "--by", "a"], "Missing option '--basis'. See portal approve --help."),
        (["build", "--jobs", "0"], "Invalid value for '--jobs': 0 is not in the range 1<=x<=64."),
        (["build", "a", "b"], "Got unexpected extra argument (b). See portal build --help."),
        (["check", ""], "Invalid value for '[PATH]...': The name is empty."),
        (["build", "--out", ""], "Invalid value for '--out': The name is empty."),
        (["build", "--today", "soon"], '"soon" is no day; write it like 2026-01-15.'),
        (["build", str(FIXTURES / "tiny"), "--base-url", "file:///x"], "The base URL must begin with http"),
        (["build", str(FIXTURES / "tiny"), "--out", "/proc/nowhere"], "/proc/nowhere cannot be written"),
        (["fly"], "No such command 'fly'."),
        (["serve", "nowhere"], "holds no whole release. Run portal build first."),
        (["rollback", "--out", "nowhere-else"], "holds no release to go back to"),
    ],
)
def test_a_bad_call_ends_with_2_and_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    """Wrong arguments change nothing and are explained in a line."""
    status, output = run(*arguments, cwd=tmp_path)
    assert status == 2
    assert sentence in output
    assert len(output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["build", "--nope"], "没有选项 '--nope'。用法见 portal build --help。"),
        (["check", "--formt", "csv"], "没有选项 '--formt'。是不是要写 '--format'？用法见 portal check --help。"),
        (["approve", "x", "--by", "a"], "缺少选项 '--basis'。用法见 portal approve --help。"),
        (["serve", "--port", "x"], "'--port' 的值不能用：'x' 不是整数。用法见 portal serve --help。"),
        (["build", "a", "b"], "多写了参数（b）。用法见 portal build --help。"),
        (["fly"], "没有命令 'fly'。用法见 portal --help。"),
    ],
)
def test_a_bad_call_is_told_in_chinese(arguments: list[str], sentence: str) -> None:
    """What click says of its own accord is in the language of the terminal."""
    assert run(*arguments, lang="zh") == (2, f"portal: {sentence}\n")


def test_the_help_is_in_chinese_where_it_is_click_that_speaks() -> None:
    """Its headings and its own lines; our texts stand in both languages."""
    _, output = run_alone("build", "--help", lang="zh")  # where one has spoken English, click keeps what it said
    assert output.startswith("用法: portal build [OPTIONS] [DATASETS]\n")
    assert "\n选项:\n" in output
    assert "[默认：build]" in output
    assert "Show this message" not in output


def test_every_message_that_is_translated_for_click_is_one_of_its_own() -> None:
    """A release of click that words one otherwise is noticed here."""
    said = {
        node.value
        for module in MODULES
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert {*MESSAGES, *(text for forms in FORMS for text in forms)} - said == set()


def test_a_dataset_that_is_not_there_is_answered_with_those_that_are_close(tiny: Path) -> None:
    """The folder that was searched is named too."""
    status, output = run("approve", "school", "--by", "a", "--basis", "b", "--datasets", tiny)
    assert status == 2
    assert output == f'portal: There is no dataset "school" in {tiny}; among the 3 there: schools.\n'


def test_a_dataset_that_cannot_be_read_is_not_said_to_be_missing(tiny: Path) -> None:
    """Its descriptor is there; check tells what is wrong in it."""
    descriptor = tiny / "education" / "schools" / "datapackage.yaml"
    descriptor.write_text(descriptor.read_text(encoding="utf-8").replace("schools.csv", "../schools.csv"))
    status, output = run("approve", "schools", "--by", "a", "--basis", "b", "--datasets", tiny)
    assert status == 2
    assert output.startswith('portal: The descriptor of "schools" has errors, so it cannot be approved; portal check ')


def test_a_file_where_the_folder_of_releases_should_be_is_one_sentence(tmp_path: Path) -> None:
    """--out that is a file cannot be written."""
    (tmp_path / "build").write_text("a file")
    status, output = run("build", FIXTURES / "tiny", "--out", tmp_path / "build")
    assert status == 2
    assert "cannot be written" in output


def test_a_port_in_use_is_one_sentence(tiny_release: Path) -> None:
    """The server says so instead of failing."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, output = run("serve", tiny_release, "--port", str(port))
    assert status == 2
    assert f"Cannot listen on 127.0.0.1:{port}" in output


def test_rollback_says_what_is_current_now(tmp_path: Path, tiny: Path) -> None:
    """After two builds the first can be had back."""
    out = tmp_path / "build"
    run("build", tiny, "--out", out, "--today", "2026-06-01")
    first = (out / "current").resolve().name
    run("build", tiny, "--out", out, "--today", "2026-06-02")
    status, output = run("rollback", "--out", out)
    assert (status, output) == (0, f"Current release: {first}\n")


def test_every_command_has_a_help_text() -> None:
    """Each explains itself in both languages."""
    for command in ([], ["build"], ["serve"], ["rollback"], ["template"], ["import", "workbook"]):
        status, output = run(*command, "--help")
        assert status == 0
        assert "--help" in output
        assert any("\u4e00" <= char <= "\u9fff" for char in output)


def test_build_py_is_the_command_build(tmp_path: Path) -> None:
    """The front door for publishers does what ``portal build`` does."""
    command = [sys.executable, str(PROJECT / "build.py"), str(FIXTURES / "tiny"), "--out", str(tmp_path / "build")]
    assert subprocess.run(command, capture_output=True, check=False, cwd=PROJECT).returncode == 0
    assert (tmp_path / "build" / "current" / "site" / "index.html").exists()


def test_the_terminal_is_safe_from_what_publishers_write(tiny: Path, tmp_path: Path) -> None:
    """Control characters and markup in a cell are printed as what they are, not obeyed."""
    table = tiny / "education" / "schools" / "schools.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("320", "\x1b[31m[bold]x[/nope]"), encoding="utf-8")
    status, output = run("build", tiny, "--out", tmp_path / "build")
    assert status == 1
    assert "\x1b[31m" not in output
    assert "\\x1b[31m[bold]x[/nope]" in output


def test_templates_beside_the_data_take_precedence(tiny: Path, tmp_path: Path) -> None:
    """A portal overrides one template without copying the others."""
    own = tiny.parent / "site_templates" / "pages"
    own.mkdir(parents=True)
    shutil.copy(PROJECT / "site_templates" / "pages" / "about.html", own)
    text = (own / "about.html").read_text(encoding="utf-8").replace("<h1", '<p id="own">own</p><h1')
    (own / "about.html").write_text(text, encoding="utf-8")
    run("build", tiny, "--out", tmp_path / "build")
    site = tmp_path / "build" / "current" / "site"
    assert 'id="own"' in (site / "about" / "index.html").read_text(encoding="utf-8")
    assert 'id="own"' not in (site / "index.html").read_text(encoding="utf-8")


def test_an_own_page_may_have_a_title_of_its_own(tiny: Path, tmp_path: Path) -> None:
    """What the browser's tab shows is a block of the frame."""
    own = tiny.parent / "site_templates" / "pages"
    own.mkdir(parents=True)
    text = (PROJECT / "site_templates" / "pages" / "about.html").read_text(encoding="utf-8")
    (own / "about.html").write_text(f"{text}{{% block title %}}Ours{{% endblock %}}\n", encoding="utf-8")
    run("build", tiny, "--out", tmp_path / "build")
    site = tmp_path / "build" / "current" / "site"
    assert "<title>Ours</title>" in (site / "about" / "index.html").read_text(encoding="utf-8")
    assert "<title>Ours</title>" not in (site / "index.html").read_text(encoding="utf-8")


def test_a_fault_in_an_own_template_names_its_place(tiny: Path, tmp_path: Path) -> None:
    """The file and the line are said; nothing is released."""
    own = tiny.parent / "site_templates" / "pages"
    own.mkdir(parents=True)
    (own / "about.html").write_text("<p>\n{% if %}\n", encoding="utf-8")
    status, output = run("build", tiny, "--out", tmp_path / "build")
    assert status == 2
    assert "The template pages/about.html:2 has a fault" in output
    assert not (tmp_path / "build" / "current").exists()


def test_an_error_in_the_settings_of_a_national_portal_ends_with_1(tiny: Path, tmp_path: Path) -> None:
    """A misspelt key is an error there; with --strict it keeps everything back."""
    with (tiny / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.write("profile: national\ntitel: x\n")
    status, output = run("build", tiny, "--out", tmp_path / "build")
    assert status == 1
    assert 'catalog.yaml key-unknown: The key "titel" is not known.' in output
    assert run("build", tiny, "--out", tmp_path / "strict", "--strict")[0] == 1
    assert not (tmp_path / "strict" / "current").exists()


def test_an_empty_portal_is_begun_and_built_at_once(tmp_path: Path) -> None:
    """The folder has its settings, an empty release, and is left alone at a second call."""
    folder = tmp_path / "portal"
    status, output = run("new", "--portal", folder)
    assert status == 0
    assert "Published: 0 datasets" in output
    assert f"Look at it with: portal serve {folder}/build/current" in output
    assert "某某市公共数据开放门户" in (folder / "build" / "current" / "site" / "index.html").read_text(
        encoding="utf-8"
    )
    settings = folder / "datasets" / "catalog.yaml"
    settings.write_text("title: 自己的门户\n", encoding="utf-8")
    status, output = run("new", "--portal", folder)
    assert status == 2
    assert "exists already" in output
    assert settings.read_text(encoding="utf-8") == "title: 自己的门户\n"
