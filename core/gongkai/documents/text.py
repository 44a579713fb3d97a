"""Plain text in the encodings Chinese offices write, told apart by what reads as Chinese."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass

from gongkai.documents.limits import Limits
from gongkai.model.content import Block, Content, Format, Note, NoteCode, NoteScope, Part
from gongkai.script import normalise

# In this order: the mark of UTF-32 begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
_READS_AS_CHINESE = 0.25
"""Share of common characters from which a decoding is taken; nonsense stays below a tenth."""
_FEW_LETTERS = 30
_LOST = 0.01
_BYTES = ("utf-8", "gb18030", "big5hkscs")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_COMMON = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下"
    "而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女"
    "但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其"
    "进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每"
    "并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光"
    "白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何"
    "度山觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢病始达深完今提求清"
    "王化空业思切怎非找片罗钱语元喜曾离飞科言干流欢约各即指合反题必该论交终林请医晚制球决传画"
    "保读运及则房早院量苦火布品近坐产答星精视五连司巴奇管类未朋且婚台夜青北队久乎越观落尽形影"
    "红爸百令周吧识步希亚术留市半热送兴造谈容极随演收首根讲整式取照办强石古华拿计您装似足双妻"
    "局府政厅委党规范件条例章依申请不予主动属性附注单位组织号政办函通知关于印发开展贯彻落实责任"
    "部门人员社会保障劳动就业服务县区镇乡村街道审核批准签发抄送联系电话姓名身份证编号密级二六七八"
    "九零〇省务院央企资金项目财补贴标准情况报告意见建议管理监督检查工程建设环境安全应急卫生健康"
    # Names: lists of people hold little else.
    "刘陈杨赵黄周吴徐孙胡朱郭梁宋郑谢韩唐冯董萧程曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪姜范姚谭廖邹熊陆郝孔崔康毛邱秦江顾侯邵孟龙段雷汤尹黎易武乔贺赖龚伟芳娜秀敏静丽磊洋勇艳杰娟"
    "涛超霞刚桂玲婷慧玉梅志晓雪琳宇轩梓涵浩欣怡佳俊鹏斌峰莉燕萍辉波宁福祥春兰凤珍云示例"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and whether some of its bytes had to be given up."""

    text: str
    damaged: bool = False


def read_text(data: bytes, limits: Limits) -> Content:
    """Each line that is not blank as a block, numbered as an editor numbers lines.

    A form feed ends a line too. A file that decodes to nothing sensible was not checked.
    """
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > limits.file_bytes:
        note = Note(NoteCode.TOO_LARGE, NoteScope.WHOLE, detail="file")
        return Content(digest, Format.TEXT, notes=(note,))
    decoded = decode(data)
    if decoded is None:
        note = Note(NoteCode.DAMAGED, NoteScope.WHOLE, detail="encoding")
        return Content(digest, Format.TEXT, notes=(note,))
    blocks = tuple(
        Block(f"line{number}", Part.BODY, line)
        for number, line in enumerate(_LINE_ENDS.split(decoded.text), start=1)
        if line.strip()
    )
    notes: tuple[Note, ...] = ()
    if not blocks:
        notes = (Note(NoteCode.EMPTY, NoteScope.WHOLE),)
    elif decoded.damaged:
        notes = (Note(NoteCode.DAMAGED, NoteScope.PART, detail="encoding"),)
    return Content(digest, Format.TEXT, blocks, notes)


def decode(data: bytes) -> Decoded | None:
    """The text of ``data``, None when no encoding makes sense of it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _sensible(_decoded(data[len(mark) :], encoding))
    try:
        return _sensible(Decoded(data.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    encodings = ("utf-16-le", "utf-16-be") if b"\0" in data else _BYTES
    candidates = [found for e in encodings if (found := _sensible(_decoded(data, e))) is not None]
    # Strict GB18030 takes nearly any Big5 text as well: only what it says tells them apart.
    # On a tie the first wins, GB18030, whose rare characters then stand in names.
    best = max(candidates, key=lambda found: common_share(found.text), default=None)
    if best is None or not (common_share(best.text) >= _READS_AS_CHINESE or _is_short_list(best)):
        return None
    return best


def common_share(text: str) -> float:
    """The share of a text's letters beyond ASCII that are everyday Chinese characters."""
    letters = [c for c in normalise(text[:_SAMPLE]) if c > "\x7f" and c.isalpha()]
    return sum(c in _COMMON for c in letters) / len(letters) if letters else 0.0


def _decoded(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    # A character cut in half at the end is a small loss whatever the length.
    return Decoded(text, damaged=True) if lost <= max(1, _LOST * len(text)) else None


def _sensible(decoded: Decoded | None) -> Decoded | None:
    if decoded is None:
        return None
    sample = decoded.text[:_SAMPLE]
    return None if len(_CONTROLS.findall(sample)) * 100 > len(sample) else decoded


def _is_short_list(decoded: Decoded) -> bool:
    """Whether a few words, names say, all stay in the characters of GB 2312."""
    letters = [c for c in decoded.text if c > "\x7f" and c.isalpha()]
    if decoded.damaged or len(letters) > _FEW_LETTERS:
        return False
    try:
        decoded.text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
