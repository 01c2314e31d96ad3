"""Charts of the sample: what shows best what a dataset is about, where the shape of its tables alone cannot tell.

`VIEWS` are, by the names of datasets, their `views:` of Data Package in Vega-Lite's words (docs/reference/charts.md).
"""

from __future__ import annotations

from typing import Any

from sample_city.view_words import by, count, mean, total, view, words

_DISTRICT = ("区县", "District")

VIEWS: dict[str, list[dict[str, Any]]] = {
    "administrative-permits": [
        view(
            "by-item", "permits", "bar",
            {"x": by("许可事项", "许可事项", "Permit"), "y": count("许可", "Permits", "件")},
        ),
    ],
    "air-quality-hourly": [
        view(
            "pm25", "hourly", "line",
            {"x": {"field": "时间", "timeUnit": "yearmonth"}, "y": mean("PM2.5", "PM2.5", "PM2.5")},
        ),
        view(
            "pm25-by-station", "hourly", "line",
            {
                "x": {"field": "时间", "timeUnit": "yearmonth"},
                "y": mean("PM2.5", "PM2.5", "PM2.5"),
                "facet": {"field": "站点编号"},
            },
        ),
    ],
    "budget-execution": [
        view(
            "spending", "execution", "bar",
            {
                "y": by("科目名称", "支出科目", "Head of expenditure"),
                "x": total("累计支出", "累计支出", "Spent so far"),
            },
            {"field": "级次", "equal": "类"},
        ),
    ],
    "bus-network": [
        view(
            "lines-by-kind", "lines", "bar",
            {"x": by("线路类型", "线路类型", "Kind of line"), "y": count("线路", "Lines", "条")},
        ),
        view(
            "stops-by-district", "stops", "bar",
            {"x": by("区划代码", *_DISTRICT), "y": count("站点", "Stops")},
        ),
    ],
    "bus-ridership": [
        view(
            "passengers", "ridership", "line",
            {"x": {"field": "月份"}, "y": total("客运量", "客运量", "Ridership")},
        ),
        view(
            "passengers-by-line", "ridership", "bar",
            {"x": by("线路名称", "线路", "Line"), "y": total("客运量", "客运量", "Ridership")},
        ),
    ],
    "city-schools": [
        view(
            "students-by-kind", "schools", "bar",
            {"x": by("办学类型", "办学类型", "Kind of school"), "y": total("在校学生数", "在校学生数", "Students")},
        ),
        view(
            "schools-by-district", "schools", "bar",
            {
                "x": by("区县", *_DISTRICT),
                "y": count("学校", "Schools", "所"),
                "color": by("举办者", "举办者", "Run by"),
            },
        ),
    ],
    "clinic-visits": [
        view(
            "visits", "visits", "line",
            {"x": {"field": "月份"}, "y": total("门诊人次", "门诊人次", "Clinic visits")},
        ),
        view(
            "visits-by-department", "visits", "line",
            {
                "x": {"field": "月份"},
                "y": total("门诊人次", "门诊人次", "Clinic visits"),
                "facet": by("科室", "科室", "Department"),
            },
        ),
    ],
    "crop-harvests": [
        view(
            "harvests", "harvests", "line",
            {
                "x": {"field": "年份"},
                "y": total("产量（吨）", "产量", "Harvest"),
                "color": by("作物", "作物", "Crop"),
            },
        ),
    ],
    "electricity-consumption": [
        view(
            "consumption", "consumption", "line",
            {"x": {"field": "月份"}, "y": total("用电量", "用电量", "Electricity used")},
        ),
        view(
            "by-sector", "consumption", "parts",
            {
                "x": total("用电量", "2026年10月用电量", "Electricity used in October 2026"),
                "color": by("行业", "行业", "Sector"),
            },
            {"field": "月份", "equal": "2026-10"},
        ),
    ],
    "emergency-shelters": [
        view(
            "places-by-district", "shelters", "bar",
            {
                "x": by("区县", *_DISTRICT),
                "y": total("可容纳人数", "可容纳人数", "People who find shelter"),
                "color": by("级别", "级别", "Level"),
            },
        ),
    ],
    "hotline-requests": [
        view(
            "by-kind", "requests", "bar",
            {"x": by("类别", "类别", "Kind"), "y": count("诉求", "Requests", "件")},
        ),
        view(
            "by-month", "requests", "line",
            {"x": {"field": "受理时间", "timeUnit": "yearmonth"}, "y": count("诉求件数", "Requests", "件")},
        ),
        view(
            "days-to-answer", "requests", "bar",
            {"x": by("办理天数", "办理天数", "Days until the answer", bin=True), "y": {"aggregate": "count"}},
        ),
    ],
    "housing-transactions": [
        view(
            "dwellings", "transactions", "line",
            {
                "x": {"field": "成交日期", "timeUnit": "yearmonth"},
                "y": total("成交套数", "新房成交套数", "New dwellings sold"),
            },
        ),
        view(
            "area-by-district", "transactions", "bar",
            {"x": by("区县", *_DISTRICT), "y": total("成交面积（平方米）", "成交面积", "Floor area sold")},
        ),
    ],
    "industrial-output": [
        view(
            "index-by-trade", "index", "line",
            {
                "x": {"field": "月份"},
                "y": {"field": "当月指数", "title": words("当月指数", "Index of the month")},
                "facet": by("行业", "行业", "Trade"),
            },
        ),
    ],
    "investment-projects": [
        view(
            "investment-by-kind", "projects", "bar",
            {
                "x": by("项目类别", "项目类别", "Kind of project"),
                "y": total("总投资（万元）", "总投资", "Total investment"),
                "color": by("项目状态", "项目状态", "State"),
            },
        ),
    ],
    "job-vacancies": [
        view(
            "openings-by-trade", "vacancies", "bar",
            {"x": by("行业", "行业", "Trade"), "y": total("招聘人数", "招聘人数", "Openings")},
        ),
        view(
            "lowest-pay", "vacancies", "bar",
            {"x": by("月薪下限", "月薪下限", "Lowest monthly pay", bin=True), "y": {"aggregate": "count"}},
        ),
    ],
    "land-supply": [
        view(
            "area-by-use", "parcels", "bar",
            {"x": by("用途", "用途", "Use"), "y": total("面积（公顷）", "供应面积", "Area supplied")},
        ),
    ],
    "legal-aid-stations": [
        view(
            "by-district", "stations", "bar",
            {"x": by("区县", *_DISTRICT), "y": count("工作站", "Stations")},
        ),
    ],
    "legal-person-registrations": [
        view(
            "by-industry", "registrations", "bar",
            {"x": by("行业代码", "行业", "Industry"), "y": count("存续企业", "Active firms", "家")},
            {"field": "登记状态", "equal": "存续"},
        ),
    ],
    "library-loans": [
        view(
            "loans", "loans", "line",
            {"x": {"field": "月份"}, "y": total("外借册次", "外借册次", "Loans")},
        ),
        view(
            "loans-by-subject", "loans", "bar",
            {"x": by("类号", "图书大类", "Subject"), "y": total("外借册次", "外借册次", "Loans")},
        ),
    ],
    "medical-institutions": [
        view(
            "beds-by-district", "institutions", "bar",
            {
                "x": by("区县", *_DISTRICT),
                "y": total("床位数", "床位数", "Beds"),
                "color": by("性质", "性质", "Ownership"),
            },
        ),
        view(
            "by-kind", "institutions", "bar",
            {"x": by("机构类别", "机构类别", "Kind"), "y": count("机构", "Institutions", "家")},
        ),
    ],
    "minimum-allowance": [
        view(
            "people", "recipients", "line",
            {
                "x": {"field": "季度"},
                "y": total("人数", "保障人数", "People who get the allowance"),
                "color": by("类别", "类别", "Kind"),
            },
        ),
    ],
    "open-data-plan": [
        view(
            "by-state", "plan", "bar",
            {
                "y": by("计划年度", "计划年度", "Year of the plan", sort="ascending"),
                "x": count("数据集", "Datasets"),
                "color": by("完成情况", "完成情况", "State"),
            },
        ),
    ],
    "parking-lots": [
        view(
            "spaces-by-kind", "parking-lots", "bar",
            {"x": by("类型", "类型", "Kind"), "y": total("车位数", "车位数", "Parking spaces")},
        ),
    ],
    "patents-by-field": [
        view(
            "granted", "patents", "line",
            {
                "x": {"field": "年份"},
                "y": total("授权量", "专利授权量", "Patents granted"),
                "color": by("领域", "领域", "Field"),
            },
        ),
    ],
    "price-monitoring": [
        view(
            "prices", "prices", "line",
            {
                "x": {"field": "采价日期", "timeUnit": "yearmonth"},
                "y": mean("价格（元）", "每500克价格", "Price of 500 g"),
                "facet": {"field": "商品代码", "title": words("商品", "Goods")},
            },
            {"field": "商品代码", "oneOf": ["01", "03", "04", "06", "08", "10", "12", "14"]},
        ),
    ],
    "public-parks": [
        view(
            "area-by-kind", "parks", "bar",
            {"x": by("公园类型", "公园类型", "Kind of park"), "y": total("面积", "占地面积", "Area")},
        ),
    ],
    "public-resource-deals": [
        view(
            "amount-by-kind", "deals", "bar",
            {"x": by("交易类型", "交易类型", "Kind of deal"), "y": total("成交金额（万元）", "成交金额", "Amount")},
        ),
    ],
    "random-inspections": [
        view(
            "results", "results", "parts",
            {"x": count("被检查企业", "Firms inspected", "家次"), "color": by("检查结果", "检查结果", "Result")},
        ),
    ],
    "safety-inspections": [
        view(
            "results-by-trade", "inspections", "bar",
            {
                "x": by("行业领域", "行业领域", "Trade"),
                "y": count("检查", "Inspections", "次"),
                "color": by("检查结果", "检查结果", "Result"),
            },
        ),
    ],
    "school-enrolment": [
        view(
            "by-stage", "enrolment", "line",
            {
                "x": {"field": "学年"},
                "y": total("在校学生数", "在校学生数", "Students"),
                "color": by("学段", "学段", "Stage"),
            },
        ),
    ],
    "science-projects": [
        view(
            "funding-by-programme", "projects", "bar",
            {"x": by("计划类别", "计划类别", "Programme"), "y": total("资助金额（万元）", "资助金额", "Funding")},
        ),
    ],
    "social-insurance": [
        view(
            "insured", "participants", "line",
            {
                "x": {"field": "月份"},
                "y": total("参保人数", "参保人数", "People insured"),
                "color": by("险种", "险种", "Insurance"),
            },
        ),
    ],
    "social-organisations": [
        view(
            "by-field", "associations", "bar",
            {"x": by("活动领域", "活动领域", "Field"), "y": count("正常的社会团体", "Associations in good standing")},
            {"field": "登记状态", "equal": "正常"},
        ),
    ],
    "tap-water": [
        view(
            "chlorine", "weekly-quality", "line",
            {
                "x": {"field": "周一日期", "timeUnit": "yearmonth"},
                "y": mean("余氯", "出厂水余氯", "Free chlorine"),
                "color": by("水厂", "水厂", "Water works"),
            },
        ),
    ],
    "tourist-sites": [
        view(
            "by-grade", "sites", "bar",
            {"x": by("等级", "等级", "Grade"), "y": count("景区", "Sites", "处")},
        ),
    ],
    "traffic-counts": [
        view(
            "cars-by-month", "counts-2026-10", "line",
            {
                "x": {"field": "_resource"},
                "y": total("小客车", "八个观测点工作日全天小客车", "Cars a workday at eight points"),
            },
        ),
        view(
            "cars-by-hour", "counts-2026-10", "bar",
            {
                "x": by("小时", "小时", "Hour of the day", sort="ascending"),
                "y": total("小客车", "八个观测点每小时小客车", "Cars an hour at eight points"),
            },
            title=words("2026年10月工作日", "Workdays of October 2026"),
        ),
    ],
    "water-quality-sections": [
        view(
            "ammonia", "sections", "line",
            {
                "x": {"field": "月份"},
                "y": {"field": "氨氮", "title": words("氨氮", "Ammonia nitrogen")},
                "facet": by("断面", "断面", "Section"),
            },
        ),
        view(
            "classes", "sections", "bar",
            {
                "x": by("断面", "断面", "Section"),
                "y": count("月数", "Months", "个月"),
                "color": by("水质类别", "水质类别", "Class"),
            },
        ),
    ],
    "weather-daily": [
        view(
            "temperature", "daily", "line",
            {"x": {"field": "日期", "timeUnit": "yearmonth"}, "y": mean("平均气温", "平均气温", "Mean temperature")},
        ),
        view(
            "rain", "daily", "line",
            {"x": {"field": "日期", "timeUnit": "year"}, "y": total("降水量", "降水量", "Rain")},
        ),
    ],
    "weather-warnings": [
        view(
            "by-kind", "warnings", "bar",
            {
                "x": by("灾害种类", "灾害种类", "Kind"),
                "y": count("预警", "Warnings", "次"),
                "color": by("等级", "等级", "Level"),
            },
        ),
    ],
}  # fmt: skip
