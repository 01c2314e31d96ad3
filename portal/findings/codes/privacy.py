"""Codes of findings on privacy: personal data (ID, phone, name ...), secrecy marks, small groups, approval.

What must not be published: personal data, secrets, and what has not been approved.
"""

from __future__ import annotations

from portal.findings.codes.declare import Code, error, info, warning

_REMOVE_ZH = (
    "请删除这些内容，或改成认不出个人的写法（如只留年份、区县）。有法律依据必须公开的，"
    "写入 catalogue.privacy_exception。"
)
_REMOVE_EN = (
    "Remove it, or write it so that nobody can be known by it (the year or the "
    "district alone). Where the law wants it "
    "published, declare it under catalogue.privacy_exception."
)
_CONTACT_ZH = "个人的请删除；确是单位对外公布的联系方式，把字段名写入 catalogue.public_contact。"
_CONTACT_EN = (
    "Remove it where it is a person's own. Where an office gives it out for everybody, name the field under "
    "catalogue.public_contact."
)
_PIPL_ZH = "直接标识符能把一行数据对应到一个人（《个人信息保护法》），开放后收不回来。"
_PIPL_EN = "A direct identifier ties a row to one person (Personal Information Protection Law); once open, it stays so."


def _identifier(name: str, zh: str, en: str, *, is_contact: bool = False) -> Code:
    return error(
        name,
        f"{{where}}有 {{count}} 处{zh}，例如 {{value}}{{rows}}。",
        f"{{count}} × {en} in {{where}}, e.g. {{value}}{{rows}}.",
        _CONTACT_ZH if is_contact else _REMOVE_ZH,
        _CONTACT_EN if is_contact else _REMOVE_EN,
        title=(f"含有{zh}", f"It holds: {en}"),
        explanation=(_PIPL_ZH, _PIPL_EN),
    )


PRIVACY: tuple[Code, ...] = (
    _identifier("personal-id", "居民身份证号", "resident identity number"),
    _identifier("personal-phone", "手机号", "mobile number", is_contact=True),
    _identifier("personal-card", "银行卡号", "bank card number"),
    _identifier("personal-passport", "护照或通行证号", "passport or travel permit"),
    _identifier("personal-plate", "车牌号", "number plate"),
    _identifier("personal-email", "个人邮箱", "personal e-mail address", is_contact=True),
    _identifier(
        "personal-name", "姓名（旁边有联系方式、证件或敏感信息）", "name beside other personal data", is_contact=True
    ),
    _identifier("personal-address", "个人住址", "home address", is_contact=True),
    error(
        "secrecy-mark",
        "{where}有 {count} 处保密标志“{value}”{rows}。",
        '{count} × the secrecy mark "{value}" in {where}{rows}.',
        "请立即停止发布，把文件交给本单位保密工作机构处理。解密或确认误标后，去掉标志再发布。",
        "Stop publishing it and hand the file to your secrecy officer. Publish it only after the mark is lifted.",
        title=("带有保密标志", "It bears a secrecy mark"),
        explanation=(
            "标有密级、“内部资料”“工作秘密”“仅供内部使用”等字样的内容不得向社会公布，任何例外都不适用。",
            "What is marked as secret, or as for internal use, must not be published; no exception applies.",
        ),
    ),
    error(
        "secrecy-mark-held",
        "{where}有 {count} 处密级标志{rows}；门户不能收存涉密内容，不公布的数据集也一样。",
        "{count} × a mark of a state secret in {where}{rows}; the portal may not hold it, published or not.",
        "请立即把文件移出门户，交给本单位保密工作机构处理。确认误标后，去掉标志再检查。",
        "Take the file out of the portal and hand it to your secrecy officer. Check again once the mark is lifted.",
        title=("不公布的数据带有密级标志", "Data that are not published bear a mark of secrecy"),
        explanation=(
            "标有秘密、机密、绝密的内容不得进入联网的门户，与是否公布无关。",
            "What is marked as a state secret must not enter a portal on a network, whether it is published or not.",
        ),
    ),
    warning(
        "secrecy-mark-suspect",
        "{where}有 {count} 处“{value}”{rows}；可能是保密标志，也可能只是一个类别或名称。",
        '{count} × "{value}" in {where}{rows}; it may be a secrecy mark, or a mere kind or name.',
        "请核对：是保密标志就停止发布，交本单位保密工作机构处理；只是类别或名称就不用改。",
        "Look at it: where it is a mark, stop publishing and hand it to your secrecy officer; leave it where it is a "
        "kind or a name.",
        title=("可能是保密标志", "It may be a secrecy mark"),
        explanation=(
            "“文件类型：内部文件”是说有这一类文件，不是说这份文件本身；程序分不清每一种写法。",
            "A kind of document called 内部文件 does not make this one such; a program cannot tell every wording.",
        ),
    ),
    warning(
        "personal-data-suspect",
        "{where}有 {count} 处像{what}，例如 {value}{rows}；也可能只是编号，或本来就可以公开。",
        "{count} × what looks like a {what} in {where}, e.g. {value}{rows}; it may be a mere code, or meant to be "
        "public.",
        "请核对：是不应公开的个人信息就删除，否则不用改。",
        "Look at it: remove it where it is personal and not public; leave it otherwise.",
        title=("可能是个人信息", "It may be personal data"),
        explanation=(
            "随机的编号中约有一成能通过校验，证照和型号也有与车牌相同的写法；这里与偶然相符。",
            "About one random number in ten passes a check digit, and licences look like plates: chance does it.",
        ),
    ),
    warning(
        "office-contact-undeclared",
        "{where}有 {count} 处{what}，例如 {value}，像是单位的联系方式。",
        "{count} × {what} in {where}, e.g. {value}, which looks like an office's contact.",
        "确认是单位对外公布的，把字段名写入 catalogue.public_contact；是个人的请删除。",
        "Name the field under catalogue.public_contact where an office gives it "
        "out; remove it where it is a person's.",
        title=("没有声明的单位联系方式", "A contact of an office that is not declared"),
        explanation=(
            "声明之后，这些字段里的电话、邮箱、姓名和地址都视为有意公开。",
            "Once declared, telephones, addresses and names in these fields count as published on purpose.",
        ),
    ),
    error(
        "office-mobile-undeclared",
        "{where}有 {count} 处手机号，例如 {value}{rows}；像是单位对外公布的电话，但没有声明。",
        "{count} × mobile number in {where}, e.g. {value}{rows}; it looks like a number that an office gives out, but "
        "is not declared as one.",
        "确是单位对外公布的：在 catalogue.public_contact 中写上“{field}”"
        "（填报表格中的“公开的办公联系方式”）；是个人的请删除。",
        'Where the office gives it out, name "{field}" under catalogue.public_contact (in the form: Public contacts); '
        "where it is a person's own, remove it.",
        title=("没有声明的单位手机", "A mobile of an office that is not declared"),
        explanation=(
            "手机号能找到个人；是不是单位对外公布的，只有本单位知道，所以要由单位声明，声明之前不发布。",
            "A mobile leads to a person. Only the office knows whether it gives the number out, so it has to say so.",
        ),
    ),
    warning(
        "privacy-exception",
        "按例外发布：{where}有 {count} 处{what}（{value}）。理由：{reason}；批准人：{approver}；日期：{day}。",
        "Published by exception: {count} × {what} in {where} ({value}). Reason: "
        "{reason}; approved by {approver} on {day}.",
        "请确认例外仍然成立；不再成立时删除 catalogue.privacy_exception。",
        "See whether the exception still holds; otherwise remove catalogue.privacy_exception.",
        title=("按例外发布的个人信息", "Personal data published by exception"),
        explanation=(
            "批准人对例外负责，报告中一直显示。",
            "Whoever approved it answers for it; reports keep showing it.",
        ),
    ),
    error(
        "privacy-exception-incomplete",
        "catalogue.privacy_exception 第 {number} 项缺少或写错：{missing}，因此无效。",
        "Entry {number} of catalogue.privacy_exception lacks or misspells: {missing}. It has no effect.",
        "每项写全 fields（字段名列表）、reason（理由）、approved_by（批准人）、date（日期，YYYY-MM-DD）。",
        "Give fields (a list), reason, approved_by and date (YYYY-MM-DD) in every entry.",
        title=("例外没有写全", "An exception is incomplete"),
        explanation=(
            "没有理由和批准人的例外不能放行个人信息。",
            "An exception without reason and approver lets nothing pass.",
        ),
    ),
    warning(
        "privacy-field-unknown",
        "{field} 中的“{value}”不是任何表的字段。",
        '"{value}" under {field} is no field of any table.',
        "请改正字段名；写 字段名 或 资源名.字段名。",
        "Correct the name: a field, or resource.field.",
        title=("没有这个字段", "No such field"),
        explanation=("写错的字段名不起作用。", "A name that is misspelt has no effect."),
    ),
    info(
        "personal-data-held",
        "{where}有 {count} 处{what}；数据集不开放，不会发布。",
        "{count} × {what} in {where}; the dataset is not open, so nothing is published.",
        "开放之前先删除这些内容。",
        "Remove it before the dataset is opened.",
        title=("不开放的数据集含有个人信息或保密标志", "A dataset that is not open holds personal data or a mark"),
        explanation=("只提示有什么，不引用任何内容。", "It is said what there is; nothing of it is quoted."),
    ),
    warning(
        "quasi-identifiers-undeclared",
        "表中同时有出生日期或年龄、性别和小区域：{fields}。合起来可能认出个人。",
        "Birth date or age, sex and a small area stand together: {fields}. Together they may tell who somebody is.",
        "一行是一个人的，在 catalogue.quasi_identifiers 写明这些字段，并按提示合并小组；"
        "不是的，写 catalogue.quasi_identifiers: []。",
        "Where a row is a person, name the fields under catalogue.quasi_identifiers "
        "and widen small groups; otherwise "
        "write catalogue.quasi_identifiers: [].",
        title=("没有声明的准标识符", "Quasi-identifiers that are not declared"),
        explanation=(
            "单独看都不是标识符，合在一起往往只对应几个人。",
            "None of them is an identifier; together they often fit a few people only.",
        ),
    ),
    warning(
        "small-groups",
        "按 {fields} 分组，有 {count} 组少于 {limit} 行，最小的只有 {smallest} 行。",
        "By {fields}, {count} groups have fewer than {limit} rows; the smallest has {smallest}.",
        "请把取值放宽（出生日期改年龄段，街道改区县），或删去其中一列，直到每组不少于 {limit} 行。",
        "Widen the values (age bands, districts), or remove one of the columns, until every group has {limit} rows.",
        title=("小组过小", "Groups are too small"),
        explanation=(
            "k-匿名：同样的取值少于 5 人时，认识其中一人的人就能认出他。",
            "k-anonymity: where fewer than 5 share the same values, whoever knows one "
            "of them can tell which row is theirs.",
        ),
    ),
    warning(
        "linkage-risk",
        "本表与 {other} 可以按“{field}”关联，合起来按 {fields} 有 {count} 组少于 {limit} 行，最小的 {smallest} 行。",
        'This table joins with {other} by "{field}"; together, by {fields}, {count} '
        'groups have fewer than {limit} rows, '
        "the smallest {smallest}.",
        "请在其中一个数据集中换用互不相通的编号，或放宽取值。",
        "Use unrelated keys in one of the datasets, or widen the values.",
        title=("两个数据集可以关联出个人", "Two datasets joined point to persons"),
        explanation=(
            "两个数据集分开看都安全，按共同的编号合并后可能认出个人。",
            "Each dataset alone is safe; joined by a key they share, they may tell who somebody is.",
        ),
    ),
    error(
        "settings-private",
        "{file} 的 {field} 中有{what}，例如 {value}；门户的每一页都可能显示它。",
        "{file} holds under {field}: {what}, e.g. {value}; every page of the portal may show it.",
        "请从这个文件里删除；改好之前不发布任何内容。",
        "Remove it from this file; nothing is published before that.",
        title=("门户设置中有个人信息或保密标志", "The portal's settings hold personal data or a secrecy mark"),
        explanation=(
            "门户设置（catalog.yaml 等）里的文字与数据一起发布；证件号、银行卡号、保密标志在这里没有例外。",
            "What stands in the settings (catalog.yaml and its kin) is published, too; identity numbers, cards "
            "and secrecy marks pass nowhere in them.",
        ),
    ),
    warning(
        "settings-contact",
        "{file} 的 {field} 中有像{what}的内容，例如 {value}，但这里不是写联系方式的地方。",
        "{file} holds under {field} what looks like a {what}, e.g. {value}; this is no place for contacts.",
        "单位对外公布的联系方式请写在 phone、email、address 里；是个人的请删除。",
        "Write what an office gives out under phone, email or address; remove what is a person's own.",
        title=("门户设置中可能有个人联系方式", "The portal's settings may hold a person's contact"),
        explanation=(
            "单位的电话、邮箱、地址写在各自的位置才看得出是有意公开的。",
            "Only under the keys for them is it plain that a telephone or address is meant to be public.",
        ),
    ),
    error(
        "document-misnamed",
        "文件内容不是其扩展名所说的格式，其中的文字读不出来，无法检查个人信息和保密标志。",
        "The content of this file is not of the format that its name says; its text cannot be read and screened.",
        "请用制作它的软件打开，另存为扩展名所说的格式；如果只是扩展名写错了，请改成真正的格式。",
        "Open it in the program that made it and save it in the format that its name says; where only the ending of "
        "the name is wrong, correct that.",
        title=("文件内容与扩展名不符", "A file that is not what its name says"),
        explanation=(
            "读不出来的文件里可能有任何内容，打不开的文件对用户也没有用。",
            "A file that cannot be read may hold anything, and nobody can use what does not open.",
        ),
    ),
    warning(
        "document-not-read",
        "文件里的文字读不出来（{reason}），没有检查个人信息和保密标志。",
        "The text of this file cannot be read ({reason}); it was not screened.",
        "请人工看一遍，确认没有个人信息和保密标志；不是图片、音像的，再由负责人审批（portal approve）。",
        "Look through it yourself for personal data and secrecy marks; unless it is a picture or a recording, have it "
        "approved (portal approve).",
        title=("读不出文字的文件", "A file whose text cannot be read"),
        explanation=(
            "扫描件、图片和加密文件里的文字，程序看不到。对图片等本来就没有文字的格式只作提示。",
            "A program does not see text in scans, pictures and protected files. Of pictures and other formats without "
            "text it is only noted.",
        ),
    ),
    warning(
        "document-read-in-part",
        "只检查了文件的一部分（{reason}）。",
        "Only a part of this file was screened ({reason}).",
        "请人工看没有检查的部分，再由负责人审批（portal approve）；或把它单独成一个文件，或拆成几个文件。",
        "Look through the part that was not screened and have it approved (portal approve); or give it as its own "
        "file, or split the file.",
        title=("只检查了一部分的文件", "A file screened in part"),
        explanation=("对大小、页数和层数有上限。", "There are bounds on size, pages and depth."),
    ),
    warning(
        "document-too-slow",
        "在限定的时间里只检查了文件的一部分（{reason}）。",
        "Only a part of this file was screened in the time there is ({reason}).",
        "请换一台空闲的机器再检查，或把文件拆成几个；不行就请人工看，再由负责人审批（portal approve）。",
        "Check it again on a machine that is less busy, or split the file; else look through it and have it approved "
        "(portal approve).",
        title=("检查太费时的文件", "A file that takes too long to screen"),
        explanation=(
            "检查到哪里取决于机器的快慢，所以下一次生成时会再试。",
            "How far it comes hangs on the machine, so the next build tries again.",
        ),
    ),
    error(
        "review-missing",
        "没有发布审批：{reason}。",
        "It is not approved for publishing: {reason}.",
        "请负责人核对后运行 portal approve {dataset} --by 姓名 --basis 依据。",
        "Let the person in charge look at it and run: portal approve {dataset} --by NAME --basis BASIS.",
        title=("未经审批", "Not approved"),
        explanation=(
            "门户要求先审批后发布（review: required），开放的数据集都要有 catalogue.review。",
            "This portal publishes nothing unapproved (review: required); every open dataset needs catalogue.review.",
        ),
    ),
    error(
        "unread-not-approved",
        "文件中有程序读不出来的部分，还没有人对它负责：{reason}。",
        "Parts of its files could not be read, and nobody has answered for them: {reason}.",
        "请逐个看过读不出来的部分，确认没有个人信息和保密标志，再运行 portal approve {dataset} --by 姓名 --basis 依据；"
        "或去掉这些部分。",
        "Look through the parts that were not read for personal data and secrecy marks, then run: portal approve "
        "{dataset} --by NAME --basis BASIS; or take those parts out.",
        title=("有读不出来的部分，未经审批", "Parts that could not be read are not approved"),
        explanation=(
            "程序没有看过的内容要由人看。审批之后内容不改就一直有效，改了要重新审批。",
            "What no program has looked at a person has to look at. The approval holds until the content changes.",
        ),
    ),
    error(
        "review-failed",
        "catalogue.review 写明的保密审查不是“通过”（passed）。",
        "The secrecy review under catalogue.review is not one that passed.",
        "审查通过的，请负责人运行 portal approve {dataset} --by 姓名 --basis 依据；没有通过的，不要给出文件："
        "写 open: {{is_open: false}}，共享类型写有条件共享或不予共享。",
        "Where it has passed, let the person in charge run: portal approve {dataset} --by NAME --basis BASIS. Where it "
        "has not, keep the files in: write open: {{is_open: false}}, and share it on condition or not at all.",
        title=("保密审查没有通过", "The secrecy review did not pass"),
        explanation=(
            "审查记录写着没有通过，或看不出结论，就不能给出文件，不论门户是否要求审批（review）。",
            "What a review did not pass, or passed in no clear words, is not given out, whether or not the portal "
            "requires reviews.",
        ),
    ),
    error(
        "review-stale",
        "审批（{by}，{day}）之后内容有改动，审批失效。",
        "The content has changed since it was approved (by {by} on {day}).",
        "请负责人重新核对后运行 portal approve {dataset} --by 姓名 --basis 依据。",
        "Let the person in charge look at it again and run: portal approve {dataset} --by NAME --basis BASIS.",
        title=("审批已失效", "The approval is stale"),
        explanation=(
            "审批与描述文件和全部数据文件的 SHA-256 绑定，改一个字就要重新审批。",
            "An approval is bound to the SHA-256 of the descriptor and every file; any change needs a new one.",
        ),
    ),
)  # fmt: skip
