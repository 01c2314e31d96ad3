"""Bad descriptors as pages: long titles, many columns, huge cells, scripts, links, odd signs, nothing at all."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, ConsoleMessage, Dialog
from serving import serving
from support import CHROMIUM, build_folder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

PICTURES = os.environ.get("KAIFANG_PICTURES", "")
"""A folder for pictures of all pages, "" for none."""
NARROWEST = 320
LONG = "关于全市公共服务设施运行情况的统计汇总表" * 15
UNBROKEN = "Strassenverkehrszulassungsordnung" * 9
SCRIPT = "<script>alert('1')</script><img src=x onerror=alert(2)>\"'><b>"
ODD = "\u202eمدرسة\u200b\u2066العربية\u200d x\ufeff"
LINK = "javascript:alert(document.domain)"
PAGES = (
    "/",
    "/datasets/",
    "/datasets/?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/publishers/",
    "/publishers/hostile/",
    "/site-map/",
    "/quality/",
    "/data/wide/",
    "/datasets/wide/resources/t/rows/",
    "/datasets/huge-cells/resources/t/rows/",
    "/datasets/scripts/resources/t/rows/?%3Cb%3E__contains=%3Cscript%3E",
    "/datasets/scripts/report/",
    *(
        f"/datasets/{name}/"
        for name in ("long", "unbroken", "wide", "huge-cells", "scripts", "odd", "links", "nothing")
    ),
)


def dataset(name: str, title: str, rows: list[list[str]] | None = None, **more: Any) -> dict[str, Any]:
    """Return a descriptor with one table of strings, or without any."""
    fields = [{"name": head, "type": "string"} for head in rows[0]] if rows else []
    table = {"name": "t", "title": title, "path": "t.csv", "schema": {"fields": fields}}
    return {"name": name, "title": title, "rows": rows, "resources": [table] if rows else [], **more}


DATASETS = (
    dataset("long", LONG[:300], [[LONG[:300], "b"], ["1", LONG]], description=LONG, keywords=[LONG[:300]]),
    dataset("unbroken", UNBROKEN[:300], [[UNBROKEN, "b"], [UNBROKEN, "2"]], description=UNBROKEN, keywords=[UNBROKEN]),
    dataset("wide", "二百列", [[f"第{at}列" for at in range(200)], *[["一"] * 200] * 25]),
    dataset("huge-cells", "大格子", [["编号", "正文"], ["1", "字" * 10_000], ["2", "x" * 10_000]]),
    dataset(
        "scripts",
        f"甲{SCRIPT}",
        [["<b>", "b"], [SCRIPT, "2"]],
        description=f"乙{SCRIPT}[点这里]({LINK})",
        keywords=[SCRIPT],
        licenses=[{"name": SCRIPT, "path": LINK}],
    ),
    dataset("odd", f"双向{ODD}", [[ODD, "b"], [ODD, "2"]], description=ODD, keywords=[ODD]),
    dataset(
        "links",
        "链接",
        [["a"], [LINK]],
        homepage=LINK,
        sources=[{"title": "来源", "path": LINK}],
        licenses=[{"name": "CC-BY-4.0", "path": LINK}],
    ),
    dataset("nothing", ""),
)
PUBLISHERS = [
    {"id": "idle", "name": {"zh": "没有数据的单位"}},
    {"id": "hostile", "name": {"zh": f"单位{SCRIPT}{ODD}"}, "phone": SCRIPT, "description": {"zh": LONG}},
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a portal of such datasets is served; those that are refused have no page."""
    folder = tmp_path_factory.mktemp("bad")
    for item in DATASETS:
        own = folder / "in" / "p" / item["name"]
        own.mkdir(parents=True)
        document = {key: value for key, value in item.items() if key == "resources" or (key != "rows" and value)}
        document["catalogue"] = {"publisher": "hostile", "planned": item["rows"] is None}
        (own / "datapackage.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        if item["rows"]:
            with (own / "t.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(item["rows"])
    (folder / "in" / "publishers.yaml").write_text(
        yaml.safe_dump({"publishers": PUBLISHERS}, allow_unicode=True), encoding="utf-8"
    )
    (folder / "in" / "catalog.yaml").write_text("title: {zh: 展厅, en: Gallery}\n", encoding="utf-8")
    release = build_folder(folder / "in", folder / "out")
    assert release.refused == ()
    with serving(folder / "out" / "current") as found:
        yield found


def test_a_publisher_without_datasets_has_no_page_and_is_on_no_list(browser: Browser, address: str) -> None:
    """What is asked for it is answered by the page for what is not there, which leads on."""
    context = browser.new_context(viewport={"width": NARROWEST, "height": 700})
    page = context.new_page()
    answer = page.goto(f"{address}/publishers/idle/")
    assert answer is not None
    assert (answer.status, page.locator("h1").inner_text()) == (404, "找不到页面")
    page.goto(f"{address}/publishers/")
    assert page.get_by_text("没有数据的单位").count() == 0
    context.close()


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_every_page_stands_and_runs_nothing_of_it(browser: Browser, address: str, prefix: str) -> None:
    """It answers 200, shows one heading, fits the narrowest phones, runs no script and leads to none."""
    context = browser.new_context(viewport={"width": NARROWEST, "height": 700})
    page = context.new_page()
    faults: list[str] = []

    def dialog(shown: Dialog) -> None:
        faults.append(f"{page.url}: a dialog says {shown.message}")
        shown.dismiss()

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{page.url}: {message.text}")

    page.on("dialog", dialog)
    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    for path in PAGES if not prefix else PAGES[-8:]:
        answer = page.goto(f"{address}{prefix}{path}")
        assert answer is not None
        faults += [f"{path}: {answer.status}"] if answer.status != 200 else []
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{path}: {wide} pixels wide"] if wide > NARROWEST else []
        found = page.evaluate(
            """() => [
                ['headings', document.querySelectorAll('h1').length - 1],
                ['empty headings', [...document.querySelectorAll('h1, h2')].filter(x => !x.innerText.trim()).length],
                ['hostile links', [...document.links].filter(x => /^(javascript|data):/i.test(x.href)).length],
                ['planted elements', document.querySelectorAll('main b, img[src="x"], [onerror]').length],
                ['inline scripts', document.querySelectorAll('script:not([src], [type="application/ld+json"])').length],
            ].filter(([, number]) => number)"""
        )
        faults += [f"{path}: {what}" for what in found]
        if PICTURES and not prefix:
            name = path.strip("/").replace("/", "-").partition("?")[0] or "home"
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{PICTURES}/bad-{name}.png", full_page=True)
    context.close()
    assert faults == []
