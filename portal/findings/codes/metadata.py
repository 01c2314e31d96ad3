"""Codes of findings on metadata: title, description, licence, publisher or theme missing or unknown."""

from __future__ import annotations

from portal.findings.codes.declare import error, info, warning

CATALOGUE = (
    warning(
        "reference-unusable",
        "字段引用（reference）用不了：{reason}。",
        "The reference of the field cannot be used: {reason}.",
        "请写 reference: {{dataset: 数据集的 name, resource: 资源的 name, fields: 列名}}；"
        "数据集照常发布，只是不显示代码的名称。",
        "Write reference: {{dataset: its name, resource: its name, fields: its column}}; the dataset is published all "
        "the same, without the names of these codes.",
        title=("字段引用用不了", "Reference of a field cannot be used"),
        explanation=(
            "字段的 reference 写明代码在本门户哪个数据集的哪张表里列出。"
            "数据集、资源或列名写错时，页面找不到代码的名称，也没有别的提示。",
            "The reference of a field says which table of which dataset of the portal lists its codes. With a wrong "
            "name of the dataset, the resource or the column, pages find no names, and nothing else tells.",
        ),
    ),
    warning(
        "view-unusable",
        "声明的图（views）“{value}”画不了：{reason}。",
        'The declared view "{value}" (views) cannot be drawn: {reason}.',
        "请按说明改正 views 中的这一处；数据集照常发布，只是不画这张图。",
        "Mend this place of views; the dataset is published all the same, without this chart.",
        title=("声明的图画不了", "Declared view cannot be drawn"),
        explanation=(
            "views 写明一张图用哪几列、怎么画。列名写错、类型不对或图形不认识时，画出来会误导，所以不画。",
            "Views say of which columns a chart is made, and how. With a wrong column, a wrong type or an unknown mark "
            "it would mislead, so it is not drawn.",
        ),
    ),
    warning(
        "title-missing",
        "缺少标题（title）。",
        "The title is missing.",
        "请用一句短语写明数据集是什么，例如“公交站点”。",
        "Say in a short phrase what the dataset is, e.g. Bus stops.",
        title=("缺少标题", "Title is missing"),
        explanation=(
            "标题是人们在目录和搜索结果中首先看到的内容；没有标题，很难被找到。",
            "The title is what people see first in lists and searches; without one the dataset is hardly found.",
        ),
    ),
    warning(
        "description-missing",
        "缺少摘要（description）。",
        "The description is missing.",
        "请用两三句话说明数据的内容、范围和来源。",
        "Say in two or three sentences what the data hold, what they cover and where they come from.",
        title=("缺少摘要", "Description is missing"),
        explanation=(
            "摘要告诉使用者数据的内容、范围和来源，使用者据此判断是否适用。",
            "It tells what the data hold, cover and come from, so that people can judge whether the data suit them.",
        ),
    ),
    warning(
        "licence-missing",
        "缺少许可（licenses）：没有许可，数据就不算开放。",
        "There is no licence: without one the data are not open.",
        "请写明许可，例如 licenses: [{{name: CC-BY-4.0}}]。",
        "Name a licence, e.g. licenses: [{{name: CC-BY-4.0}}].",
        title=("缺少许可", "Licence is missing"),
        explanation=(
            "没有许可，使用者不知道能否复制、加工和再发布，数据就不算开放。",
            "Without a licence nobody knows whether the data may be copied, changed or passed on, so they are "
            "not open.",
        ),
    ),
    warning(
        "licence-unknown",
        "许可“{value}”不在已知的开放许可之列。",
        'The licence "{value}" is not among the open licences known here.',
        "请核对写法；可用：{allowed}。",
        "Check the spelling; known are: {allowed}.",
        title=("许可不在已知之列", "Licence is not known"),
        explanation=(
            "使用者和程序按通行的许可名称判断能做什么；写法不同就认不出来。",
            "People and programs go by the well-known names of licences; another spelling is not recognised.",
        ),
    ),
    warning(
        "publisher-missing",
        "没有写明提供方，暂列为“未注明”。",
        "No publisher is named; it is listed as not stated.",
        "请写 catalogue.publisher，或在 publishers.yaml 中登记上级文件夹名。",
        "Write catalogue.publisher, or enter the parent folder's name in publishers.yaml.",
        title=("没有写明提供方", "Publisher is not named"),
        explanation=(
            "使用者要知道数据由谁负责，有问题时找谁。",
            "Users want to know who answers for the data and whom to ask.",
        ),
    ),
    warning(
        "publisher-unknown",
        "提供方“{value}”没有在 publishers.yaml 中登记。",
        'The publisher "{value}" is not entered in publishers.yaml.',
        "请在 publishers.yaml 中登记该单位，或改正这里的写法。",
        "Enter the department in publishers.yaml, or correct the spelling here.",
        title=("提供方未登记", "Publisher is not registered"),
        explanation=(
            "没有登记的单位没有中文和英文名称、联系方式，也无法按单位浏览。",
            "A department that is not registered has no proper name, no contact and no page of its datasets.",
        ),
    ),
    warning(
        "theme-unknown",
        "主题“{value}”不在主题表中。",
        'The theme "{value}" is not in the list of themes.',
        "请改用已有的主题编号：{allowed}。",
        "Use one of the theme ids: {allowed}.",
        title=("主题不在主题表中", "Theme is not in the list"),
        explanation=(
            "按主题浏览时，不在表中的主题不会出现，数据集就少了一条被发现的途径。",
            "A theme outside the list is not offered to visitors, so one way to find the dataset is lost.",
        ),
    ),
    warning(
        "value-unknown",
        "{field} 的取值“{value}”不在规定范围内。",
        '"{value}" is not an allowed value of {field}.',
        "可用的取值：{allowed}。",
        "Allowed values: {allowed}.",
        title=("取值不在规定范围内", "Value is not allowed here"),
        explanation=(
            "目录项只有取规定的值，才能统一筛选和统计。",
            "Only the agreed values can be filtered and counted over all datasets.",
        ),
    ),
    warning(
        "value-type",
        "{field} 的写法不对：{reason}。",
        "{field} is not written as it should be: {reason}.",
        "请按说明书中该项的格式改写。",
        "Write it in the form that the manual gives for this key.",
        title=("元数据写法不对", "Metadata are not written as they should be"),
        explanation=(
            "写法不对的内容无法使用，在门户上会缺少这一项。",
            "What is not written in its form cannot be used, and is missing on the portal.",
        ),
    ),
    error(
        "openness-unclear",
        "“{field}”看不明白，文件一律不公布：{reason}。",
        "{field} is not plainly understood, so the files stay in: {reason}.",
        "应写在 {meant}。公布写 catalogue: {{open: true}}；不公布写 catalogue: {{open: {{is_open: false}}}}；"
        "与开放无关的自定义键请改名。",
        "Meant is {meant}. To publish the files write catalogue: {{open: true}}, to keep them in write "
        "catalogue: {{open: {{is_open: false}}}}; rename a key of your own that says nothing of openness.",
        title=("是否开放看不明白", "Whether it is open is unclear"),
        explanation=(
            "是否开放、共享写错一个字，就可能把不该公布的文件公布出去。所以凡是看不明白的，文件都不公布，等人改正。",
            "One letter wrong in what is said of openness or sharing may publish what should stay in. So whatever is "
            "not plainly understood keeps the files in until a person has mended it.",
        ),
    ),
    warning(
        "control-characters",
        "{field} 中有控制字符（{characters}），发布时已去掉。",
        "{field} holds control characters ({characters}); they are left out of what is published.",
        "请删去后重新输入这一项；控制字符多半是从其他软件复制时带来的。",
        "Type the text anew; control characters mostly come along when text is copied from another program.",
        title=("文字中有控制字符", "Control characters in a text"),
        explanation=(
            "控制字符看不见，网页和 XML 格式的元数据里不许有，程序会因此读不了整个文件。",
            "They cannot be seen, and neither pages nor metadata in XML may hold them: programs refuse the whole file.",
        ),
    ),
    warning(
        "key-unknown",
        "不认识的键“{field}”。",
        'The key "{field}" is not known.',
        "请检查拼写；确属自定义的内容，在描述文件里请放到 catalogue 以外，在其他文件里请删去。",
        "Check the spelling. Keep keys of your own outside catalogue in a descriptor; remove them elsewhere.",
        title=("不认识的键", "Key is not known"),
        explanation=(
            "不认识的键通常是拼写错误，其中的内容不会显示。",
            "An unknown key is mostly a misspelt one; what stands there is not shown.",
        ),
    ),
    warning(
        "html-in-text",
        "“{field}”中有 HTML：{tags}；发布时已去掉。",
        'There is HTML in "{field}": {tags}; it is left out of what is published.',
        "请改为纯文字；分段用空行，需要格式时用 Markdown。",
        "Write plain text, with an empty line between paragraphs; where form matters, use Markdown.",
        title=("文字中有 HTML", "HTML in a text"),
        explanation=(
            "标题和摘要会进入网页、搜索结果、表格和各种元数据格式；在浏览器以外，HTML 标签只是一串符号。",
            "Titles and descriptions go into pages, search results, lists and every format of metadata; outside a "
            "browser, tags of HTML are mere signs.",
        ),
    ),
    warning(
        "successor-unknown",
        "接替的数据集“{value}”不在目录中。",
        'The dataset "{value}" that should take its place is not in the catalogue.',
        "请写另一个数据集的 name，或删去 superseded_by。",
        "Write the name of another dataset, or remove superseded_by.",
        title=("接替的数据集不存在", "Successor does not exist"),
        explanation=(
            "旧数据集的页面要把人引到新数据集；写错名称，这条路就断了。",
            "The page of a superseded dataset leads people to the new one; with a wrong name it leads nowhere.",
        ),
    ),
    error(
        "sharing-contradiction",
        "共享类型为“不予共享”，却标为向社会开放。",
        "The dataset is not shared, yet marked as open to the public.",
        "不予共享的资源不得开放：请改正 catalogue.sharing.type 或 catalogue.open.is_open。",
        "What is not shared cannot be open: correct catalogue.sharing.type or catalogue.open.is_open.",
        title=("共享与开放相矛盾", "Sharing and openness contradict"),
        explanation=(
            "不予共享的资源更不能向社会开放。为防止误发，这类数据集一律不发布。",
            "What is not even shared between departments cannot be open to the public. To be safe it is not published.",
        ),
    ),
    warning(
        "sharing-narrower-than-open",
        "已向社会开放，部门之间却要有条件共享：在共享版里各部门反而拿不到文件。",
        "It is open to everybody, yet shared on condition: in the sharing edition departments do not get its files.",
        "如果确实向社会开放，把 catalogue.sharing.type 改为 unconditional；否则把 catalogue.open.is_open 改为 false，"
        "或在 catalogue.open.condition 写明开放条件。",
        "Where it really is open, write unconditional as catalogue.sharing.type; else write false as "
        "catalogue.open.is_open, or state the condition as catalogue.open.condition.",
        title=("共享比开放还窄", "Shared more narrowly than open"),
        explanation=(
            "社会公众都能得到的数据，政务部门没有理由只能有条件地得到。共享版只给出无条件共享的文件，所以两处要一致。",
            "There is no reason for departments to have less than the public. The sharing edition gives out what is "
            "shared without condition, so the two should agree.",
        ),
    ),
    info(
        "base-url-missing",
        "没有写明门户的网址：订阅、站点地图和各种目录格式里的链接都以 {value} 开头，只在本机打得开。",
        "The portal's address is not stated: feeds, the sitemap and the catalogue's formats say {value}, which leads "
        "nowhere but on this machine.",
        "只在本机查看时不用改；对外发布前，在 catalog.yaml 写上 base_url: https://……，或构建时加 --base-url。",
        "Leave it while the portal is looked at here alone. Before others use it, write base_url: https://… in "
        "catalog.yaml, or build with --base-url.",
        title=("没有写明门户的网址", "The portal's address is not stated"),
        explanation=(
            "网页之间的链接与网址无关，换到哪里都能用；别的门户和订阅程序读到的是完整的网址，所以要写明。",
            "Pages link to each other wherever they stand. Other portals and feed readers take whole addresses away "
            "with them, so the portal has to know its own.",
        ),
    ),
)
