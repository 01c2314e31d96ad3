"""What people tell the hotline of the invented city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sample_city.city import LAST_DAY, STREETS, code_with_check, pick_district, season
from sample_city.kit import Column, Maker, Spec, Table, district_column, must, within

_CHANNELS = {"电话": 61, "手机应用": 19, "微信小程序": 13, "网站": 5, "来信来访": 2}
_WISHES = (
    "请尽快处理。", "希望有关部门到现场看看。", "请告知处理结果。", "已经反映过一次，没有结果。", "", "",
    "附近居民都有同样的意见。", "希望给一个明确的时间。",
)  # fmt: skip
_REQUESTS = {
    "噪声扰民": (14, 3, ("{street}一处工地{night}还在施工，{sound}，影响休息。", "{street}广场{night}音响声音太大。")),
    "停车管理": (13, 4, ("{street}人行道上长期停放多辆汽车，{danger}。", "{street}停车场收费与公示不一致。")),
    "供水供电": (10, 2, ("{street}一带{time}停水，没有看到通知。", "{street}小区电压不稳，{time}经常跳闸。")),
    "道路设施": (
        10,
        5,
        ("{street}路面有坑，{danger}。", "{street}井盖松动，车辆经过时{sound}。", "{street}路灯不亮，{danger}。"),
    ),
    "公共交通": (9, 4, ("{street}站{time}等车超过半小时。", "建议在{street}增设一个公交站，{effect}。")),
    "物业管理": (12, 7, ("{street}一小区电梯反复故障，{effect}。", "{street}一小区垃圾{time}无人清运，{effect}。")),
    "环境卫生": (9, 3, ("{street}河边有异味，{time}尤其明显。", "{street}垃圾桶满溢，{effect}。")),
    "劳动保障": (7, 9, ("在{street}一家餐馆工作，两个月工资没有发。", "想了解灵活就业人员怎样参加养老保险。")),
    "教育入学": (
        5,
        5,
        ("孩子今年入学，房屋在{street}，想知道属于哪个学区。", "咨询外来务工人员子女入学需要哪些材料。"),
    ),
    "消费纠纷": (7, 6, ("在{street}一家健身房办卡，店铺关门，要求退款。", "网购商品有质量问题，商家拒绝退货。")),
    "表扬感谢": (4, 1, ("{street}公交驾驶员{time}主动帮助老人上车，特此表扬。", "社区工作人员服务周到，表示感谢。")),
}
"""Of each category: how common it is, usual days until the answer, and sentences."""
_WORDS = {
    "time": ("早上", "中午", "晚高峰", "周末", "下雨以后", "连续三天"),
    "sound": ("声音很大", "响个不停", "震得窗户响"),
    "night": ("夜里十一点以后", "清晨五点多", "中午休息时", "每天晚上", "周末一早"),
    "danger": ("行人只能走机动车道", "老人和孩子出行不便", "晚上很危险", "已经有人摔倒", "上班高峰堵得厉害"),
    "effect": ("老人和孩子很不方便", "影响周边店铺", "居民意见很大", "一直没有人管", "拖了快一个月"),
}
_LONG = (
    "具体情况是这样的：问题从去年冬天就有，当时打过一次热线，工作人员来看过，临时处理以后好了大约一个月，之后又反复出现。"
    "我们楼里的住户一起商量过，也向社区反映过，社区说要等上级安排。大家的意见有三条：第一，先把最危险的地方围起来，"
    "设一个提示牌；第二，请说明由哪个部门负责、什么时候能修好；第三，修好以后请安排一次回访。谢谢。"
)


def hotline_requests(chance: Random) -> Spec:
    """Requests to the city hotline with text, time to answer and satisfaction."""
    return Spec(
        publisher="data-bureau",
        name="hotline-requests",
        title="市民热线诉求",
        description=(
            "市民通过热线电话、手机应用等渠道提出的诉求。公开前已经去掉来电号码和一切个人信息，文字也作了改写。\n\n"
            "字段说明：\n\n"
            "- **办理天数**：从受理到答复的自然日，当天答复为 0；还在办理的为空。\n"
            "- **满意度**：答复以后回访得到，1 为很不满意，5 为很满意；大约一半诉求没有回访结果。\n"
            "- **内容**：长短不一，咨询类多为一句话，反复发生的问题有较长的叙述。\n\n"
            "数据是全部诉求中按固定比例抽取的样本，适合看构成和变化，不适合推算总量。\n\n"
        ),
        keywords=["市民热线", "诉求", "满意度", "城市管理"],
        themes=["living", "public-safety"],
        update_cycle="daily",
        published=date(2026, 1, 12),
        updated=LAST_DAY,
        version="1.4.0",
        temporal=f"2026-01-01/{LAST_DAY}",
        en=(
            "Requests to the city hotline",
            "A sample of what residents asked or complained about by telephone, app and web: time, district, category, "
            "channel, text, days until the answer and satisfaction. Nothing in it tells who asked.",
            ["city hotline", "requests", "satisfaction", "city management"],
        ),
        resources=[
            Table(
                "requests",
                "诉求",
                _request_columns(),
                list(_requests(chance)),
                format="xlsx",
                primary_key=["诉求编号"],
            )
        ],
        catalogue=_filed(19),
    )


def _filed(number: int) -> dict[str, Any]:
    return {"code": f"307990002/{number:06d}", "category": {"class": "department", "item": "07"}}


def _request_columns() -> list[Column]:
    return [
        Column("诉求编号", description="RX、七位流水号和校验位。", more=must(unique=True, pattern="RX[0-9]{8}")),
        Column("受理时间", "datetime", description="热线受理的时间。", more=must()),
        district_column(),
        Column("类别", description="诉求的类别。", more=must(enum=list(_REQUESTS))),
        Column("渠道", description="提出诉求的渠道。", more=must(enum=list(_CHANNELS))),
        Column("内容", description="改写以后的诉求内容，不含个人信息。", more=must()),
        Column("办理天数", "integer", description="从受理到答复的自然日；还在办理时为空。", more=within(0, 365)),
        Column("满意度", "integer", description="1 至 5，5 为很满意；没有回访时为空。", more=within(1, 5)),
    ]


def _requests(chance: Random) -> Iterator[tuple[Any, ...]]:
    first = date(2026, 1, 1)
    days = [first + timedelta(days=day) for day in range((LAST_DAY - first).days + 1)]
    weights = [(0.62 if day.weekday() >= 5 else 1.0) * (1 + 0.12 * season(day)) for day in days]
    hours = (3, 2, 1, 1, 1, 2, 6, 18, 47, 62, 58, 43, 27, 38, 52, 51, 46, 40, 31, 28, 27, 22, 14, 7)
    times = sorted(
        datetime(
            day.year,
            day.month,
            day.day,
            chance.choices(range(24), hours)[0],
            chance.randrange(60),
        )
        for day in chance.choices(days, weights, k=2750)
    )
    serial = 1_204_400
    for time in times:
        serial += chance.randint(21, 75)
        category = chance.choices(list(_REQUESTS), [share for share, *_ in _REQUESTS.values()])[0]
        waiting = min(90, int(chance.expovariate(1 / (_REQUESTS[category][1] + 0.4))))
        answered = time.date() + timedelta(days=waiting) < LAST_DAY
        asked = answered and chance.random() < 0.52
        marks = (2, 3, 9, 30, 56) if waiting < 4 else (11, 14, 24, 31, 20)
        yield (
            code_with_check("RX", serial, 7),
            time,
            pick_district(chance).zh,
            category,
            chance.choices(list(_CHANNELS), list(_CHANNELS.values()))[0],
            _request_text(category, chance),
            waiting if answered else None,
            chance.choices((1, 2, 3, 4, 5), marks)[0] if asked else None,
        )


def _request_text(category: str, chance: Random) -> str:
    words = {name: chance.choice(choices) for name, choices in _WORDS.items()}
    text = chance.choice(_REQUESTS[category][2]).format(street=chance.choice(STREETS), **words)
    if category != "表扬感谢":
        text += chance.choice(_WISHES)
        text += _LONG if chance.random() < 0.012 else ""
    return text


DATASETS: tuple[Maker, ...] = (hotline_requests,)
