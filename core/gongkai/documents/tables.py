"""Which rows of a table are headings, and what each column is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.script import normalise

_LOOKED_AT = 12
_MOST_HEADING_ROWS = 4
_LABEL_LENGTH = 16

_LABELS = re.compile(
    r"^(序号|编号|姓名|名字|户主|性别|年龄|民族|籍贯|学历|学位|专业|职务|职称|职级|岗位|政治面貌"
    r"|单位|部门|科室|处室|学校|院校|地区|区县|乡镇|街道|村居|备注|说明|类别|类型|项目|名称|内容"
    r"|事项|金额|数量|单价|合计|等次|等级|档次|结果|成绩|得分|分数|排名|名次|时间|日期|年度|月份"
    r"|期限|手机|电话|邮箱|住址|地址|学号|工号|账号|账户|卡号|车牌|户籍|关系|签名|照片|监护人"
    r"|责任人|联系人|负责人|经办人|申请人|法定代表人|开户行|标准|依据|指标|状态|种类|当事人|被处罚人|序|№|No\.?|ID)$"
    r"|.*(姓名|名称|号码|证号|账号|卡号|帐号|编号|代码|电话|手机|手机号|联系方式|地址|住址|邮箱"
    r"|出生年月|出生日期|年月日?|日期|时间|金额|标准|人数|单位|部门|职务|职称|学历|专业|岗位|职位"
    r"|类别|类型|等级|结果|成绩|情况|原因|意见|银行|开户行|备注|依据|年龄|性别|身份证|数量|比例"
    r"|关系|内容|期限|责任人|负责人|联系人|地点|来源|用途|面积|种类)$|^是否.{1,8}$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[（(\[【].*?[）)\]】]|[\s:：*＊、/]")
_SENTENCE = re.compile(r"[。；;！？!?]|，.*，")
_VALUE = re.compile(r"\d{5,}|^[-+]?[\d,.]+%?$|^\d{2,4}[-./年]\d{1,2}|@|^[男女是否有无√×]$")
_NUMBER = re.compile(r"^[-+¥￥]?[\d,.\s]+[%％元万亿人个项]*$|\d{5,}")


@dataclass(frozen=True, slots=True)
class HeaderRows:
    """The first ``count`` rows are headings; ``headings`` names each column, "" if nothing does.

    The headings of several rows are joined from top to bottom: 联系方式 over 手机 gives
    "联系方式 手机". A row that is one cell wide is the table's caption: it counts as a
    heading row and names no column.
    """

    count: int
    headings: tuple[str, ...]


def headers(grid: Sequence[Sequence[str]], marked: int = 0) -> HeaderRows:
    """The heading rows of a table whose merged cells repeat their text in every place.

    ``marked`` rows are headings by the document's own word. A form, where labels and values
    stand side by side, has no heading rows; nor has a layout table.
    """
    width = max((len(row) for row in grid), default=0)
    rows = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in grid[:_LOOKED_AT]]
    captions = _captions(rows, width)
    body = rows[captions:]
    count = max(_labelled_rows(body), 0)
    if _is_form(body, count):
        return HeaderRows(0, ("",) * width)
    if count == 0 and _numbers_under_words(body):
        count = 1
    total = max(captions + count if count else 0, min(marked, len(rows)))
    headings = tuple(_joined(rows[captions:total], column) for column in range(width))
    return HeaderRows(total, headings)


def is_label(text: str) -> bool:
    """Whether a cell reads like the usual name of a column or field: 姓名, 身份证号码, 备注."""
    return bool(_LABELS.match(_ASIDE.sub("", normalise(text))))


def is_heading_row(cells: Sequence[str]) -> bool:
    """Whether a row by itself reads like the headings of a list: at least two usual names."""
    return sum(map(is_label, cells)) >= 2 and _labelled_rows([list(cells)]) == 1


def _captions(rows: list[list[str]], width: int) -> int:
    if width < 2:
        return 0
    count = 0
    while count < len(rows) and (len(set(rows[count])) == 1 or _lone_first(rows[count])):
        count += 1
    return count if count < len(rows) else 0


def _lone_first(row: list[str]) -> bool:
    return bool(row[0]) and not any(row[1:]) and not is_label(row[0]) and len(row[0]) > 1


def _labelled_rows(rows: list[list[str]]) -> int:
    count = 0
    for row in rows[:_MOST_HEADING_ROWS]:
        filled = [cell for cell in row if cell]
        labels = sum(map(is_label, filled))
        if not filled or labels * 2 < len(filled) or not all(map(_label_like, filled)):
            break
        count += 1
    return count


def _label_like(text: str) -> bool:
    bare = _ASIDE.sub("", text)
    return len(bare) <= _LABEL_LENGTH and not _SENTENCE.search(text) and not _VALUE.search(bare)


def _is_form(rows: list[list[str]], heading_rows: int) -> bool:
    rest = [[cell for cell in row if cell] for row in rows[heading_rows:]]
    filled = sum(map(len, rest))
    labels = sum(is_label(cell) for row in rest for cell in row)
    if heading_rows == 0:
        return labels * 4 >= filled > 0 and labels >= 2
    if not rest:
        # Nothing but labels: one row is a heading without its rows, several are a blank form.
        return len(rows) > 1 and _blank_beside_labels(rows)
    return _pairs(rows[0]) and labels * 4 >= filled > 0


def _pairs(row: list[str]) -> bool:
    """Whether labels and other cells alternate, or nothing but labels and blanks stands here."""
    return any(not is_label(cell) for cell in row)


def _blank_beside_labels(rows: list[list[str]]) -> bool:
    return any(not cell for row in rows for cell in row)


def _numbers_under_words(rows: list[list[str]]) -> bool:
    if len(rows) < 3 or not all(map(_label_like, rows[0])) or sum(map(bool, rows[0])) < 2:
        return False
    columns = list(zip(*rows, strict=True))
    return any(
        column[0] and not _NUMBER.search(column[0]) and all(map(_NUMBER.search, column[1:]))
        for column in columns[1:]
    )


def _joined(rows: list[list[str]], column: int) -> str:
    parts: list[str] = []
    for row in rows:
        text = " ".join(row[column].split())
        if text and text not in parts:
            parts.append(text)
    return " ".join(parts)
