"""Every code of a finding, declared once: severity, message, how to mend it, explanation; zh and en.

A code is the error type of Frictionless where it has one, else ours. In the texts ``{name}`` stands for a detail of
the finding; a detail that is not known, or must not be shown, stands as "…". Each group stands in a file of its own.
"""

from __future__ import annotations

from portal.findings.codes.cells import CELLS
from portal.findings.codes.census import CENSUS
from portal.findings.codes.declare import Code
from portal.findings.codes.delimited import DELIMITED
from portal.findings.codes.departments import DEPARTMENTS
from portal.findings.codes.descriptor import DESCRIPTOR
from portal.findings.codes.files import FILES
from portal.findings.codes.guide import GUIDE
from portal.findings.codes.listings import LISTINGS
from portal.findings.codes.metadata import CATALOGUE
from portal.findings.codes.packages import PACKAGES
from portal.findings.codes.privacy import PRIVACY
from portal.findings.codes.quality import QUALITY
from portal.findings.codes.reading import READING
from portal.findings.codes.search import SEARCH
from portal.findings.codes.site import SITE
from portal.findings.codes.spreadsheets import SPREADSHEETS
from portal.findings.codes.standards import STANDARDS
from portal.findings.codes.tables import TABLES
from portal.findings.codes.workbooks import WORKBOOKS
from portal.model.text import LocalText

__all__ = ["CODES", "GROUPS", "Code"]

GROUPS: tuple[tuple[LocalText, tuple[Code, ...]], ...] = (
    (LocalText("描述文件", "The descriptor"), DESCRIPTOR),
    (LocalText("目录元数据", "The metadata of the catalogue"), CATALOGUE),
    (LocalText("网站自身", "What the site states of itself"), SITE),
    (LocalText("国家目录编制指南", "The national guide for catalogues"), GUIDE),
    (LocalText("单位名录", "The register of departments"), DEPARTMENTS),
    (LocalText("数据文件", "Files and what the portal does with them"), FILES),
    (LocalText("文件的读取", "Reading files"), (*READING, *DELIMITED)),
    (LocalText("电子表格", "Workbooks and tables as people make them"), SPREADSHEETS),
    (LocalText("Frictionless 的检查", "What Frictionless finds, by its own error types"), (*PACKAGES, *TABLES)),
    (LocalText("单元格与坐标", "Cells and coordinates, beyond Frictionless"), CELLS),
    (LocalText("隐私与保密", "Privacy and secrecy"), PRIVACY),
    (LocalText("质量与链接", "Quality and links"), QUALITY),
    (LocalText("登记表标准", "Register standards"), STANDARDS),
    (LocalText("填报表", "Filled workbooks"), WORKBOOKS),
    (LocalText("普查表与目录导入", "Census workbooks and imported catalogues"), CENSUS),
    (LocalText("清单导入", "Listings of other portals"), LISTINGS),
    (LocalText("检索词表", "The lexicon of the search"), SEARCH),
)
"""The groups of codes in the order of the manual."""

CODES: dict[str, Code] = {code.name: code for _, group in GROUPS for code in group}
