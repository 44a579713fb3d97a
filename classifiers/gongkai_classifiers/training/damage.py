"""What befalls text before it is read: lost line breaks, slips of recognition, furniture."""

from __future__ import annotations

import random

from gongkai_classifiers.training.examples import Example

_SLIPS = str.maketrans("己已日曰未末人入土士大太", "已己曰日末未入人士土太大")
_LINES, _SLIP, _SPACE = 0.7, 0.03, 0.05
_HEAD = (
    "首页 > 政务公开 > 通知公告\n",
    "【字体：大 中 小】 打印 关闭\n",
    "索引号：",
    "您当前的位置：首页\n",
)
_TAIL = (
    "\n【打印本页】【关闭窗口】",
    "\n上一篇：没有了 下一篇：没有了",
    "\n分享到：",
    "\n扫一扫在手机打开当前页",
)


def damaged(example: Example, chance: random.Random) -> Example:
    """The example with at most two sorts of damage, its ranges still right."""
    pieces = list(example.text)
    named = frozenset(i for start, end in example.persons for i in range(start, end))
    free = [i for i in range(len(pieces)) if i not in named]
    head = tail = ""
    for sort in chance.sample(("lines", "slips", "spaces", "head", "tail"), chance.choice((1, 2))):
        if sort == "head":
            head = chance.choice(_HEAD)
        elif sort == "tail":
            tail = chance.choice(_TAIL)
        for i in free:
            if sort == "lines" and pieces[i] == "\n" and chance.random() < _LINES:
                pieces[i] = ""
            elif sort == "slips" and chance.random() < _SLIP:
                pieces[i] = pieces[i].translate(_SLIPS)
            elif sort == "spaces" and i + 1 not in named and chance.random() < _SPACE:
                pieces[i] += " "
    return _joined(example, head, pieces, tail)


def _joined(example: Example, head: str, pieces: list[str], tail: str) -> Example:
    """Every piece stands for one character of the example; a name keeps its own characters."""
    starts, position = [], len(head)
    for piece in pieces:
        starts.append(position)
        position += len(piece)
    persons, organizations, addresses = (
        tuple((starts[start], starts[end - 1] + 1) for start, end in ranges)
        for ranges in (example.persons, example.organizations, example.addresses)
    )
    text = head + "".join(pieces) + tail
    return Example(text, persons, example.source, example.part, organizations, addresses)
