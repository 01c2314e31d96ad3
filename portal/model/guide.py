"""Resource code, category, format, information items, volumes: nouns of the national guide (目录编制指南).

《政务信息资源目录编制指南（试行）》, 发改高技〔2017〕1272号, has them; a plain dataset does not. The guide's thirteen
core elements are: title, description, publisher and its code, sharing, openness, update cycle and date of publishing,
which every `Dataset` has; and category, code, format, information items and related codes, which stand here. The
volumes are those of the census (政务信息资源大普查).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from portal.model.known_formats import KNOWN_FORMATS
from portal.model.text import LocalText, enumerated


@dataclass(frozen=True, slots=True)
class Category:
    """Where a resource stands in the catalogue (信息资源分类): 类, 项, 目 and 细目 of its code, as far as known.

    *class_id* is ``base``, ``theme`` or ``department``; *item* has two digits, *directory* three.
    """

    class_id: str = ""
    item: str = ""
    directory: str = ""
    subdirectory: str = ""

    @property
    def code(self) -> str:
        """The code of the category (前段码), as much of it as is known; "" without a class.

        >>> Category("department", "07", "021", "444").code
        '307021444'
        """
        digit = CATEGORY_DIGITS.get(self.class_id, "")
        return f"{digit}{self.item}{self.directory}{self.subdirectory}" if digit else ""


@dataclass(frozen=True, slots=True)
class DataFormat:
    """How the resource is kept at the provider (信息资源格式): a class, a type of it, and words for other formats."""

    class_id: str = ""
    type: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One information item (信息项), a column of the resource. *length* is in bytes, None where it is not stated."""

    name: str
    name_en: str = ""
    data_type: str = ""
    """A letter of `DATA_TYPES`, or what else was stated."""
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Volume:
    """The six figures of the census, as text, so that they are given back as they came.

    Storage in gigabytes (G), records in units of ten thousand (万).
    """

    storage_gb: str = ""
    records_10k: str = ""
    shared_storage_gb: str = ""
    shared_records_10k: str = ""
    open_storage_gb: str = ""
    open_records_10k: str = ""


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """What the guide asks of a resource beyond a dataset's own metadata, and the extended metadata in common use."""

    category: Category = Category()
    data_format: DataFormat = DataFormat()
    items: tuple[Item, ...] = ()
    """As stated; where nothing is stated, the columns of the tables."""
    related_codes: tuple[str, ...] = ()
    provider_unit: str = ""
    """The unit within the provider (提供方内部部门)."""
    secrecy: str = ""
    """What the record says of its secrecy (涉密属性), as it stands there."""
    systems: tuple[str, ...] = ()
    """The information systems it comes from (来源信息系统)."""
    network: str = ""
    location: str = ""
    responsible: str = ""
    phone: str = ""
    ownership: str = ""
    online_url: str = ""
    volume: Volume = Volume()

    def for_public(self) -> GuideEntry:
        """Return what the open edition tells of it: not from which systems it comes, nor in which network and where."""
        if not (self.systems or self.network or self.location):
            return self
        return replace(self, systems=(), network="", location="")

    @property
    def online_address(self) -> str:
        """Where the resource is to be had, "" where what is stated is no address on the web.

        >>> GuideEntry(online_url="https://example.cn/d/1").online_address
        'https://example.cn/d/1'
        >>> GuideEntry(online_url="javascript:alert(1)").online_address
        ''
        """
        url = self.online_url.strip()
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        return url if parts.scheme in ("http", "https") and parts.hostname else ""


CATEGORY_DIGITS = {"base": "1", "theme": "2", "department": "3"}

CATEGORY_CLASSES = {
    "base": LocalText("基础信息资源目录", "Base resources"),
    "theme": LocalText("主题信息资源目录", "Thematic resources"),
    "department": LocalText("部门信息资源目录", "Departmental resources"),
}

# 项, in the order of the guide's lists; the number is the place in the list.
CATEGORY_ITEMS = {
    "base": {
        "01": LocalText("国家人口基础信息资源", "Population"),
        "02": LocalText("法人单位基础信息资源", "Legal persons"),
        "03": LocalText("自然资源和空间地理基础信息资源", "Natural resources and geography"),
        "04": LocalText("社会信用基础信息资源", "Social credit"),
        "05": LocalText("电子证照基础信息资源", "Electronic licences and certificates"),
    },
    "theme": {
        "01": LocalText("公共服务", "Public services"),
        "02": LocalText("健康保障", "Health"),
        "03": LocalText("社会保障", "Social security"),
        "04": LocalText("食品药品安全", "Safety of food and medicine"),
        "05": LocalText("安全生产", "Work safety"),
        "06": LocalText("价格监管", "Price supervision"),
        "07": LocalText("能源安全", "Energy security"),
        "08": LocalText("信用体系", "Credit system"),
        "09": LocalText("城乡建设", "Urban and rural construction"),
        "10": LocalText("社区治理", "Community governance"),
        "11": LocalText("生态环保", "Environmental protection"),
        "12": LocalText("应急维稳", "Emergency response"),
    },
    "department": {
        "01": LocalText("党中央", "Central Committee of the Party"),
        "02": LocalText("全国人大常委会", "Standing Committee of the National People's Congress"),
        "03": LocalText("国务院", "State Council"),
        "04": LocalText("全国政协", "National Committee of the CPPCC"),
        "05": LocalText("最高人民法院", "Supreme People's Court"),
        "06": LocalText("最高人民检察院", "Supreme People's Procuratorate"),
        "07": LocalText("省（自治区、直辖市）及其下各级政务部门", "Provinces and the departments below them"),
        "08": LocalText("计划单列市及其下各级政务部门", "Cities planned separately and the departments below them"),
    },
}

# 信息资源格式分类 with the 格式类型 of catalogue software that follows the guide, and the code of each class.
FORMAT_CLASSES = {
    "file": LocalText("电子文件", "Electronic file"),
    "spreadsheet": LocalText("电子表格", "Spreadsheet"),
    "database": LocalText("数据库", "Database"),
    "image": LocalText("图形图像", "Image"),
    "media": LocalText("流媒体", "Streaming media"),
    "self-described": LocalText("自描述格式", "Self-described format"),
    "other": LocalText("其他", "Other"),
}
FORMAT_TYPES = {
    "file": ("OFD", "wps", "xml", "txt", "doc", "docx", "html", "pdf", "ppt"),
    "spreadsheet": ("et", "xls", "xlsx"),
    "database": ("Dm", "KingbaseES", "access", "dbf", "dbase", "sysbase", "oracle", "sql server", "db2"),
    "image": ("jpg", "gif", "bmp"),
    "media": ("swf", "rm", "mpg"),
}

# The class that files of a format belong to; the guide's own types stand in FORMAT_TYPES, the others are ours.
_CLASS_OF_FILE = {
    **{
        name.lower(): class_id
        for class_id in ("spreadsheet", "file", "image", "media")
        for name in FORMAT_TYPES[class_id]
    },
    **{item.name: item.guide_class for item in KNOWN_FORMATS if item.guide_class},
    **dict.fromkeys(("access", "db"), "database"),
}
_TYPE_OF_FILE = {"mdb": "access", "accdb": "access", "htm": "html", "jpeg": "jpg"}
_CLASSES_OF_FILES = ("database", "spreadsheet", "file", "image", "media", "other")
"""The more structure a class has, the sooner it stands for files of several."""


def format_of_files(formats: Iterable[str]) -> DataFormat:
    """Return the 信息资源格式 that files of these formats have; none for no files.

    The class is that of the files with the most structure; the type one of the guide's for that class. What the guide
    of 2017 has no type for, such as CSV, and what further files are, stands in words.

    >>> format_of_files(["xlsx", "csv"]), format_of_files(["csv", "pdf"])
    (DataFormat(class_id='spreadsheet', type='xlsx', other='csv'), \
DataFormat(class_id='spreadsheet', type='', other='csv、pdf'))
    >>> format_of_files(["pdf"]), format_of_files([""])
    (DataFormat(class_id='file', type='pdf', other=''), DataFormat(class_id='', type='', other=''))
    """
    names = tuple(dict.fromkeys(_TYPE_OF_FILE.get(name, name) for name in map(str.lower, formats) if name))
    if not names:
        return DataFormat()
    classes = {name: _CLASS_OF_FILE.get(name, "other") for name in names}
    class_id = min(classes.values(), key=_CLASSES_OF_FILES.index)
    types = {item.lower(): item for item in FORMAT_TYPES.get(class_id, ())}
    chosen = next((name for name in names if name in types), "")
    return DataFormat(class_id, types.get(chosen, ""), enumerated("zh", (name for name in names if name != chosen)))


# 数据类型 of an information item, by its letter.
DATA_TYPES = {
    "C": LocalText("字符型", "Text"),
    "N": LocalText("数值型", "Numeric"),
    "Y": LocalText("货币型", "Currency"),
    "D": LocalText("日期型", "Date"),
    "T": LocalText("日期时间型", "Date and time"),
    "L": LocalText("逻辑型", "Logical"),
    "M": LocalText("备注型", "Memo"),
    "G": LocalText("通用型", "General"),
    "B": LocalText("双精度型", "Double"),
    "I": LocalText("整型", "Integer"),
    "F": LocalText("浮点型", "Float"),
}

_TYPE_OF_LETTER = {
    "C": "string",
    "N": "number",
    "Y": "number",
    "D": "date",
    "T": "datetime",
    "L": "boolean",
    "M": "string",
    "G": "any",
    "B": "number",
    "I": "integer",
    "F": "number",
}
_LETTER_OF_TYPE = {"string": "C", "integer": "I", "number": "N", "boolean": "L", "date": "D", "datetime": "T"}

SHARING_METHOD_CLASSES = {
    "platform": LocalText("共享平台方式", "Sharing platform"),
    "mail": LocalText("邮件", "Mail"),
    "disk": LocalText("拷盘", "Copied to disk"),
    "media": LocalText("介质交换", "Exchange of media"),
}
SHARING_METHOD_TYPES = {
    "file": LocalText("文件", "File"),
    "database": LocalText("数据库", "Database"),
    "interface": LocalText("接口", "Interface"),
}

VOLUME_FIELDS = (
    "storage_gb",
    "records_10k",
    "shared_storage_gb",
    "shared_records_10k",
    "open_storage_gb",
    "open_records_10k",
)


CODE_CHARACTERS_MAX = 64
"""A longer text is no resource code."""
_CODE = re.compile(r"([123][0-9]{2}[0-9]{3}[0-9A-Za-z]*)/([0-9]{1,12})")


def code_parts(code: str) -> tuple[str, str] | None:
    """Divide a resource code (信息资源代码) into 前段码 and 后段码, None where it is none.

    类 has one digit, 项 two, 目 three; 细目 is what the department adds; behind the slash stands the serial number.
    The lengths are those of the guide, the bounds of the whole and of the serial number are ours.

    >>> code_parts("307021444/000009"), code_parts("30702/9")
    (('307021444', '000009'), None)
    """
    match = _CODE.fullmatch(code) if len(code) <= CODE_CHARACTERS_MAX else None
    return (match[1], match[2]) if match else None


def table_schema_type(data_type: str) -> str:
    """Return the type of Table Schema for a data type of the guide, ``any`` for one that is not known.

    >>> table_schema_type("字符型C"), table_schema_type("T"), table_schema_type("blob")
    ('string', 'datetime', 'any')
    """
    return _TYPE_OF_LETTER.get(data_type_letter(data_type), "any")


def guide_data_type(field_type: str) -> str:
    """Return the letter of the guide for a type of Table Schema, ``G`` (通用型) for those without one.

    >>> guide_data_type("integer"), guide_data_type("geopoint")
    ('I', 'G')
    """
    return _LETTER_OF_TYPE.get(field_type, "G")


def data_type_letter(text: str) -> str:
    """Return the letter that a spelling of a data type means, "" where none is known.

    >>> [data_type_letter(text) for text in ("C", "字符型", "字符串型C", "数值型N", "自定义")]
    ['C', 'C', 'C', 'N', '']
    """
    plain = text.strip()
    if plain[-1:].upper() in DATA_TYPES and (len(plain) == 1 or not plain[-2].isascii()):
        return plain[-1].upper()
    plain = plain.replace("字符串", "字符")
    return next((letter for letter, title in DATA_TYPES.items() if title.zh == plain), "")


def term_id(text: str, terms: dict[str, LocalText]) -> str:
    """Return the id of a term that *text* names by its id or its Chinese or English title, "" for any other.

    >>> term_id("共享平台方式", SHARING_METHOD_CLASSES), term_id("disk", SHARING_METHOD_CLASSES), term_id("?", {})
    ('platform', 'disk', '')
    """
    plain = text.strip()
    if plain in terms:
        return plain
    return next((key for key, title in terms.items() if plain and plain in (title.zh, title.en)), "")
