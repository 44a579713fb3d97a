"""Small Chinese PDFs, built in memory and byte for byte the same each time.

Text is set in STSong-Light, a font of Adobe's GB1 collection that no file embeds: readers
know its encoding, viewers draw it with whatever Chinese font the computer has.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
RED: Colour = (0.8, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)

WIDTH, HEIGHT = 595, 842
LEFT, TOP, LEADING = 80, 770, 28
FONT_SIZE = 16
ROW_HEIGHT, CELL_FONT_SIZE = 24, 12
_DATE = "D:20260101000000"


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a point, in points from the lower left corner; ``invisible`` is render mode 3."""

    x: float
    y: float
    text: str
    size: float = FONT_SIZE
    colour: Colour = BLACK
    invisible: bool = False

    @property
    def width(self) -> float:
        """How far the words reach: half a square for ASCII, a square for the rest."""
        return sum(0.5 if ord(c) < 0x80 else 1.0 for c in self.text) * self.size

    def draw(self) -> bytes:
        """The operators that set the words."""
        red, green, blue = self.colour
        mode = 3 if self.invisible else 0
        code = self.text.encode("utf-16-be").hex()
        return (
            f"BT {red} {green} {blue} rg {mode} Tr /F1 {self.size} Tf "
            f"{self.x} {self.y} Td <{code}> Tj ET\n"
        ).encode()


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; drawn after text it covers the text."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour = BLACK

    def draw(self) -> bytes:
        """The operators that fill it."""
        red, green, blue = self.colour
        return (
            f"{red} {green} {blue} rg {self.x} {self.y} {self.width} {self.height} re f\n"
        ).encode()


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, as rulings of tables and the red line under a document head are."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: Colour = BLACK

    def draw(self) -> bytes:
        """The operators that stroke it."""
        red, green, blue = self.colour
        return (
            f"{red} {green} {blue} RG 0.7 w {self.x0} {self.y0} m {self.x1} {self.y1} l S\n"
        ).encode()


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey picture, as a scanned sheet is; ``grey`` 0 is black, 255 white."""

    x: float
    y: float
    width: float
    height: float
    grey: int = 235

    def draw(self) -> bytes:
        """The operators that place it."""
        place = f"{self.width} 0 0 {self.height} {self.x} {self.y}"
        return f"q {place} cm /P{self.grey} Do Q\n".encode()


Item = Text | Box | Rule | Picture


@dataclass(frozen=True, slots=True)
class Remark:
    """An annotation: a note of a reviewer, or with kind FreeText, typewriter text."""

    text: str
    kind: str = "Text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: items in drawing order, and remarks."""

    items: tuple[Item, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Extras:
    """What a PDF carries beside its pages."""

    title: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    signature_field: bool = False


def lines_of(text: str, top: float = TOP, size: float = FONT_SIZE) -> tuple[Text, ...]:
    """A line of text per line, set from ``top`` down at the left margin."""
    return tuple(
        Text(LEFT, top - number * LEADING, line, size)
        for number, line in enumerate(text.split("\n"))
        if line
    )


def ruled_table(
    rows: Sequence[Sequence[str]], top: float = TOP, widths: Sequence[float] = ()
) -> tuple[Item, ...]:
    """A table with all rulings drawn; every row as high as the next."""
    columns = max(len(row) for row in rows)
    given = tuple(widths) or tuple((WIDTH - 2 * LEFT) / columns for _ in range(columns))
    edges = [LEFT + sum(given[:number]) for number in range(columns + 1)]
    bottom = top - ROW_HEIGHT * len(rows)
    items: list[Item] = [
        Rule(edges[0], top - ROW_HEIGHT * n, edges[-1], top - ROW_HEIGHT * n)
        for n in range(len(rows) + 1)
    ]
    items += [Rule(x, top, x, bottom) for x in edges]
    items += [
        Text(edges[column] + 4, top - ROW_HEIGHT * (number + 1) + 7, text, CELL_FONT_SIZE)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    ]
    return tuple(items)


def build_pdf(sheets: Sequence[Sheet], extras: Extras | None = None) -> bytes:
    """The bytes of a PDF with these pages."""
    stream = io.BytesIO()
    with _assemble(sheets, extras or Extras()) as pdf:
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def build_locked_pdf(sheets: Sequence[Sheet], user: str = "", owner: str = "owner") -> bytes:
    """A PDF that asks for ``user`` to be opened; with "" it opens but forbids copying.

    Encryption draws random keys, so these bytes differ each time.
    """
    lock = pikepdf.Encryption(
        user=user, owner=owner, allow=pikepdf.Permissions(extract=False, modify_other=False)
    )
    stream = io.BytesIO()
    with _assemble(sheets, Extras()) as pdf:
        pdf.save(stream, encryption=lock)
    return stream.getvalue()


def _assemble(sheets: Sequence[Sheet], extras: Extras) -> Pdf:
    pdf = pikepdf.new()
    font = _font(pdf)
    greys = sorted({i.grey for sheet in sheets for i in sheet.items if isinstance(i, Picture)})
    resources = Dictionary(Font=Dictionary(F1=font))
    if greys:
        resources.XObject = Dictionary({f"/P{grey}": _picture(pdf, grey) for grey in greys})
    shared = pdf.make_indirect(resources)
    for sheet in sheets:
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT)).obj
        page.Resources = shared
        page.Contents = pdf.make_stream(b"".join(item.draw() for item in sheet.items))
        if sheet.remarks:
            page.Annots = Array([_annotation(pdf, remark) for remark in sheet.remarks])
    _carry(pdf, extras)
    return pdf


def _font(pdf: Pdf) -> pikepdf.Object:
    name = Name("/STSong-Light")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("GB1"), Supplement=4),
        DW=1000,
        # GB1 characters 1 to 95 are ASCII, half a square wide.
        W=Array([1, 95, 500]),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=6,
            FontBBox=Array([-25, -254, 1000, 880]),
            ItalicAngle=0,
            Ascent=880,
            Descent=-120,
            CapHeight=880,
            StemV=93,
        ),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/UniGB-UCS2-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
        )
    )


def _picture(pdf: Pdf, grey: int) -> pikepdf.Stream:
    """A picture of 64 × 64 dots with a dark frame, so that it is not one flat colour."""
    side = 64
    rows = [
        bytes(40 if n in (0, side - 1) or m in (0, side - 1) else grey for m in range(side))
        for n in range(side)
    ]
    return pdf.make_stream(
        zlib.compress(b"".join(rows), 9),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.FlateDecode,
    )


def _annotation(pdf: Pdf, remark: Remark) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name(f"/{remark.kind}"),
            Rect=Array([400, 700, 520, 740]),
            Contents=String(remark.text),
            F=4,
        )
    )


def _carry(pdf: Pdf, extras: Extras) -> None:
    if extras.title:
        pdf.docinfo["/Title"] = String(extras.title)
    for key, value in extras.properties.items():
        pdf.docinfo[Name(f"/{key}")] = String(value)
    if extras.description:
        packet = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
            '"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>'
            f'<rdf:li xml:lang="x-default">{extras.description}</rdf:li>'
            "</rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
        )
        pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    for name, data in extras.attachments.items():
        pdf.attachments[name] = pikepdf.AttachedFileSpec(
            pdf,
            data,
            description="",
            filename=name,
            mime_type="",
            creation_date=_DATE,
            mod_date=_DATE,
        )
    if extras.signature_field:
        signature = Dictionary(
            Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String(b"\0" * 16)
        )
        entry = Dictionary(FT=Name.Sig, T=String("sign"), V=pdf.make_indirect(signature))
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(entry)]), SigFlags=3)
