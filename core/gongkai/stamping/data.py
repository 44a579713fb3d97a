"""What a marked DOCX says to programs: document properties and the data the control shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from gongkai.documents.docx_names import OWN_NAMESPACE
from gongkai.policy.profile import Profile
from gongkai.stamping.control import STORE_ITEM
from gongkai.stamping.mark import (
    ATTRIBUTE_PROPERTY,
    FINGERPRINT_PROPERTY,
    LABEL_PROPERTY,
    PLACE_PROPERTY,
    Stamp,
)
from gongkai.stamping.package import Parts

ROOT_RELATIONS = "_rels/.rels"
_USUAL_CUSTOM = "docProps/custom.xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_ITEM = re.compile(r"customXml/item(\d+)\.xml")
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ITEM_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_FIRST_ID = 2
"""Ids 0 and 1 of a property set are reserved ([MS-OLEPS] 2.1)."""


def set_properties(parts: Parts, stamp: Stamp, profile: Profile) -> None:
    """Write the mark into the document's custom properties."""
    values = {
        LABEL_PROPERTY: profile.label_of(stamp.attribute),
        ATTRIBUTE_PROPERTY: str(stamp.attribute),
        PLACE_PROPERTY: str(stamp.place),
        FINGERPRINT_PROPERTY: stamp.fingerprint,
    }
    name = parts.target(ROOT_RELATIONS, "custom-properties") or _USUAL_CUSTOM
    names: dict[str | None, str] = {None: _PROPERTIES, "vt": _VALUES}
    root = (
        parts.xml(name)
        if name in parts
        else etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=names)  # type: ignore[arg-type]
    )
    for key, value in values.items():
        _set_property(root, key, value)
    parts.write(name, root)
    parts.declare(name, _CUSTOM_TYPE)
    parts.relate(ROOT_RELATIONS, "custom-properties", name)


def _set_property(root: etree._Element, name: str, value: str) -> None:
    entries = [entry for entry in root if entry.get("name") == name]
    for double in entries[1:]:
        root.remove(double)
    if entries:
        entry = entries[0]
    else:
        taken = [int(pid) for e in root if (pid := e.get("pid", "")).isdecimal()]
        pid = str(max([_FIRST_ID - 1, *taken]) + 1)
        entry = etree.SubElement(
            root, f"{{{_PROPERTIES}}}property", fmtid=_PROPERTY_SET, pid=pid, name=name
        )
    if "".join(str(text) for text in entry.itertext()) != value or len(entry) != 1:
        for child in list(entry):
            entry.remove(child)
        etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = value


def set_data(parts: Parts, main: str, stamp: Stamp, profile: Profile) -> None:
    """Write the data part; Word fills the control from it when it opens the file."""
    number = _number(parts)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    folder, _, own = main.rpartition("/")
    names: dict[str | None, str] = {None: OWN_NAMESPACE}
    root = etree.Element(f"{{{OWN_NAMESPACE}}}disclosure", nsmap=names)  # type: ignore[arg-type]
    for name, words in _data(stamp, profile).items():
        etree.SubElement(root, f"{{{OWN_NAMESPACE}}}{name}").text = words
    parts.write(item, root)
    if properties not in parts:
        holder = etree.Element(f"{{{_DATA}}}datastoreItem", nsmap={"ds": _DATA})
        holder.set(f"{{{_DATA}}}itemID", STORE_ITEM)
        references = etree.SubElement(holder, f"{{{_DATA}}}schemaRefs")
        etree.SubElement(references, f"{{{_DATA}}}schemaRef").set(f"{{{_DATA}}}uri", OWN_NAMESPACE)
        parts.write(properties, holder)
    parts.declare(properties, _ITEM_TYPE)
    parts.relate(f"{folder}/_rels/{own}.rels", "customXml", f"/{item}")
    parts.relate(f"customXml/_rels/item{number}.xml.rels", "customXmlProps", f"/{properties}")


def read_data(parts: Parts) -> Mapping[str, str]:
    """What our data part says, by the names "annotation" and "imprint"; empty without one."""
    name = _own_item(parts)
    if name is None:
        return {}
    return {
        etree.QName(entry).localname: entry.text or ""
        for entry in parts.xml(name)
        if isinstance(entry.tag, str)
    }


def _data(stamp: Stamp, profile: Profile) -> dict[str, str]:
    return {
        "annotation": profile.stamp.annotation[stamp.attribute],
        "imprint": profile.stamp.imprint[stamp.attribute],
    }


def _own_item(parts: Parts) -> str | None:
    for name in parts.names():
        if _ITEM.fullmatch(name) and OWN_NAMESPACE.encode() in parts.read(name):
            return name
    return None


def _number(parts: Parts) -> int:
    """The number of our item, else the next one free."""
    own = _own_item(parts)
    if own is not None and (found := _ITEM.fullmatch(own)):
        return int(found.group(1))
    taken = [
        int(found.group(1))
        for name in parts.names()
        if (found := re.fullmatch(r"customXml/item(?:Props)?(\d+)\.xml", name))
    ]
    return max(taken, default=0) + 1
