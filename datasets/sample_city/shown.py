"""Charts of the sample: what shows best what a dataset is about, where the shape of its tables alone cannot tell.

`VIEWS` are, by the names of datasets, their `views:` of Data Package in Vega-Lite's words (docs/reference/charts.md).
"""

from __future__ import annotations

from typing import Any

Words = dict[str, str]


def _words(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


def _view(name: str, resource: str, mark: str, encoding: dict[str, Any], *filters: dict[str, Any]) -> dict[str, Any]:
    """Return a view of one table; *filters* say of columns which values count."""
    transform = {"transform": [{"filter": item} for item in filters]} if filters else {}
    return {"name": name, "resources": [resource], "spec": {"mark": mark, **transform, "encoding": encoding}}


def _sum(field: str, zh: str, en: str) -> dict[str, Any]:
    return {"field": field, "aggregate": "sum", "title": _words(zh, en)}


def _mean(field: str, zh: str, en: str) -> dict[str, Any]:
    return {"field": field, "aggregate": "mean", "title": _words(zh, en)}


def _count(zh: str, en: str, unit: str = "个") -> dict[str, Any]:
    return {"aggregate": "count", "title": _words(zh, en), **({"unit": _words(unit, "")} if unit != "个" else {})}


def _by(field: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "title": _words(zh, en), **more}


_DISTRICT = ("区县", "District")

VIEWS: dict[str, list[dict[str, Any]]] = {
    "administrative-permits": [
        _view(
            "by-item", "permits", "bar",
            {"x": _by("许可事项", "许可事项", "Permit"), "y": _count("许可", "Permits", "件")},
        ),
    ],
    "air-quality-hourly": [
        _view(
            "pm25", "hourly", "line",
            {"x": {"field": "时间", "timeUnit": "yearmonth"}, "y": _mean("PM2.5", "PM2.5", "PM2.5")},
        ),
        _view(
            "pm25-by-station", "hourly", "line",
            {
                "x": {"field": "时间", "timeUnit": "yearmonth"},
                "y": _mean("PM2.5", "PM2.5", "PM2.5"),
                "facet": {"field": "站点编号"},
            },
        ),
    ],
    "budget-execution": [
        _view(
            "spending", "execution", "bar",
            {
                "y": _by("科目名称", "支出科目", "Head of expenditure"),
                "x": _sum("累计支出", "累计支出", "Spent so far"),
            },
            {"field": "级次", "equal": "类"},
        ),
    ],
    "bus-network": [
        _view(
            "lines-by-kind", "lines", "bar",
            {"x": _by("线路类型", "线路类型", "Kind of line"), "y": _count("线路", "Lines", "条")},
        ),
        _view(
            "stops-by-district", "stops", "bar",
            {"x": _by("区划代码", *_DISTRICT), "y": _count("站点", "Stops")},
        ),
    ],
    "bus-ridership": [
        _view(
            "passengers", "ridership", "line",
            {"x": {"field": "月份"}, "y": _sum("客运量", "客运量", "Ridership")},
        ),
    ],
    "city-schools": [
        _view(
            "students-by-kind", "schools", "bar",
            {"x": _by("办学类型", "办学类型", "Kind of school"), "y": _sum("在校学生数", "在校学生数", "Students")},
        ),
        _view(
            "schools-by-district", "schools", "bar",
            {
                "x": _by("区县", *_DISTRICT),
                "y": _count("学校", "Schools", "所"),
                "color": _by("举办者", "举办者", "Run by"),
            },
        ),
    ],
    "clinic-visits": [
        _view(
            "visits", "visits", "line",
            {"x": {"field": "月份"}, "y": _sum("门诊人次", "门诊人次", "Clinic visits")},
        ),
        _view(
            "visits-by-department", "visits", "line",
            {
                "x": {"field": "月份"},
                "y": _sum("门诊人次", "门诊人次", "Clinic visits"),
                "facet": _by("科室", "科室", "Department"),
            },
        ),
    ],
    "crop-harvests": [
        _view(
            "harvests", "harvests", "line",
            {
                "x": {"field": "年份"},
                "y": _sum("产量（吨）", "产量", "Harvest"),
                "color": _by("作物", "作物", "Crop"),
            },
        ),
    ],
    "electricity-consumption": [
        _view(
            "consumption", "consumption", "line",
            {"x": {"field": "月份"}, "y": _sum("用电量", "用电量", "Electricity used")},
        ),
        _view(
            "by-sector", "consumption", "parts",
            {
                "x": _sum("用电量", "2026年10月用电量", "Electricity used in October 2026"),
                "color": _by("行业", "行业", "Sector"),
            },
            {"field": "月份", "equal": "2026-10"},
        ),
    ],
    "emergency-shelters": [
        _view(
            "places-by-district", "shelters", "bar",
            {
                "x": _by("区县", *_DISTRICT),
                "y": _sum("可容纳人数", "可容纳人数", "People who find shelter"),
                "color": _by("级别", "级别", "Level"),
            },
        ),
    ],
    "hotline-requests": [
        _view(
            "by-kind", "requests", "bar",
            {"x": _by("类别", "类别", "Kind"), "y": _count("诉求", "Requests", "件")},
        ),
        _view(
            "by-month", "requests", "line",
            {"x": {"field": "受理时间", "timeUnit": "yearmonth"}, "y": _count("诉求件数", "Requests", "件")},
        ),
        _view(
            "days-to-answer", "requests", "bar",
            {"x": _by("办理天数", "办理天数", "Days until the answer", bin=True), "y": {"aggregate": "count"}},
        ),
    ],
    "housing-transactions": [
        _view(
            "dwellings", "transactions", "line",
            {
                "x": {"field": "成交日期", "timeUnit": "yearmonth"},
                "y": _sum("成交套数", "新房成交套数", "New dwellings sold"),
            },
        ),
        _view(
            "area-by-district", "transactions", "bar",
            {"x": _by("区县", *_DISTRICT), "y": _sum("成交面积（平方米）", "成交面积", "Floor area sold")},
        ),
    ],
    "industrial-output": [
        _view(
            "index-by-trade", "index", "line",
            {
                "x": {"field": "月份"},
                "y": {"field": "当月指数", "title": _words("当月指数", "Index of the month")},
                "facet": _by("行业", "行业", "Trade"),
            },
        ),
    ],
    "investment-projects": [
        _view(
            "investment-by-kind", "projects", "bar",
            {
                "x": _by("项目类别", "项目类别", "Kind of project"),
                "y": _sum("总投资（万元）", "总投资", "Total investment"),
                "color": _by("项目状态", "项目状态", "State"),
            },
        ),
    ],
    "job-vacancies": [
        _view(
            "openings-by-trade", "vacancies", "bar",
            {"x": _by("行业", "行业", "Trade"), "y": _sum("招聘人数", "招聘人数", "Openings")},
        ),
        _view(
            "lowest-pay", "vacancies", "bar",
            {"x": _by("月薪下限", "月薪下限", "Lowest monthly pay", bin=True), "y": {"aggregate": "count"}},
        ),
    ],
    "land-supply": [
        _view(
            "area-by-use", "parcels", "bar",
            {"x": _by("用途", "用途", "Use"), "y": _sum("面积（公顷）", "供应面积", "Area supplied")},
        ),
    ],
    "legal-aid-stations": [
        _view(
            "by-district", "stations", "bar",
            {"x": _by("区县", *_DISTRICT), "y": _count("工作站", "Stations")},
        ),
    ],
    "legal-person-registrations": [
        _view(
            "by-industry", "registrations", "bar",
            {"x": _by("行业代码", "行业", "Industry"), "y": _count("企业", "Firms", "家")},
        ),
    ],
    "library-loans": [
        _view(
            "loans", "loans", "line",
            {"x": {"field": "月份"}, "y": _sum("外借册次", "外借册次", "Loans")},
        ),
        _view(
            "loans-by-subject", "loans", "bar",
            {"x": _by("类号", "图书大类", "Subject"), "y": _sum("外借册次", "外借册次", "Loans")},
        ),
    ],
    "medical-institutions": [
        _view(
            "beds-by-district", "institutions", "bar",
            {
                "x": _by("区县", *_DISTRICT),
                "y": _sum("床位数", "床位数", "Beds"),
                "color": _by("性质", "性质", "Ownership"),
            },
        ),
        _view(
            "by-kind", "institutions", "bar",
            {"x": _by("机构类别", "机构类别", "Kind"), "y": _count("机构", "Institutions", "家")},
        ),
    ],
    "minimum-allowance": [
        _view(
            "people", "recipients", "line",
            {
                "x": {"field": "季度"},
                "y": _sum("人数", "保障人数", "People who get the allowance"),
                "color": _by("类别", "类别", "Kind"),
            },
        ),
    ],
    "open-data-plan": [
        _view(
            "by-state", "plan", "bar",
            {
                "y": _by("计划年度", "计划年度", "Year of the plan", sort="ascending"),
                "x": _count("数据集", "Datasets"),
                "color": _by("完成情况", "完成情况", "State"),
            },
        ),
    ],
    "parking-lots": [
        _view(
            "spaces-by-kind", "parking-lots", "bar",
            {"x": _by("类型", "类型", "Kind"), "y": _sum("车位数", "车位数", "Parking spaces")},
        ),
    ],
    "patents-by-field": [
        _view(
            "granted", "patents", "line",
            {
                "x": {"field": "年份"},
                "y": _sum("授权量", "专利授权量", "Patents granted"),
                "color": _by("领域", "领域", "Field"),
            },
        ),
    ],
    "price-monitoring": [
        _view(
            "prices", "prices", "line",
            {
                "x": {"field": "采价日期", "timeUnit": "yearmonth"},
                "y": _mean("价格（元）", "每500克价格", "Price of 500 g"),
                "facet": {"field": "商品代码", "title": _words("商品", "Goods")},
            },
            {"field": "商品代码", "oneOf": ["01", "03", "04", "06", "08", "10", "12", "14"]},
        ),
    ],
    "public-parks": [
        _view(
            "area-by-kind", "parks", "bar",
            {"x": _by("公园类型", "公园类型", "Kind of park"), "y": _sum("面积", "占地面积", "Area")},
        ),
    ],
    "public-resource-deals": [
        _view(
            "amount-by-kind", "deals", "bar",
            {"x": _by("交易类型", "交易类型", "Kind of deal"), "y": _sum("成交金额（万元）", "成交金额", "Amount")},
        ),
    ],
    "random-inspections": [
        _view(
            "results", "results", "parts",
            {"x": _count("被检查企业", "Firms inspected", "家次"), "color": _by("检查结果", "检查结果", "Result")},
        ),
    ],
    "safety-inspections": [
        _view(
            "results-by-trade", "inspections", "bar",
            {
                "x": _by("行业领域", "行业领域", "Trade"),
                "y": _count("检查", "Inspections", "次"),
                "color": _by("检查结果", "检查结果", "Result"),
            },
        ),
    ],
    "school-enrolment": [
        _view(
            "by-stage", "enrolment", "line",
            {
                "x": {"field": "学年"},
                "y": _sum("在校学生数", "在校学生数", "Students"),
                "color": _by("学段", "学段", "Stage"),
            },
        ),
    ],
    "science-projects": [
        _view(
            "funding-by-programme", "projects", "bar",
            {"x": _by("计划类别", "计划类别", "Programme"), "y": _sum("资助金额（万元）", "资助金额", "Funding")},
        ),
    ],
    "social-insurance": [
        _view(
            "insured", "participants", "line",
            {
                "x": {"field": "月份"},
                "y": _sum("参保人数", "参保人数", "People insured"),
                "color": _by("险种", "险种", "Insurance"),
            },
        ),
    ],
    "social-organisations": [
        _view(
            "by-field", "associations", "bar",
            {"x": _by("活动领域", "活动领域", "Field"), "y": _count("社会团体", "Associations")},
        ),
    ],
    "tap-water": [
        _view(
            "chlorine", "weekly-quality", "line",
            {
                "x": {"field": "周一日期", "timeUnit": "yearmonth"},
                "y": _mean("余氯", "出厂水余氯", "Free chlorine"),
                "color": _by("水厂", "水厂", "Water works"),
            },
        ),
    ],
    "tourist-sites": [
        _view(
            "by-grade", "sites", "bar",
            {"x": _by("等级", "等级", "Grade"), "y": _count("景区", "Sites", "处")},
        ),
    ],
    "traffic-counts": [
        _view(
            "cars-by-hour", "counts-2026-10", "bar",
            {
                "x": _by("小时", "小时", "Hour of the day", sort="ascending"),
                "y": _sum("小客车", "八个观测点每小时小客车", "Cars an hour at eight points"),
            },
        ),
    ],
    "water-quality-sections": [
        _view(
            "ammonia", "sections", "line",
            {
                "x": {"field": "月份"},
                "y": {"field": "氨氮", "title": _words("氨氮", "Ammonia nitrogen")},
                "facet": _by("断面", "断面", "Section"),
            },
        ),
        _view(
            "classes", "sections", "bar",
            {
                "x": _by("断面", "断面", "Section"),
                "y": _count("月数", "Months", "个月"),
                "color": _by("水质类别", "水质类别", "Class"),
            },
        ),
    ],
    "weather-daily": [
        _view(
            "temperature", "daily", "line",
            {"x": {"field": "日期", "timeUnit": "yearmonth"}, "y": _mean("平均气温", "平均气温", "Mean temperature")},
        ),
        _view(
            "rain", "daily", "line",
            {"x": {"field": "日期", "timeUnit": "year"}, "y": _sum("降水量", "降水量", "Rain")},
        ),
    ],
    "weather-warnings": [
        _view(
            "by-kind", "warnings", "bar",
            {
                "x": _by("灾害种类", "灾害种类", "Kind"),
                "y": _count("预警", "Warnings", "次"),
                "color": _by("等级", "等级", "Level"),
            },
        ),
    ],
}  # fmt: skip
