"""What a browser fetches for the first search of a visitor: files and bytes, as gzip sends them.

    python benchmarks/browser_search.py build/current/site

Each of some searches is asked anew by node over the release's files; modules and the ten or twenty cards that are shown
count with it. The page itself, its style and its pictures do not: they are those of any list.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
SCRIPTS = PROJECT / "site_templates" / "static" / "js"
QUERIES = (
    "学校",
    "空气质量",
    "企业信用",
    "行政许可",
    "公交线路 -客流",
    "我家附近哪里有停车场",
    "请问怎么办理居住证",
    "老赖名单",
    "房价走势怎么样",
    "空器质量",
    "听车场",
    "kongqizhiliang",
    "kqzl",
    "where can I park my car",
    "air qualty",
    '"行政处罚决定"',
    "小孩子上学的地方有哪些，离我家最近的是哪一个",
)
CARDS_A_FILE = 10
"""As in `portal.publishing.site.browser_search`."""


def main() -> None:
    """Print files and kilobytes for each search, and their median and maximum."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument(
        "site",
        type=Path,
        nargs="?",
        default=PROJECT / "build" / "current" / "site",
        help="site/ of a release, or the folder of the search's files itself",
    )
    site = parser.parse_args().site
    folder = next((path.parent for path in sorted(site.rglob("columns.json"))), site)
    modules = sum(map(packed, [SCRIPTS / "browser-search.js", *(SCRIPTS / "search").glob("*.js")]))
    sizes = []
    for query, answer in zip(QUERIES, answers(folder), strict=True):
        shown = [*answer["numbers"], *(item["number"] for item in answer["also"])]
        cards = {f"cards-zh/{number // CARDS_A_FILE}.json" for number in shown} | {"labels-zh.json", "samples-zh.json"}
        files = [path for name in {*answer["files"], *cards} if (path := folder / name).is_file()]
        sizes.append(sum(map(packed, files)) + modules)
        found = f"{answer['total']} + {len(answer['also'])}"
        print(f"{sizes[-1] / 1000:7.1f} kB {len(files):4} files  {found:>9}  {query}")
    whole = sum(path.stat().st_size for path in folder.rglob("*.json"))
    count = sum(1 for _ in folder.rglob("*.json"))
    size = json.loads((folder / "columns.json").read_text(encoding="utf-8"))["size"]
    always = sum(map(packed, [folder / "columns.json", folder / "language.json"])) + modules
    print(f"{size} datasets: {count} files, {whole / 1e6:.1f} MB; every search {always / 1000:.1f} kB")
    print(f"median {statistics.median(sizes) / 1000:.1f} kB, maximum {max(sizes) / 1000:.1f} kB")


def answers(folder: Path) -> list[dict[str, Any]]:
    """Return the answers of the browser's search, each as that of a new visitor."""
    node = shutil.which("node")
    if not node:
        raise SystemExit("node is not installed")
    runner = PROJECT / "tests" / "publishing" / "search" / "in_browser" / "answers.mjs"
    with tempfile.TemporaryDirectory() as made:
        modules = Path(made) / "js"
        shutil.copytree(SCRIPTS / "search", modules)
        (modules / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        asked = json.dumps([{"text": query} for query in QUERIES])
        command = [node, str(runner), str(modules), str(folder), "fresh"]
        done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, timeout=300)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@cache
def packed(path: Path) -> int:
    """Return how many bytes of a file gzip sends."""
    return len(gzip.compress(path.read_bytes(), 6))


if __name__ == "__main__":
    main()
