"""What the privacy gate must find: numbers however they are spelt, other documents, marks, names beside what."""

from __future__ import annotations

import random
from collections.abc import Iterator

from privacy_cases.made_up import (
    Case,
    card,
    column,
    identity_number,
    identity_number_with_x,
    in_cell,
    mobile,
    person,
)


def id_spellings(chance: random.Random) -> Iterator[Case]:
    """Identity numbers in every spelling, in cells, in text, and under their title."""
    number, ended = identity_number(chance), identity_number_with_x(chance)
    a, b, c = number[:6], number[6:14], number[14:]
    spelt = [
        number, f"证件{number}号", f"{a} {b} {c}", f"{a}-{b}-{c}",
        f"{number[:4]} {number[4:8]} {number[8:12]} {number[12:]}", f"身份证：{a}.{b}.{c}",
        f"身份证号{number[:10]}\n{number[10:]}", f"证件号 {a}\r\n{b}{c}", f"ID{number}", f"{number}{person(chance)}",
        "".join(chr(ord(digit) + 0xFEE0) for digit in number), f"{ended[:-1]}×", f"证件{ended[:-1]}Х",
        f"证{ended[:-1]}x", f"<b>{a}</b>{b}{c}", f"{a}&nbsp;{b}&nbsp;{c}", f"{number[:9]}\u200b{number[9:]}",
        f"2026-05-01 {a} {b} {c}", f"{a} {b} {c} {mobile(chance)}", " ".join(number), f"（{number}）",
        f"{person(chance)}/{number}/{mobile(chance)}", f"公民身份号码\u3000{a}\u2013{b}\u2013{c}",
        f"1 {person(chance)} {number} 2", f"{number},{identity_number(chance)}",
    ]  # fmt: skip
    for cell in spelt:
        yield in_cell("identifiers", "identity numbers, spelt", cell)
        if "\n" not in cell and "<" not in cell:
            yield Case("identifiers", "identity numbers, in text", text=f"第一行\n{cell}\n第三行")
    yield Case("identifiers", "identity numbers, in text", text=f"身份证号 {number[:10]}\n{number[10:]} 已核对")
    for cell in (f"{a}/{b}/{c}", f"{a}_{b}_{c}", number[:17] + "0", f"{number}43", f"{number[:16]}00"):
        yield in_cell(
            "identifiers", "identity numbers, under a title", cell, chance.choice(["身份证号", "证件号码", "sfzh"])
        )


def other_documents(chance: random.Random) -> Iterator[Case]:
    """Old identity numbers, passports, permits, cards of Hong Kong, Macau and Taiwan, officers' cards."""
    digits = f"{chance.randrange(10**8):08d}"
    old = f"110101500{chance.randrange(1, 10)}{chance.randrange(10, 29)}{digits[:3]}"
    foreign = "911156" + identity_number(chance, "911156")[6:]
    titled = [
        foreign, f"R{digits[:6]}({digits[6]})", f"1{digits[:6]}({digits[7]})", f"A1{digits}", digits, f"AB{digits[:7]}",
        f"CHN{digits}{digits[:4]}", old, f"H{digits}", f"E{digits}",
    ]  # fmt: skip
    for number in titled:
        title = chance.choice(["证件号码", "身份证件号码", "居住证号"])
        yield column("identifiers", "other documents, under a title", ["序号", title], [["1", number], ["2", number]])
    for number in (digits + "1", f"C{digits[:2]}X{digits[2:4]}T{digits[4:6]}", f"AB{digits[:7]}", f"G{digits}"):
        yield column("identifiers", "other documents, under a title", ["序号", "护照号码"], [["1", number]])
    yield column(
        "identifiers", "other documents, under a title", ["序号", "军官证号"], [["1", f"军字第{digits[:7]}号"]]
    )
    spoken = [
        f"身份证号码：{old}", f"持香港身份证R{digits[:6]}({digits[6]})到场", f"外国人永久居留身份证{foreign}",
        f"护照号码 AB{digits[:7]}", f"护照：E{digits}", f"台胞证 {digits}", f"回乡证H{digits}",
        f"军官证号 军字第{digits[:7]}号", f"残疾人证号：{identity_number(chance)}43",
        f"港澳居民证件 R{digits[:6]}({digits[6]})",
        f"证件号:{old}", f"士兵证{digits[:7]}",
    ]  # fmt: skip
    for cell in spoken:
        yield in_cell("identifiers", "other documents, in text", f"申请人{cell}，已核对")


def mobile_spellings(chance: random.Random) -> Iterator[Case]:
    """Mobiles in every spelling, beside landlines and commas, and under their title."""
    number = mobile(chance)
    a, b, c = number[:3], number[3:7], number[7:]
    landline, local = f"0512-6500{chance.randrange(10**4):04d}", f"6500{chance.randrange(10**4):04d}"
    spelt = [
        number, f"{a} {b} {c}", f"{a}-{b}-{c}", f"{number[:4]} {number[4:7]} {c}", f"联系 {number[:5]} {number[5:]}",
        f"电话{a} {b}{c}", f"联系 {a}.{b}.{c}", f"+86 {a}-{b}-{c}", f"0086{number}", f"(86){number}",
        f"{number}米某某", f"{number}万示甲", f"{number}元某", f"{landline}，{number}", f"{landline},{number}",
        f"办公电话：{local}，{number}", f"{landline}/{number}", f"{landline}；{number}", f"{landline} {a} {b} {c}",
        f"{landline}、{number}", f"联系人：1.{number} 2.{mobile(chance)}", f"手机1380000\n{c}",
        f"{person(chance)}{number}", f"{number}（{person(chance)}）", f"<td>{a}<i>{b}</i>{c}</td>", f"微信同号{number}",
        f"张_{number}", f"2026-05-01 {a}-{b}-{c}", f"{a} {b} {c} {mobile(chance)}", f"☎{number}", f"tel:{number}",
        f"{number}转{local[:3]}", f"致电 {a} {number[3:6]} {number[6:]}",
        "".join(chr(ord(digit) + 0xFEE0) for digit in number), f"来电3次，{number}",
    ]  # fmt: skip
    for cell in spelt:
        yield in_cell("identifiers", "mobiles, spelt", cell)
        if "\n" not in cell and "<" not in cell:
            yield Case("identifiers", "mobiles, in text", text=f"第一行\n{cell}\n第三行")
    yield Case("identifiers", "mobiles, in text", text=f'{{"x":[1,{number}]}}')
    titles = ["联系电话", "手机", "应急费用联系", "lxdh", "mobile", "经费联系方式", "座机或手机"]
    for cell in (
        f"{landline},{number}",
        f"{local}，{number}",
        f"{a}.{b}.{c}",
        f"{a} {b}\n{c}",
        f"{landline}\n{number}",
        number,
    ):
        title = chance.choice(titles)
        yield column("identifiers", "mobiles, under a title", ["序号", title], [["1", cell], ["2", landline]])


def cards_plates_mail(chance: random.Random) -> Iterator[Case]:
    """Bank cards and plates after their words, and private mailboxes, disguised too."""
    number, other = card(chance), card(chance)
    for title in ("补助发放账户信息", "一卡通", "银行账号", "存折号", "yhkh", "开户行及账户", "工资卡"):
        yield column("identifiers", "cards, under a title", ["序号", title], [["1", number], ["2", other]])
    for cell in (
        f"开户行：某银行 {number}", f"请汇至{number}",
        f"卡号：{number[:4]} {number[4:8]} {number[8:12]} {number[12:16]} {number[16:]}", f"一卡通{number}",
        f"打款至 {number}（{person(chance)}）", f"账户 {number}", f"工资卡号为{number}", f"card no. {number}",
        f"开户银行 某行某支行，账户{number}",
    ):  # fmt: skip
        yield in_cell("identifiers", "cards, in text", cell)
    digits = f"{chance.randrange(10**5):05d}"
    for cell in (
        f"车辆 京a{digits}",
        f"车牌A{digits}",
        f"车牌号：A·{digits}",
        f"公务车 苏E {digits}",
        f"号牌 粤B{digits}D",
        f"车牌号码为b{digits}",
    ):
        yield in_cell("identifiers", "plates, in text", cell)
    who = f"xugouren{digits[:3]}"
    for cell in (
        f"{who}@88.com", f"{who}@vip.163.com", f"{who}@outlook.fr", f"{who}@yeah.net", f"{who}#qq.com",
        f"{who} [at] 163.com", f"{who}(at)sina.com", f"{who}@163,com", f"{who} @qq.com", f"{who}@qq。com",
        f"{who}＠１２６．ｃｏｍ", f"{who}@stu.example.edu.cn",
    ):  # fmt: skip
        yield in_cell("identifiers", "mailboxes, in text", f"邮箱 {cell}")


_SIGNS = ("★", "☆", " ★ ", "* ", "▲", "●")
_FORBIDS = "不得 请勿 严禁 禁止 不宜 切勿 不予 暂不".split()
_ACTS = "公开 对外公开 对外公布 向社会公布 外传 对外提供 上网公开".split()


def marks(chance: random.Random) -> Iterator[Case]:
    """Secrecy marks in many wordings, and words that forbid opening."""
    level, sign, years = chance.choice(["秘密", "机密", "绝密"]), chance.choice(_SIGNS), chance.randrange(1, 30)
    words = [
        f"{level}{sign}{years}年", f"{level}级★{years}年", f"★{level}", f"（{level}）", f"密级：{level}",
        f"保密等级：{level}", f"定密：{level}", f"{level}：2026年度应急预案", f"2026年度工作方案 {level}",
        "普通商密▲5年", "警务工作秘密", "税务工作秘密3年", "内部明电", "涉密文件", "涉密资料", "（内部）",
        "干部名册（内部）", "通讯录【内部】", "仅内部使用", "供内部使用", "限内部传阅", "仅供机关内部参考",
        "此件不公开", "（此件不公开）", "不公开", "暂不公开", "不对外公开", "此件暂不予公开", "公开方式：不予公开",
        "敏感信息 请勿公开", "未经批准不得公开", "以上内容严禁外传", "本资料不得对外提供",
        f"{chance.choice(_FORBIDS)}{chance.choice(_ACTS)}", f"此件{chance.choice(_FORBIDS)}{chance.choice(_ACTS)}",
    ]  # fmt: skip
    for cell in words:
        yield in_cell("marks", "secrecy, in a cell", cell)
        yield Case("marks", "secrecy, in text", text=f"正常的文字。\n{cell}\n第三行")
    yield Case("marks", "secrecy, in text", text="正常的文字。\n密级\n内部\n")
    for name in (
        "名单（内部）.csv",
        f"{level}-名单.docx",
        "通讯录_内部资料.xlsx",
        "预案【内部】",
        "报表（此件不公开）.xlsx",
    ):
        yield Case("marks", "secrecy, in names of files", text=name)


_PEOPLE = (
    "姓名 户主 业主 学生 患者 被告人 逝者 产妇 党员 承租人 学生姓名 xingming patient_name student 收养人 村民".split()
)
_TRAITS: tuple[tuple[str, str], ...] = (
    ("语文", "90"), ("数学成绩", "85"), ("期末考试成绩", "77"), ("班级", "三班"), ("学号", "0001"),
    ("就诊科室", "某科"), ("诊断", "某病"), ("用药", "某药"), ("接种疫苗", "乙苗"), ("核酸检测结果", "阳性"),
    ("死因", "某癌"), ("血型", "A"), ("手术名称", "某术"), ("门牌", "虚构村1号"), ("房号", "3-2-101"),
    ("地址", "虚构县虚构镇虚构村"), ("家庭住址", "虚构镇1号"), ("固话", "0512-65000001"), ("电话", "65000001"),
    ("座机", "6500 0001"), ("出生日期", "1850-01-01"), ("罪名", "盗窃罪"), ("刑期", "1年"),
    ("入党时间", "1901-07-01"), ("党支部", "第一支部"), ("政治面貌", "党员"), ("年龄", "70"), ("欠费", "35.5"),
    ("经度", "120.50"), ("坐标", "120.5,31.2"), ("收养日期", "1901-01-01"), ("低保类别", "甲类"),
    ("残疾等级", "二级"), ("月收入", "900"), ("宗教信仰", "某教"), ("diagnosis", "x"), ("vaccine", "y"),
    ("salary", "900"), ("csrq", "1850-01-01"), ("minzu", "某族"), ("score", "88"), ("date_of_birth", "1850-01-01"),
    ("住院号", "0001"), ("录取院校", "某校"), ("入住日期", "1901-01-01"), ("航班", "XX0001"), ("致贫原因", "因病"),
    ("婚姻状况", "已婚"), ("心理测评", "良"), ("困境儿童类型", "一类"),
)  # fmt: skip


def named(chance: random.Random) -> Iterator[Case]:
    """Tables of people by name with one column that says more of them."""
    for title, cell in _TRAITS:
        title_of_names = chance.choice(_PEOPLE)
        rows = [[person(chance), cell] for _ in range(5)]
        yield column("quasi-identifiers", "a name beside what says more", [title_of_names, title], rows)
