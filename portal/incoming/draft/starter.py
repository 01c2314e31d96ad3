"""``portal new`` without files: an empty portal with catalog.yaml, publishers.yaml and a guide.

Each file explains itself.
"""

from __future__ import annotations

from pathlib import Path

from portal.model.errors import ConfigurationError, unwritable

CATALOG = """\
# 门户本身的设置。每一项都可以省略。
# The portal itself. Every key is optional.
title: {zh: 某某市公共数据开放门户, en: Open data portal}
description: {zh: 查找、了解和下载公共数据。, en: "Find, understand and download public data."}
organisation: {zh: 某某市数据局, en: Data Bureau}
# 门户对外的网址。 Where the portal is reached.
# base_url: https://data.example.gov.cn
# 没有写明许可的数据集采用的许可。 The licence of datasets that name none.
# licence: CC-BY-4.0
# 页脚信息。 What the footer states.
# footer: {organiser: 某某市数据局, phone: "", icp: "", site_id: "", police: ""}
"""

PUBLISHERS = """\
# 提供数据的单位。id 就是文件夹名，会出现在网址里，以后不要再改。
# Who provides data. The id is the folder's name and stands in addresses; it never changes.
publishers:
  - id: data-bureau
    name: {zh: 某某市数据局, en: Data Bureau}
    kind: 政务部门
"""

GUIDE = """\
# 数据集放在这里 · Datasets go here

每个数据集一个文件夹：`<单位>/<数据集>/`，里面放数据文件和一份 `datapackage.yaml`：
One folder a dataset, `<publisher>/<dataset>/`, with its data files and a `datapackage.yaml`:

```yaml
name: bus-stops
title: 公交站点
description: 全市公交站点的名称和位置。
keywords: [公交, 站点]
licenses: [{name: CC-BY-4.0}]
catalogue:
  themes: [traffic]
  update_cycle: monthly
  published: "2026-01-15"
resources:
  - name: stops
    title: 站点表
    path: stops.csv
    schema:
      fields:
        - {name: 站点编号, type: string, constraints: {required: true, unique: true}}
        - {name: 站名, type: string}
```

然后运行 `portal build`，按提示修改。 Then run `portal build` and mend what it lists.
"""


def start_portal(folder: Path) -> Path:
    """Write an empty portal into *folder* and return its folder of datasets; nothing that is there is touched.

    Raises ConfigurationError where there is a portal already, or nothing can be written.
    """
    datasets = folder / "datasets"
    if datasets.exists():
        raise ConfigurationError(
            f"{datasets} 已经存在，没有改动任何内容。请换一个文件夹。",
            f"{datasets} exists already and was left alone; choose another folder.",
        )
    try:
        datasets.mkdir(parents=True)
        for name, text in (("catalog.yaml", CATALOG), ("publishers.yaml", PUBLISHERS), ("README.md", GUIDE)):
            (datasets / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from error
    return datasets
