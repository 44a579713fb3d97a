"""Openings and closings that belong to one kind of paper: 妥否，请批示, 通知如下, 此复."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """Words that speak for a kind; ``weight`` 1 decides alone."""

    kind: str
    pattern: re.Pattern[str]
    weight: float = 1.0


def _cues(kind: str, weight: float, *patterns: str) -> Iterator[Formula]:
    return (Formula(kind, re.compile(pattern), weight) for pattern in patterns)


_QUOTES = ("“", "‘", "「", "『", '"')
_OPENED = r"(?:现|特|兹|经研究|并|就|对)[^。;]{0,60}?"

FORMULAS: tuple[Formula, ...] = (
    *_cues(
        "请示",
        1.0,
        r"(?:妥否|当否|是否妥当|可否|以上请示|如无不妥|特此请示|专此请示|请审批|请予审批)"
        r"[^。]{0,12}(?:请|恳请|敬请|盼)?(?:批示|审批|批复|指示|审示|示)",
        r"特此请示",
    ),
    *_cues("批复", 1.0, r"(?:批复如下|此复|[特专]此批复|现批复|批复意见如下)"),
    *_cues(
        "函",
        1.0,
        r"(?:特此函(?:复|告|达|询|商)|此函|盼复|函复如下|请予函复|请函复|专此函达|"
        r"现函告如下|函告如下|敬请函复|请(?:予|即)?复函)",
    ),
    *_cues(
        "纪要",
        1.0,
        r"(?:现将|会议)[^。]{0,40}纪要如下|会议(?:议定|确定|决定|明确)(?:如下|以下)?事项"
        r"|现(?:议定|明确)(?:如下|以下)事项"
        r"|会议(?:一致)?(?:议定|商定|明确|确定)[^。;,:]{0,10}[:]|议定(?:如下|以下|事项[:])",
    ),
    *_cues(
        "通知",
        1.0,
        _OPENED + r"通知如下",
        r"现(?:予以?|将[^。]{1,160}?)?(?:印发|转发|批转)",
        r"特此通知",
        r"现印发给?你们",
        r"就有关(?:事项|要求)通知",
    ),
    *_cues("通告", 1.0, r"通告如下|特此通告"),
    *_cues("公告", 1.0, r"公告如下|特此公告|现予(?:以)?公[布告],"),
    *_cues("通报", 1.0, r"通报如下|特此通报|予以通报(?:表扬|批评)"),
    *_cues("公示", 1.0, r"公示如下|现予(?:以)?公示|公示期(?:为|自|:)|特此公示"),
    *_cues(
        "意见",
        1.0,
        r"提出(?:如下|以下)(?![^。,]{0,8}(?:修改|反馈|补充|会签|回复))[^。,]{0,12}意见",
    ),
    *_cues("决定", 1.0, r"作出如下决定|做出如下决定|如下决定|决定如下|本决定自"),
    *_cues(
        "决议",
        1.0,
        r"作出如下决议|做出如下决议|作如下决议|如下决议|"
        r"会议(?:决定|同意)?批准[^。]{0,20}报告|会议号召",
    ),
    *_cues(
        "报告",
        1.0,
        r"(?:现将|就|把)[^。]{1,80}?(?:报告|汇报)如下|特此报告|专此报告|"
        r"向(?:大会|会议)报告[^。]{0,20}工作,请予审议",
    ),
    *_cues("议案", 1.0, r"现提请(?:[^。]{0,40})?审议|提请(?:[^。]{0,40})?审议|请予审议决定"),
    *_cues("证明", 1.0, r"特此证明|兹证明|兹有[^。]{2,80}情况属实"),
    *_cues(
        "命令",
        1.0,
        r"(?:发布|颁布|下达)(?:如下|以下|本|此)?(?:命)?令|命令如下|特此命令|通令嘉奖|此令"
        r"|本(?:命)?令(?:自|由|公布|发布|下达|规定|所称|要求)",
    ),
    *_cues(
        "公报",
        1.0,
        r"(?:现予?以?|现将[^。]{1,60})公报如下|(?:公布|发布)本公报|本公报(?:所|中|由|按|数据|依)",
    ),
    *_cues("倡议书", 0.9, r"(?:我们|在此|共同|郑重|特向[^。:]{1,30}?|发出(?:如下|以下)?)倡议[:,]"),
    *_cues(
        "情况说明",
        0.9,
        r"(?:现将|现把|现就|现对|就此|特此|兹就|兹将)[^。]{0,60}?说明(?:如下|一下)|作(?:如下|以下)说明"
        r"|(?:特此|现予|现作|特作|特予以?)说明|情况说明如下",
    ),
)
"""Openings and closings that belong to one kind (notes on 公文 formulas, GB/T 9704).

None opens with something optional: that is tried at every character and costs ten times as much.
"""


def used(formula: Formula, text: str) -> re.Match[str] | None:
    """Where a line uses a formula; one in quotes is spoken of."""
    found = formula.pattern.search(text)
    return found if found and text[: found.start()][-1:] not in _QUOTES else None
