"""Standards and orders that are cited (GB/T 2260, 国办发 ...), each once: number and title.

Registers, fields and rules refer to these.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.model.text import LocalText


@dataclass(frozen=True)
class Reference:
    """A published standard or order. *number* is how it is quoted, without the year for what is quoted undated."""

    number: str
    title: LocalText


_ALL = (
    Reference("GB/T 2260", LocalText("中华人民共和国行政区划代码", "Codes for the administrative divisions of China")),
    Reference("GB/T 4754", LocalText("国民经济行业分类", "Industrial classification for national economic activities")),
    Reference("GB/T 7408", LocalText("日期和时间的表示法（ISO 8601）", "Representation of dates and times (ISO 8601)")),
    Reference(
        "GB/T 7714", LocalText("信息与文献 参考文献著录规则", "Rules for bibliographic references and citations")
    ),
    Reference("GB 11643", LocalText("公民身份号码", "Resident identity number")),
    Reference("GB 11714", LocalText("全国组织机构代码编制规则", "Rules of coding for organisations")),
    Reference("GB/T 22240", LocalText("网络安全等级保护定级指南", "Classification guide for cybersecurity protection")),
    Reference(
        "GB 32100", LocalText("法人和其他组织统一社会信用代码编码规则", "Unified social credit code of legal entities")
    ),
    Reference("GB/T 36344", LocalText("信息技术 数据质量评价指标", "Evaluation indicators for data quality")),
    Reference(
        "GB/T 38664", LocalText("信息技术 大数据 政务数据开放共享", "Big data: opening and sharing of government data")
    ),
    Reference(
        "发改高技〔2017〕1272号",
        LocalText(
            "政务信息资源目录编制指南（试行）", "Guide to compiling the catalogue of government resources (trial)"
        ),
    ),
    Reference(
        "国发〔2016〕51号",
        LocalText("政务信息资源共享管理暂行办法", "Interim measures on sharing government information resources"),
    ),
    Reference(
        "国办发〔2017〕39号",
        LocalText("政务信息系统整合共享实施方案", "Plan for integrating and sharing government information systems"),
    ),
)

REFERENCES = {item.number: item for item in _ALL}
"""By number."""
