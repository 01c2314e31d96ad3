"""Rules on resource codes (信息资源代码): well formed, of the dataset's category, unique, and never changed.

A code is its dataset's alone. The guide wants a code to be unique. That it never changes or passes to something else
once it was published is ours: others keep codes, in related records, in applications, in reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.examining.reading.descriptors.wanted_values import as_mapping, as_text
from portal.examining.validation.metadata.rule import Facts, Rule, catalogue_of, find, joined, with_codes
from portal.findings.finding import Finding
from portal.model.catalog import Dataset
from portal.model.guide import CATEGORY_CLASSES, CATEGORY_DIGITS, CATEGORY_ITEMS, code_parts

_FIELD = "catalogue.code"
_CLASSES = {digit: class_id for class_id, digit in CATEGORY_DIGITS.items()}
_CATEGORY = re.compile(r"[123]([0-9]{2}([0-9]{3}[0-9A-Za-z]*)?)?")


def code_well_formed(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """A code is 前段码/后段码, and begins with the category that the dataset states, as far as that is well formed.

    Its 类 and 项 stand in the guide's lists; where the stated category has the same 项, the rule on that tells it.
    """
    if not dataset.code:
        return
    parts = code_parts(dataset.code)
    category = dataset.guide.category.code
    if parts is None:
        yield find(dataset, "code-invalid", field=_FIELD, value=dataset.code)
    elif "category" in catalogue_of(dataset) and _CATEGORY.fullmatch(category) and not parts[0].startswith(category):
        yield find(dataset, "code-category-differs", field=_FIELD, value=dataset.code, category=category)
    else:
        class_id, item = _CLASSES[parts[0][0]], parts[0][1:3]
        items = CATEGORY_ITEMS[class_id]
        is_told = as_text(as_mapping(catalogue_of(dataset).get("category")).get("item")) == item
        if item not in items and not is_told:
            allowed = with_codes(items)
            title = CATEGORY_CLASSES[class_id]
            yield find(
                dataset, "code-item-unknown", field=_FIELD, value=dataset.code, item=item, kind=title, allowed=allowed
            )


def code_unique(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """No other dataset has the code. The one under which it was released is not blamed for another that claims it."""
    claimants = facts.codes.get(dataset.code, ())
    if len(claimants) > 1 and facts.released.get(dataset.name) != dataset.code:
        others = [name for name in claimants if name != dataset.name]
        yield find(dataset, "code-duplicate", field=_FIELD, value=dataset.code, others=joined(others))


def code_kept(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """A code that was published stays with its dataset, under whatever name, and passes to no other."""
    names = (dataset.name, *(name for name in dataset.former_names if name not in facts.names))
    former = next((facts.released[name] for name in names if facts.released.get(name)), "")
    if former and not dataset.code:
        yield find(dataset, "code-dropped", field=_FIELD, former=former)
    elif former and former != dataset.code:
        yield find(dataset, "code-changed", field=_FIELD, value=dataset.code, former=former)
    elif dataset.code in facts.owners and not former:
        others = facts.owners[dataset.code]
        yield find(dataset, "code-reused", field=_FIELD, value=dataset.code, others=joined(others))


def related_codes_known(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """关联资源代码 are codes of other resources of the catalogue."""
    codes = dataset.guide.related_codes
    unknown = [code for code in codes if code not in facts.codes or code == dataset.code]
    if unknown:
        yield find(dataset, "related-code-unknown", field="catalogue.related_codes", names=joined(unknown))


CODE_RULES: tuple[Rule, ...] = (code_well_formed, code_unique, code_kept, related_codes_known)
