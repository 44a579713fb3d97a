"""The mark's own content control: bound to gongkai's data, holding the stamped wording alone."""

from __future__ import annotations

import copy
import re
import zlib

from lxml import etree

from gongkai.documents.docx_names import OWN_NAMESPACE, SDT, SDT_CONTENT, SDT_PR, VAL, T, w

STORE_ITEM = "{7B0B7C1E-6B52-4C3B-9B8F-2F4E7B6C9A51}"
"""The id of the custom data part the control is bound to; it finds our control again."""

TITLE = "公开属性"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_USUAL_SIZES = range(20, 49)
"""Half points a paper's text may have; a stray size elsewhere is not taken over."""


def element(name: str, **attributes: str) -> etree._Element:
    """A WordprocessingML element."""
    made = etree.Element(w(name))
    for key, value in attributes.items():
        made.set(w(key), value)
    return made


def run_properties(size: int, like: etree._Element | None) -> etree._Element:
    """Fonts and size of ``like``, else the office's usual ones in ``size`` points."""
    made = element("rPr")
    fonts = like.find(w("rFonts")) if like is not None else None
    if fonts is not None:
        made.append(copy.deepcopy(fonts))
    else:
        made.append(
            element(
                "rFonts", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia="仿宋_GB2312"
            )
        )
    half_points = str(_half_points(like) or size * 2)
    made.append(element("sz", val=half_points))
    made.append(element("szCs", val=half_points))
    return made


def _half_points(properties: etree._Element | None) -> int:
    size = properties.find(w("sz")) if properties is not None else None
    value = size.get(VAL, "") if size is not None else ""
    return int(value) if value.isdecimal() and int(value) in _USUAL_SIZES else 0


def run(text: str, properties: etree._Element) -> etree._Element:
    """A run of text."""
    made = element("r")
    made.append(copy.deepcopy(properties))
    words = etree.SubElement(made, T)
    words.text = text
    words.set(_SPACE, "preserve")
    return made


def bound_control(
    words: str, name: str, properties: etree._Element, taken: frozenset[str]
) -> etree._Element:
    """A content control showing ``words``, bound to the element ``name`` of our data.

    ``taken`` are the ids of the document's other controls. The order of the settings is that
    of the schema (ISO/IEC 29500-1 17.5.2.38); Word refuses another.
    """
    control, settings, content = element("sdt"), element("sdtPr"), element("sdtContent")
    settings.append(copy.deepcopy(properties))
    settings.append(element("alias", val=TITLE))
    settings.append(element("tag", val=f"gongkai.{name}"))
    settings.append(element("id", val=_free_id(name, taken)))
    settings.append(
        element(
            "dataBinding",
            prefixMappings=f"xmlns:g='{OWN_NAMESPACE}'",
            xpath=f"/g:disclosure[1]/g:{name}[1]",
            storeItemID=STORE_ITEM,
        )
    )
    # A list of this one wording: LibreOffice shows a bound text control in the default size.
    chosen = element("dropDownList", lastValue=words)
    chosen.append(element("listItem", displayText=words, value=words))
    settings.append(chosen)
    content.append(run(words, properties))
    control.append(settings)
    control.append(content)
    return control


def _free_id(name: str, taken: frozenset[str]) -> str:
    # Derived, not random: a second stamp must give the same bytes.
    number = (zlib.crc32(f"gongkai.{name}".encode()) >> 1) or 1
    while str(number) in taken:
        number = number % 0x7FFFFFFF + 1
    return str(number)


def other_ids(root: etree._Element) -> frozenset[str]:
    """The ids of the controls that are not ours."""
    own = own_controls(root)
    return frozenset(
        identity.get(VAL, "")
        for control in root.iter(SDT)
        if control not in own
        for identity in control.findall(f"{SDT_PR}/{w('id')}")
    )


def own_controls(root: etree._Element) -> list[etree._Element]:
    """Our controls, found by what they are bound to: LibreOffice drops title and tag."""
    return [control for control in root.iter(SDT) if _binding(control) is not None]


def bound_name(control: etree._Element) -> str:
    """Which element of our data a control shows: "annotation" or "imprint"."""
    binding = _binding(control)
    path = binding.get(w("xpath"), "") if binding is not None else ""
    found = re.search(r":(\w+)(?:\[1\])?$", path)
    return found.group(1) if found else ""


def control_text(control: etree._Element) -> str:
    """The words a control shows."""
    content = control.find(SDT_CONTENT)
    return "" if content is None else "".join(text.text or "" for text in content.iter(T))


def _binding(control: etree._Element) -> etree._Element | None:
    for binding in control.findall(f"{SDT_PR}/{w('dataBinding')}"):
        if binding.get(w("storeItemID"), "").upper() == STORE_ITEM.upper():
            return binding
    return None
