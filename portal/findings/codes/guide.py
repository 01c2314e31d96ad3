"""Codes of findings on what the national guide asks: core elements, resource codes, sharing, titles too long.

What it asks of a description, and what codes and names have to keep.
"""

from __future__ import annotations

from portal.findings.codes.declare import error, info, warning

GUIDE = (
    info(
        "core-elements-missing",
        "按国家目录编制指南，还缺：{elements}。",
        "By the national guide for catalogues this is missing: {elements}.",
        "请在 datapackage.yaml 的 catalogue 下补写；提供方代码（统一社会信用代码）写在 publishers.yaml 该单位的 uscc。",
        "Add it under catalogue in datapackage.yaml; the code of the publisher is the key uscc of the department in "
        "publishers.yaml.",
        title=("缺少核心元数据", "Core elements are missing"),
        explanation=(
            "指南要求每条目录写全核心元数据，缺项的目录上报国家平台时会被退回。"
            "profile: basic 的门户只作提示，profile: national 的门户每缺一项都是错误。",
            "The guide asks every entry for all core elements; without them the national platform sends an entry back. "
            "With profile: basic this is a remark, with profile: national each missing element is an error.",
        ),
    ),
    error(
        "secrecy-stated",
        "涉密属性（secrecy）写的不是“非涉密”，不能进入门户。",
        "Its secrecy is something else than 非涉密 (not secret), so it cannot stand in a portal.",
        "涉密资源请从数据文件夹移出；确实不涉密的，请写 secrecy: 非涉密，或删去这一行。",
        "Take a secret resource out of the folder; where it is none, write secrecy: 非涉密 or remove the line.",
        title=("记录标明涉密", "The record is marked as secret"),
        explanation=(
            "门户只收非涉密资源，开放版和共享版都一样；写法不清楚的也不收，以免误发。",
            "A portal holds what is not secret only, in both editions; what is unclear is refused too, to be safe.",
        ),
    ),
    error(
        "network-secret",
        "所在网络（network）写的是涉密网络，这样的资源不能进入门户。",
        "It is kept in a network for state secrets (network), so it cannot stand in a portal.",
        "涉密网络中的资源请从数据文件夹移出，另按保密规定管理；确实不涉密的，请改正 catalogue.network。",
        "Take it out of the folder and keep it as the rules on secrets say; if it is none, mend catalogue.network.",
        title=("所在网络是涉密网络", "Kept in a network for secrets"),
        explanation=(
            "门户只收非涉密资源，开放版和共享版都一样；涉密网络中的资源，连目录条目也不收。",
            "A portal holds what is not secret only, in both editions; of a network for secrets not even entries.",
        ),
    ),
    warning(
        "code-invalid",
        "信息资源代码“{value}”的写法不对。",
        'The resource code "{value}" is not well formed.',
        "请写成“前段码/后段码”，例如 307021000/000012：类 1 位、项 2 位、目 3 位、细目（可不写），"
        "斜线后是至多 12 位的顺序号；共不超过 64 位。",
        "Write the code of the category, a slash and a serial number, e.g. 307021000/000012: one digit 类, two 项, "
        "three 目, the department's own 细目; then up to 12 digits. At most 64 characters in all.",
        title=("信息资源代码写法不对", "Resource code is not well formed"),
        explanation=(
            "代码由分类和顺序号组成，写法统一，各级平台才能对接。",
            "The code is made of category and serial number; platforms recognise only one form.",
        ),
    ),
    warning(
        "code-category-differs",
        "信息资源代码“{value}”与所写的分类（{category}）不一致。",
        'The resource code "{value}" does not begin with the category that is stated ({category}).',
        "请核对 catalogue.category 和 catalogue.code：代码的开头就是类、项、目。已发布的代码不要改，改分类。",
        "Compare catalogue.category with catalogue.code, which begins with 类, 项 and 目. Do not change a code that "
        "was published; correct the category.",
        title=("代码与分类不一致", "Code and category differ"),
        explanation=(
            "代码的前段就是分类，两处不一致时，不知道资源归在哪一类。",
            "The front of a code is the category; where the two differ nobody knows where the resource belongs.",
        ),
    ),
    warning(
        "code-item-unknown",
        "信息资源代码“{value}”的项（{item}）不在“{kind}”的各项之中。",
        'The resource code "{value}" has the item (项) {item}, which the class {kind} does not have.',
        "请核对代码的第 2、3 位，它们是项：{allowed}。已发布的代码不要改，请与目录主管部门核对。",
        "Check the second and third digit of the code, which are the item: {allowed}. Do not change a code that was "
        "published; ask the department in charge of the catalogue.",
        title=("代码的项不在编制指南中", "The code's item is not in the guide"),
        explanation=(
            "代码的类和项由编制指南规定；写了指南没有的项，各级平台不知道资源归在哪一类。",
            "The guide lists class and item of codes; with an item it does not have nobody can place the resource.",
        ),
    ),
    warning(
        "code-duplicate",
        "信息资源代码“{value}”也写在：{others}。",
        'The resource code "{value}" is claimed by others too: {others}.',
        "请与使用同一代码的单位核对，一个代码只能属于一个数据集。",
        "Settle with the others whose code it is: a code belongs to one dataset.",
        title=("代码重复", "Code is used twice"),
        explanation=(
            "两个资源用同一代码，别处按代码引用时就分不清是哪一个。",
            "Where two resources have one code, nobody who refers to it can tell which is meant.",
        ),
    ),
    error(
        "code-changed",
        "信息资源代码由“{former}”改成了“{value}”。",
        'The resource code was "{former}" when it was published, and is "{value}" now.',
        "已发布的代码不能改，请写回原来的代码；如果是另一个资源，请另起名称（name）。",
        "A published code stays: put the former one back. If this is another resource, give it a name of its own.",
        title=("已发布的代码被改动", "A published code was changed"),
        explanation=(
            "别的目录、申请和报告按代码引用资源；代码一变，这些引用就都断了。改动前的版本保持发布。",
            "Other catalogues, applications and reports go by the code; when it changes, all of them lead nowhere.",
        ),
    ),
    warning(
        "code-dropped",
        "以前发布时有信息资源代码“{former}”，现在没有写。",
        'The resource code "{former}" under which it was published is not stated any more.',
        "请写回 catalogue.code。",
        "Put it back under catalogue.code.",
        title=("已发布的代码被删去", "A published code was dropped"),
        explanation=(
            "代码一经发布就一直属于这个资源，删去后别处的引用就找不到它。",
            "A published code belongs to its resource for good; without it references do not find the resource.",
        ),
    ),
    error(
        "code-reused",
        "信息资源代码“{value}”已经发布给：{others}。",
        'The resource code "{value}" was published for another: {others}.',
        "用过的代码不再给别的资源用，请另编顺序号；如果只是改了名称，请在 catalogue.former_names 写上原来的名称。",
        "A code is not used again: take a new serial number. If only the name has changed, write the former one under "
        "catalogue.former_names.",
        title=("用过的代码又被使用", "A code was used again"),
        explanation=(
            "原来的资源即使已经撤下，引用它的人也会按代码找来，得到的却是另一份数据。",
            "Even where the former resource is gone, those who refer to it would be led to other data.",
        ),
    ),
    warning(
        "related-code-unknown",
        "关联资源代码在目录中找不到：{names}。",
        "These related codes belong to no other resource of the catalogue: {names}.",
        "请核对代码，写目录中其他资源的 catalogue.code，或删去。",
        "Check them: each is the catalogue.code of another resource here. Else remove them.",
        title=("关联的资源找不到", "Related resource does not exist"),
        explanation=(
            "关联资源代码把同一内容的几条目录连起来，写错了就连不上。",
            "Related codes tie entries of the same content together; a wrong one ties nothing.",
        ),
    ),
    warning(
        "format-undescribed",
        "资源格式“{value}”不是“{kind}”的格式类型，也没有说明。",
        'The type "{value}" is none of the format class {kind}, and is not described.',
        "格式类型可写：{allowed}；其他格式请在 catalogue.format.other 说明。",
        "Types of this class are: {allowed}. Describe any other under catalogue.format.other.",
        title=("资源格式没有说明", "Format is not described"),
        explanation=(
            "使用者要知道用什么软件能打开数据。",
            "People want to know with what they can open the data.",
        ),
    ),
    warning(
        "item-duplicate",
        "信息项重名：{names}。",
        "Information items of the same name: {names}.",
        "请改成不同的名称，或删去重复的一项。",
        "Give them different names, or remove the one that is there twice.",
        title=("信息项重名", "Information items have one name"),
        explanation=(
            "信息项就是数据的列，同名的两列无法分辨。",
            "Items are the columns of the data; two of one name cannot be told apart.",
        ),
    ),
    warning(
        "sharing-basis-missing",
        "不予共享，但没有写依据。",
        "It is not shared, and no ground is named.",
        "请在 catalogue.sharing.basis 写明法律、行政法规或党中央、国务院政策的名称和条款；没有依据的应当共享。",
        "Name the law, regulation or state policy with its article under catalogue.sharing.basis; without one "
        "it is to be shared.",
        title=("不予共享没有依据", "Not shared, without a ground"),
        explanation=(
            "《政务信息资源共享管理暂行办法》（国发〔2016〕51号）：以共享为原则、不共享为例外；"
            "不予共享必须有法律、行政法规或政策依据。",
            "By 国发〔2016〕51号 sharing is the rule; not sharing needs a law, a regulation or a state policy.",
        ),
    ),
    warning(
        "sharing-condition-missing",
        "有条件共享，但没有写条件。",
        "It is shared on conditions, and none is named.",
        "请在 catalogue.sharing.condition 写明哪些部门、为了什么可以使用。",
        "Say under catalogue.sharing.condition who may use it, and for what.",
        title=("有条件共享没有写条件", "Shared on conditions that are not named"),
        explanation=(
            "其他部门要知道自己符不符合条件，才能申请。",
            "Departments want to know whether they meet the conditions before they apply.",
        ),
    ),
    warning(
        "sharing-method-needless",
        "不予共享，却写了共享方式“{value}”。",
        'It is not shared, yet a sharing method is named: "{value}".',
        "请删去 catalogue.sharing.method；可以共享的，请改正共享类型。",
        "Remove catalogue.sharing.method, or correct the sharing type where it is shared.",
        title=("不予共享却有共享方式", "Not shared, yet with a method"),
        explanation=(
            "两处说法不一，不知道到底共享不共享；门户按不予共享处理。",
            "The two contradict; the portal takes it as not shared.",
        ),
    ),
    warning(
        "machine-readable-missing",
        "标为向社会开放，但没有机器可读的文件（现有格式：{formats}）。",
        "It is marked as open, but has no file that programs can read (formats: {formats}).",
        "请补上表格形式的数据，例如 CSV 或 XLSX；数据还没有准备好的，请写 planned: {{on: 日期}}。",
        "Add the data as a table, e.g. CSV or XLSX; where they are not ready yet, write planned: {{on: <date>}}.",
        title=("没有机器可读的文件", "No machine-readable file"),
        explanation=(
            "国办发〔2017〕39号要求开放的数据可机器读取、可再利用；PDF、图片和文字材料只能由人来读。",
            "国办发〔2017〕39号 asks for open data that are machine-readable and can be reused; PDF, pictures and "
            "prose are for people only.",
        ),
    ),
    warning(
        "day-to-come",
        "{field} 写的“{value}”还没有到。",
        "{field} is {value}, which has not come yet.",
        "请核对日期；计划以后开放的，请写 planned: {{on: 日期}}。",
        "Check the date; where the opening is planned, write planned: {{on: <date>}}.",
        title=("日期还没有到", "The day has not come"),
        explanation=(
            "发布日期和更新日期是已经发生的事；写成将来的日期，更新是否及时就无法判断。",
            "Both are days that have been; with one to come nobody can tell whether the data are up to date.",
        ),
    ),
    warning(
        "volume-exceeds",
        "{field} 是 {value}，比 {whole} 的 {total} 还多。",
        "{field} is {value}, more than {whole}, which is {total}.",
        "请核对普查的数据量：已共享、已开放的不会多于总量，单位是 G 和万条。",
        "What is shared or open is never more than the total: check them. Units are gigabytes and 10,000 records.",
        title=("数据量的部分多于总量", "A part of the volume exceeds the total"),
        explanation=(
            "这几项数用来统计共享和开放的比例，部分多于总量就是填错了。",
            "The figures give the share that is shared and open; a part beyond its whole is a mistake.",
        ),
    ),
    info(
        "title-long",
        "名称有 {number} 个字，常用目录软件只收 {most} 个字。",
        "The title has {number} characters; catalogue software in common use takes {most}.",
        "请缩短名称，细节写在摘要里。",
        "Shorten it, and tell the rest in the description.",
        title=("名称偏长", "Title is long"),
        explanation=(
            "上报到别的平台时，过长的名称可能被截断。",
            "Other platforms may cut a long title.",
        ),
    ),
    info(
        "description-long",
        "摘要有 {number} 个字，常用目录软件只收 {most} 个字。",
        "The description has {number} characters; catalogue software in common use takes {most}.",
        "请把最要紧的内容写在前面。",
        "Say what matters most at the beginning.",
        title=("摘要偏长", "Description is long"),
        explanation=(
            "上报到别的平台时，过长的摘要可能被截断。",
            "Other platforms may cut a long description.",
        ),
    ),
    warning(
        "derived-from-unknown",
        "来源数据集不在目录中：{names}。",
        "It is said to come from datasets that are not in the catalogue: {names}.",
        "请在 catalogue.derived_from 写目录中其他数据集的 name；门户以外的来源写在 sources。",
        "Write names of other datasets under catalogue.derived_from; sources from elsewhere belong under sources.",
        title=("来源数据集不存在", "Source dataset does not exist"),
        explanation=(
            "使用者要能从加工后的数据回到原始数据。",
            "People want to find the way back from derived data to the raw data.",
        ),
    ),
    warning(
        "former-name-taken",
        "曾用名“{value}”已由数据集 {other} 使用。",
        'The former name "{value}" is taken by the dataset {other}.',
        "请删去 catalogue.former_names 中的这一项，或与另一数据集的维护者核对。",
        "Remove it from catalogue.former_names, or settle with those who keep the other dataset.",
        title=("曾用名已被使用", "Former name is taken"),
        explanation=(
            "旧地址要转到改名后的数据集；一个名称只能转到一处。",
            "The old address leads to the renamed dataset; a name can lead to one only.",
        ),
    ),
)
