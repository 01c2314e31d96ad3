"""Honest data that the privacy gate must let pass: small numbers, dates, amounts, codes, prose, officials."""

from __future__ import annotations

import random
from collections.abc import Iterator

from privacy_cases.made_up import Case, column, day, in_cell, mobile, person


def number_tables(chance: random.Random) -> Iterator[Case]:
    """Tables of small numbers, drawings, and rows of dates."""

    def number() -> str:
        return str(chance.choice([chance.randrange(100, 1000), chance.randrange(1000, 3000)]))

    for columns in (2, 3, 4, 6, 8, 12):
        for ahead in ("", "District ", "区"):
            lines = [
                " ".join([f"{ahead}{row}" if ahead else number(), *(number() for _ in range(columns))])
                for row in range(1, 41)
            ]
            yield Case("look-alikes", "tables of small numbers", text="\n".join(lines))
    rows = [[str(row), " ".join(number() for _ in range(24))] for row in range(1, 20)]
    yield column("look-alikes", "tables of small numbers", ["id", "series"], rows)
    points = " ".join(f"{chance.randrange(3000)} {chance.randrange(3000)}" for _ in range(300))
    yield Case("look-alikes", "drawings and shapes", text=f'<polygon points="{points}"/>')
    yield Case("look-alikes", "drawings and shapes", text=f"M{points.replace(' ', ',', 9)}Z")
    lines = ["\t".join(number() for _ in range(6)) for _ in range(40)]
    yield Case("look-alikes", "tables of small numbers", text="\n".join(lines))
    days = [" ".join(day(chance) for _ in range(6)) for _ in range(20)]
    yield column("look-alikes", "rows of dates", ["id", "inspections"], [[str(n), line] for n, line in enumerate(days)])
    yield Case("look-alikes", "rows of dates", text="\n".join(days))
    yield Case("look-alikes", "rows of dates", text="\n".join(line.replace("-", "") for line in days))


def amounts(chance: random.Random) -> Iterator[Case]:
    """Columns and lists of amounts of which one has the shape of a mobile, and decimals."""

    def values_of(count: int) -> list[str]:
        values = [str(chance.randrange(2 * 10**10, 10**12)) for _ in range(count)]
        values[chance.randrange(count)] = mobile(chance)
        return values

    for title in (
        "地区生产总值",
        "税收",
        "成交总价",
        "gdp",
        "水表号",
        "一般公共预算收入",
        "指标",
        "资产",
        "存款余额",
        "value",
        "电表号",
        "订单号",
    ):
        rows = [[f"区{number}", value] for number, value in enumerate(values_of(40))]
        yield column("look-alikes", "one amount of eleven digits", ["地区", title], rows)
    lines = [f"{2000 + number},{mobile(chance)}" for number in range(10)]
    yield Case("look-alikes", "amounts in text", text="年份,地区生产总值（元）\n" + "\n".join(lines))
    yield Case("look-alikes", "amounts in text", text="\n".join(f"区{n} {v}" for n, v in enumerate(values_of(40))))
    yield Case("look-alikes", "amounts in text", text="\n".join(f"区{n},{v}" for n, v in enumerate(values_of(40))))
    for cell in (f"0.{mobile(chance)}", f"{mobile(chance)}.5", f"120.{mobile(chance)}",
        f"支出{mobile(chance)}元", f"{mobile(chance)}万元",
                 f"{mobile(chance)}米以上", f"11.86{mobile(chance)}", f"{mobile(chance)}.00元"):  # fmt: skip
        yield in_cell("look-alikes", "decimals and amounts", cell)


def codes(chance: random.Random) -> Iterator[Case]:
    """Codes, versions, addresses of hosts, and counts of documents."""
    digits = f"{chance.randrange(10**8):08d}"
    for cell in (
        f"订单 62{digits}{digits}1", f"SN_{mobile(chance)}", f"版本 1.38.0000.{digits[:4]}",
        "服务器 192.168.100.254", f"e3b0c44298fc1c13800000{digits}", f"https://a.example/{mobile(chance)}.html",
        f"1380000{digits[:6]}", "电话 12345", "热线 400-800-8000", f"证照编号 JY1{digits}00000",
        f"ISBN 978-7-{digits[:3]}-{digits[3:]}-0", f"合同 HT{digits}", f"统一社会信用代码 91110101MA{digits[:7]}X",
        f"C#语言{digits}", "见 3#楼 com 口", f"证书 {digits[:4]} 份", "护照办理 3 个工作日", "身份证 2 份，照片 4 张",
        f"批文〔2026〕{digits[:3]}号", "通行证件 12 类",
    ):  # fmt: skip
        yield in_cell("look-alikes", "codes and versions", cell)
    rows = [[f"11010120170503{number:04d}", "某项目"] for number in range(60)]
    yield column("look-alikes", "codes and versions", ["项目", "名称"], rows)
    rows = [[f"JY1{digits}{number:06d}", "某公司"] for number in range(20)]
    yield column("look-alikes", "codes and versions", ["证照号码", "企业名称"], rows)
    rows = [["某市", str(chance.randrange(10**6, 10**8))] for _ in range(20)]
    yield column("look-alikes", "codes and versions", ["城市", "护照签发数量"], rows)
    yield column("look-alikes", "codes and versions", ["银行", "账户余额"], rows)


_PROSE = (
    "涉及商业秘密的除外|内部装修工程|密级：非密|公开属性：主动公开|不公开招标采购|保密协议|内部停车场|依申请公开|机密仪器有限公司|加强内部控制|依法不予公开的信息|"
    "不得泄露个人隐私的规定|内部审计|未经许可不得转载|禁止转载|公开透明|不提供早餐|泄露国家秘密的处罚|秘密花园|《机密》|停车场（内部）|职工食堂（内部）|"
    "上网不涉密，涉密不上网|信息公开指南|政务公开|不对外营业|对外开放|内部文件管理办法|按规定不宜公开的除外|工作秘密管理规定|密级分为绝密、机密、秘密|是否公开：是|"
    "应当公开而未公开的|向社会公布的名录|不得公开招标以外的方式|不上网课|绝密级、机密级、秘密级|患者信息不得外传的规定|涉密人员管理|保密审查通过"
).split("|")


def prose(chance: random.Random) -> Iterator[Case]:
    """Words of secrecy that are no marks."""
    words = list(_PROSE)
    chance.shuffle(words)
    yield column(
        "look-alikes", "words of secrecy in prose", ["序号", "说明"], [[str(n), w] for n, w in enumerate(words)]
    )
    for word in words:
        yield Case("look-alikes", "words of secrecy in prose", text=f"第一行\n{word}\n第三行")
    rows = [[f"信息{n}", chance.choice(["主动公开", "不予公开", "依申请公开"])] for n in range(30)]
    yield column("look-alikes", "words of secrecy in prose", ["目录", "公开属性"], rows)
    yield Case(
        "look-alikes", "words of secrecy in prose", text='{"title": "某目录", "公开方式": "主动公开", "密级": "无"}'
    )


def honest_people(chance: random.Random) -> Iterator[Case]:
    """Officials, athletes, authors and companies, who are public on purpose."""

    def people(*cells: str) -> list[list[str]]:
        return [[person(chance), *cells] for _ in range(6)]

    for titles, rows in (
        (["姓名", "职务", "单位"], people("局长", "甲局")),
        (["姓名", "职务", "政治面貌"], people("主任", "党员")),
        (["姓名", "项目", "成绩"], people("跳远", "8.10")),
        (["姓名", "作品", "奖项"], people("某作", "一等奖")),
        (["作者", "书名"], people("某书")),
        (["姓名", "参赛队", "得分"], people("甲队", "9.8")),
        (["法定代表人", "企业名称", "地址"], people("甲公司", "虚构路8号")),
        (["姓名", "职称", "专业", "年龄"], people("教授", "化学", "50")),
        (["河长", "河道", "经度", "纬度"], people("甲河", "120.5", "31.2")),
        (["name", "经度", "纬度"], [["黄山", "118.1", "30.1"], ["泰山", "117.1", "36.2"], ["华山", "110.0", "34.4"]]),
        (["名称", "性别"], [["男厕", "男"], ["女厕", "女"]]),
        (["企业名称", "地址"], [["甲公司", "示例市虚构路88号3号楼502室"], ["乙公司", "虚构街1号"]]),
        (["会员", "积分"], [["普通会员", "1"], ["黄金会员", "2"], ["白银会员", "3"]]),
        (["学生人数", "班级数"], [["300", "12"], ["200", "8"]]),
        (["学校名称", "电话"], [["某小学", "0512-65000000"], ["某中学", "65000001"]]),
    ):
        yield column("look-alikes", "officials, athletes, companies", titles, rows)
