"""What does a search cost: Whoosh's files read by numpy, tantivy, and raw tantivy doing the same work?

Two catalogues: 29,708 records of 17 real portals, where they are on this machine, else as many made-up ones
(`catalogue.py`); and 100,000 made up by a fixed dice. All engines get the same words (`search.tokeniser`) and the same
200 queries in one run: one word, two words, phrases, either of two, one without the other, a facet, the newest first.
*raw tantivy* asks and counts by tantivy's own interface, with nothing of ours around it. For each engine, in processes
of their own: CPU seconds and peak memory of writing, bytes on disk, CPU milliseconds to open, memory that answering
takes, CPU milliseconds a query, and how many totals and counts are those of the first engine.

``python benchmarks/search.py [--catalogue real|made-up] [--entries N] [--queries N] [--facets N] [--rounds N]``
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from catalogue import PROJECT, listings

from portal.model.text import LocalText
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.engines.query_tree import And, Not, Or, Phrase, Word, parse_query, wanted
from portal.publishing.search.engines.search_index import TANTIVY, WHOOSH, EngineKind, open_engine, write_index
from portal.publishing.search.query import SearchQuery
from portal.publishing.search.search_documents import FACETS, SearchDocument, SearchDocuments, standing
from portal.publishing.search.tokeniser import index_words

QUERIES = 200
MADE_UP = 100_000
FACETS_ASKED = ("publisher", "year", "spatial", "theme")
KINDS: dict[str, EngineKind | None] = {"whoosh": WHOOSH, "tantivy": TANTIVY, "raw tantivy": None}


def main() -> None:
    """Print what each engine costs on each catalogue, and how its answers compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--catalogue", choices=("real", "made-up"))
    parser.add_argument("--entries", type=int, default=0)
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--facets", type=int, default=0, help="facets to count, without it 9 of real and 5 of made-up")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        part, engine, place = options.part
        (_write if part == "write" else _answer)(engine, Path(place), options.facets, options.rounds)
        return
    for catalogue in [options.catalogue] if options.catalogue else ["real", "made-up"]:
        with tempfile.TemporaryDirectory(prefix="kaifang-search-") as name:
            _compare(catalogue, Path(name), options)


def _compare(catalogue: str, folder: Path, options: argparse.Namespace) -> None:
    documents = list(_real(folder) if catalogue == "real" else made_up(options.entries or MADE_UP))
    documents = sorted(documents[: options.entries or None], key=standing)
    facets = options.facets or (len(FACETS) if catalogue == "real" else 5)
    _write_lines(folder / "documents.ndjson", map(asdict, documents))
    queries = list(asked_queries(documents, options.queries))
    _write_lines(folder / "queries.ndjson", map(asdict, queries))
    print(
        f"{catalogue}: {len(documents):,} documents, {len(queries)} queries, {facets} facets, {options.rounds} rounds"
    )
    extra = ["--facets", str(facets), "--rounds", str(options.rounds)]
    first: list[Any] = []
    for engine in KINDS:
        written, answered = (_in_a_process(part, engine, folder, extra) for part in ("write", "answer"))
        first = first or answered["hits"]
        equal = sum(ours == theirs for ours, theirs in zip(first, answered["hits"], strict=True))
        print(f"{engine:>12}: {_costs(len(documents), written, answered)}; equal answers {equal}", flush=True)


def _real(folder: Path) -> Iterator[SearchDocument]:
    """Return what is searched of every entry that the listings bring."""
    from portal.examining.reading.descriptors.catalog_folder import load_catalog
    from portal.settings import load_settings

    files, mappings = listings(folder)
    datasets = folder / "datasets"
    datasets.mkdir()
    command = [sys.executable, "-m", "portal", "import", "list", *map(str, files), "--mapping", str(mappings)]
    command += ["--datasets", str(datasets), "--add-publishers"]
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    catalog, _ = load_catalog(load_settings(datasets))
    return iter(SearchDocuments(PublishedDataset(dataset) for dataset in catalog.datasets))


PLACES = "滨江 城东 城西 高新 河口 开元 龙山 南湖 平安 青云 清河 三台 石桥 泰和 望江 新城 永兴 玉泉 长宁 中山".split()
THINGS = (
    "空气质量 地表水质 公交线路 公交站点 中小学校 幼儿园 医疗机构 药店 养老机构 行政许可 行政处罚 政府采购 财政预算 "
    "企业登记 个体工商户 食品抽检 停车场 道路施工 交通流量 不动产登记 住房公积金 保障性住房 土地出让 科技项目 专利授权 "
    "人才引进 就业岗位 社会保险 最低生活保障 图书馆 博物馆 文物保护单位 旅游景区 酒店 气象观测 地震监测 河湖水位 森林 "
    "农产品价格 耕地质量 水库大坝 供水 供电 燃气 垃圾分类 公共厕所 充电桩 法律援助 公证机构 消防站点 应急避难场所"
).split()
SORTS_OF_DATA = "名录 清单 统计 监测数据 基本信息 月报 年报 目录 台账 办件信息 评价结果 明细".split()
ENGLISH = "air water bus school hospital permit budget company food parking road house land museum weather".split()
COLUMNS = "名称 地址 联系电话 经度 纬度 所属区县 登记日期 统一社会信用代码 负责部门 数量 金额 状态 类型 备注".split()


def made_up(number: int) -> Iterator[SearchDocument]:
    """Yield documents drawn by a fixed dice, some words far more often than others, as in a catalogue."""
    dice = random.Random(41)
    weights = [1 / (place + 1) for place in range(len(THINGS))]
    for count in range(number):
        place, (thing, other) = dice.choice(PLACES), dice.choices(THINGS, weights, k=2)
        bureau = dice.randrange(600)
        english = " ".join(dice.sample(ENGLISH, 3))
        title = f"{place}区{2015 + dice.randrange(12)}年{thing}{dice.choice(SORTS_OF_DATA)}"
        columns = dice.sample(COLUMNS, 8)
        facets = {
            "publisher": (f"bureau-{bureau}",),
            "theme": tuple(sorted({f"t{dice.randrange(21)}", f"t{dice.randrange(21)}"})),
            "area": (f"a{dice.randrange(10)}",),
            "format": tuple(sorted(dice.sample(["CSV", "JSON", "XLSX", "XML", "PDF", "API"], dice.randint(1, 3)))),
            "license": ("CC-BY-4.0",),
            "sharing": (dice.choice(["unconditional", "conditional", "none"]),),
            "open": (("unconditional", "conditional", "closed")[count % 3],),
            "update_cycle": (dice.choice(["daily", "monthly", "yearly"]),),
            "spatial": (str(110000 + dice.randrange(400)),),
            "year": (str(dice.randint(2015, 2026)),),
        }
        yield SearchDocument(
            name=f"dataset-{count}",
            title=f"{title}\n{english} data {count}",
            keywords=f"{thing}\n{other}\n{dice.choice(ENGLISH)}",
            publisher=f"{place}区第{bureau}",
            columns="\n".join(columns),
            body=f"{place}区第{bureau}局的{thing}，与{other}有关，包括{'、'.join(columns)}等，第 {count} 号。" * 2,
            facets=facets,
            updated=f"{facets['year'][0]}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            sort_title=title,
            quality=dice.randrange(405),
            labels={"publisher": {f"bureau-{bureau}": LocalText(f"{place}区第{bureau}局")}},
        )


def asked_queries(documents: Sequence[SearchDocument], number: int) -> Iterator[SearchQuery]:
    """Yield queries made of pieces of titles."""
    dice = random.Random(7)
    for count in range(number):
        document = dice.choice(documents)
        first, second = (_piece(dice, document.title) for _ in range(2))
        other = _piece(dice, dice.choice(documents).title)
        texts = [first, first, f"{first} {second}", f"{first} {second}", f'"{first}"', f"{first} OR {other}"]
        texts += [f"{first} -{other}", f"{first} year:2024", first, first]
        kind = count % len(texts)
        facet = dice.choice(FACETS_ASKED)
        filters = {facet: document.facets[facet][:1]} if kind == 8 else {}
        yield SearchQuery(texts[kind], filters, sort="updated" if kind == 9 else "")


def _piece(dice: random.Random, title: str) -> str:
    line = dice.choice(title.split("\n"))
    if " " in line:
        return dice.choice(line.split())
    start = dice.randrange(max(len(line) - 3, 1))
    return line[start : start + dice.choice((2, 2, 3, 4, 6))].strip('-+"|:') or line


RAISING = {"known": 1.0, "title": 3.0, "matter": 1.5}
"""Fields in which a word counts more, as in our engine on tantivy."""


class RawTantivy:
    """The same work by tantivy's own interface: queries, hits and totals of a page, and an aggregation of facets."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        index = tantivy.Index.open(str(folder))
        self.searcher, self.schema = index.searcher(), index.schema

    @staticmethod
    def write(documents: Iterable[SearchDocument], folder: Path) -> None:
        """Write words, phrases and facets."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        for field in ("any", *RAISING):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("spelled", tokenizer_name="whitespace")
        for facet in FACETS:
            builder.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_unsigned_field("day", fast=True)
        builder.add_text_field("name", stored=True, tokenizer_name="raw", index_option="basic")
        writer = tantivy.Index(builder.build(), path=str(folder)).writer(heap_size=1_000_000_000, num_threads=1)
        for document in documents:
            made = tantivy.Document()
            texts = [" ".join(index_words(text)) for text in document.texts]
            made.add_text("any", " ".join(texts))
            made.add_text("known", f"{texts[0]} {texts[1]} {texts[3]}")
            made.add_text("title", texts[0])
            made.add_text("matter", texts[2])
            made.add_text("spelled", " ".join(index_words(document.whole)))
            for facet in FACETS:
                for value in document.facets[facet]:
                    made.add_text(facet, value)
            made.add_unsigned("day", int(document.updated.replace("-", "") or 0))
            made.add_text("name", document.name)
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()

    def search(self, query: SearchQuery) -> tuple[int, Any]:
        """Return the total and the counts."""
        q, occur = self.tantivy.Query, self.tantivy.Occur
        node = parse_query(query.text)
        asked = self._query(node)
        for facet, values in query.filters.items():
            asked = q.boolean_query([(occur.Must, asked), (occur.Must, q.term_set_query(self.schema, facet, values))])
        if query.sort:
            found: Any = self.searcher.search(asked, query.per_page, order_by_field="day")
        else:
            words = dict.fromkeys(word for leaf in wanted(node) for word in leaf.words)
            raising = [
                (occur.Should, q.boost_query(q.term_query(self.schema, field, word, index_option="freq"), weight))
                for field, weight in RAISING.items()
                for word in words
            ]
            found = self.searcher.search(q.boolean_query([(occur.Must, asked), *raising]), query.per_page)
        for _, address in found.hits:
            self.searcher.doc(address)
        return found.count, self.searcher.aggregate(
            asked, {facet: {"terms": {"field": facet, "size": 65_000}} for facet in query.facets}
        )

    def _query(self, node: Any) -> Any:
        q, occur = self.tantivy.Query, self.tantivy.Occur
        match node:
            case Phrase() if len(tokens := node.words) > 1:
                return q.phrase_query(self.schema, "spelled", list(tokens))
            case Word() | Phrase():
                words = [q.term_query(self.schema, "any", word, index_option="freq") for word in node.words]
                return q.boolean_query([(occur.Must, word) for word in words])
            case Not():
                return q.boolean_query([(occur.Must, q.all_query()), (occur.MustNot, self._query(node.node))])
            case Or():
                return q.boolean_query([(occur.Should, self._query(child)) for child in node.nodes])
            case And():
                clauses = [
                    (occur.MustNot, self._query(child.node))
                    if isinstance(child, Not)
                    else (occur.Must, self._query(child))
                    for child in node.nodes
                ]
                return q.boolean_query(clauses)
        return q.term_set_query(self.schema, node.facet, [node.text])


def _in_a_process(part: str, engine: str, folder: Path, extra: Sequence[str]) -> Any:
    arguments = [sys.executable, __file__, "--part", part, engine, str(folder), *extra]
    return json.loads(subprocess.run(arguments, check=True, stdout=subprocess.PIPE).stdout)


def _write(engine: str, folder: Path, _facets: int, _rounds: int) -> None:
    kind = KINDS[engine]
    documents = [SearchDocument(**item) for item in _read_lines(folder / "documents.ndjson")]
    (folder / engine).mkdir()
    index_words("")  # the table of simplified characters is made once
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    before = _memory_mb("VmHWM")
    start = time.process_time()
    if kind:
        write_index(documents, folder / engine, kind)
    else:
        RawTantivy.write(documents, folder / engine)
    cpu = time.process_time() - start
    size = sum(path.stat().st_size for path in (folder / engine).rglob("*") if path.is_file())
    print(json.dumps({"cpu": cpu, "peak_mb": _memory_mb("VmHWM") - before, "bytes": size}))


def _answer(engine: str, folder: Path, facets: int, rounds: int) -> None:
    queries = [SearchQuery(**{**item, "facets": FACETS[:facets]}) for item in _read_lines(folder / "queries.ndjson")]
    parse_query("数据")
    if KINDS[engine] is not WHOOSH:
        __import__("tantivy")
    before = _memory_mb("VmRSS")
    start = time.process_time()
    ours = KINDS[engine] is not None
    search: Callable[[SearchQuery], Any] = (
        open_engine(folder / engine).search if ours else RawTantivy(folder / engine).search
    )
    opened = (time.process_time() - start) * 1000
    milliseconds: list[list[float]] = [[] for _ in queries]
    hits = []
    for turn in range(rounds):
        for place, query in enumerate(queries):
            start = time.process_time()
            found: Any = search(query)
            milliseconds[place].append((time.process_time() - start) * 1000)
            if not turn:
                hits.append([found.total, found.facets] if KINDS[engine] else _as_ours(found))
    first = [times[0] for times in milliseconds]
    later = [statistics.median(times[1:] or times) for times in milliseconds]
    memory = _memory_mb("VmRSS") - before
    print(json.dumps({"opened": opened, "first": first, "later": later, "memory_mb": memory, "hits": hits}))


def _as_ours(found: tuple[int, Any]) -> list[Any]:
    total, counts = found
    return [
        total,
        {
            facet: sorted(
                ((item["key"], item["doc_count"]) for item in told["buckets"]), key=lambda pair: (-pair[1], pair[0])
            )
            for facet, told in counts.items()
        },
    ]


def _costs(documents: int, written: Any, answered: Any) -> str:
    def told(times: Sequence[float]) -> str:
        parts = statistics.quantiles(times, n=20)
        return (
            f"{statistics.mean(times):.2f} ms (median {parts[9]:.2f}, 95th {parts[18]:.2f}, longest {max(times):.1f})"
        )

    return (
        f"written in {written['cpu']:.1f} s CPU, {documents / written['cpu']:,.0f} a second, peak "
        f"{written['peak_mb']:.0f} MB, {written['bytes'] / 1e6:.1f} MB on disk; opened in {answered['opened']:.1f} ms "
        f"CPU, memory {answered['memory_mb']:.0f} MB; a query {told(answered['later'])}, "
        f"asked the first time {told(answered['first'])}"
    )


def _memory_mb(kind: str) -> float:
    """Return memory of this process by Linux' name for it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(kind))


def _write_lines(path: Path, items: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what was written, with tuples where JSON has lists."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            for key in ("facets", "filters"):
                if isinstance(item.get(key), dict):
                    item[key] = {name: tuple(values) for name, values in item[key].items()}
            if "labels" in item:
                item["labels"] = {
                    facet: {value: LocalText(**title) for value, title in titles.items()}
                    for facet, titles in item["labels"].items()
                }
            yield item


if __name__ == "__main__":
    main()
