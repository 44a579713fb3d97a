"""The names of the XML elements and attributes a DOCX reader meets."""

from __future__ import annotations

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{WORD}}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OWN_NAMESPACE = "urn:gongkai:disclosure"


def w(name: str) -> str:
    """A name of the main WordprocessingML namespace."""
    return _W + name


VAL, ID, TYPE = w("val"), w("id"), w("type")
DOCUMENT, BODY = w("document"), w("body")
P, R, T, TAB = w("p"), w("r"), w("t"), w("tab")
PPR, RPR, SECTPR = w("pPr"), w("rPr"), w("sectPr")
TBL, TR, TC, TBLPR, TRPR, TCPR = w("tbl"), w("tr"), w("tc"), w("tblPr"), w("trPr"), w("tcPr")
SDT, SDT_PR, SDT_CONTENT = w("sdt"), w("sdtPr"), w("sdtContent")
INS, DEL, MOVE_FROM, MOVE_TO = w("ins"), w("del"), w("moveFrom"), w("moveTo")
DEL_TEXT, INSTR, DEL_INSTR = w("delText"), w("instrText"), w("delInstrText")
FLD_CHAR, FLD_CHAR_TYPE, FLD_SIMPLE = w("fldChar"), w("fldCharType"), w("fldSimple")
BR, CR, PTAB = w("br"), w("cr"), w("ptab")
NO_BREAK_HYPHEN, SYM, SYM_CHAR, SYM_FONT = w("noBreakHyphen"), w("sym"), w("char"), w("font")
SYM_EX = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx"
SYM_EX_CHAR = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}char"
RUBY, RT, RUBY_BASE = w("ruby"), w("rt"), w("rubyBase")
DRAWING, PICT, OBJECT = w("drawing"), w("pict"), w("object")
TXBX_CONTENT, BOOKMARK_START = w("txbxContent"), w("bookmarkStart")
FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE = w("footnoteReference"), w("endnoteReference")
HYPERLINK, ALT_CHUNK = w("hyperlink"), w("altChunk")
STYLE, P_STYLE, R_STYLE, BASED_ON = w("style"), w("pStyle"), w("rStyle"), w("basedOn")
NUM_PR, ILVL, NUM_ID = w("numPr"), w("ilvl"), w("numId")
AUTHOR, INITIALS = w("author"), w("initials")
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
DRAWING_TEXT, BLIP, SOLID_FILL = _A + "t", _A + "blip", _A + "solidFill"
ANCHOR, INLINE, EXTENT, DOC_PR = _WP + "anchor", _WP + "inline", _WP + "extent", _WP + "docPr"
POSITION_H, POSITION_V, OFFSET = _WP + "positionH", _WP + "positionV", _WP + "posOffset"
SHAPE_PR, BODY_PR, AUTO_FIT = _WPS + "spPr", _WPS + "bodyPr", _A + "spAutoFit"
TEXT_PATH, IMAGE_DATA = _V + "textpath", _V + "imagedata"
TEXT_FILL, NO_TEXT_FILL, TEXT_ALPHA = _W14 + "textFill", _W14 + "noFill", _W14 + "alpha"
W14_VAL = _W14 + "val"
R_ID, R_EMBED, R_LINK = _R + "id", _R + "embed", _R + "link"

OFF = frozenset({"0", "false", "off"})
"""Values that switch a toggle off; an absent value switches it on."""
