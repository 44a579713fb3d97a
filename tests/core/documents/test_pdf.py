from __future__ import annotations

import io
import random
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from gongkai.documents.limits import Limits
from gongkai.documents.pdf import read_pdf
from gongkai.model.content import Block, Content, Flag, NoteCode, NoteScope, Part
from gongkai.samples.pdf import (
    LEFT,
    RED,
    WHITE,
    Box,
    Extras,
    Picture,
    Remark,
    Rule,
    Sheet,
    Text,
    build_locked_pdf,
    build_pdf,
    lines_of,
    ruled_table,
)

PAGE = Picture(0, 0, 595, 842)
ROSTER = [["姓名", "身份证号", "联系电话"]] + [
    [f"示例{n}", f"11010119900307{n:04d}", f"1380013{n:04d}"] for n in range(1, 6)
]


def read(*sheets: Sheet, extras: Extras | None = None, limits: Limits | None = None) -> Content:
    return read_pdf(build_pdf(sheets, extras), limits or Limits())


def texts(content: Content, part: Part = Part.PAGE) -> list[str]:
    return [block.text for block in content.blocks if block.part is part]


def flagged(content: Content, flag: Flag) -> str:
    return "".join(block.text for block in content.blocks if flag in block.flags)


def codes(content: Content) -> dict[NoteCode, NoteScope]:
    order = list(NoteScope)
    notes = sorted(content.notes, key=lambda note: -order.index(note.scope))
    return {note.code: note.scope for note in notes}


def block_at(content: Content, place: str) -> Block:
    return next(block for block in content.blocks if block.place == place)


def test_lines_stand_as_they_are_with_their_page_boxes():
    content = read(Sheet(lines_of("示例市人民政府文件\n示政发〔2026〕12 号")))

    first, second = content.blocks
    page, x0, y0, x1, y1 = second.anchors[0].where.split(",")
    assert [first.place, second.place] == ["page1/line1", "page1/line2"]
    assert second.text == "示政发〔2026〕12 号"
    assert page == "1"
    assert float(x0) == pytest.approx(LEFT, abs=3)
    assert float(y0) < 742 < float(y1)
    assert float(x1) > float(x0) + 100


def test_a_phrase_broken_over_lines_is_two_lines_that_follow_each_other():
    content = read(Sheet(lines_of("（此件依\n申请公开）")))

    assert texts(content) == ["（此件依", "申请公开）"]


def test_words_written_in_any_order_read_from_top_to_bottom_and_left_to_right():
    items = (
        Text(80, 500, "第三行"),
        Text(220, 700, "右边"),
        Text(80, 700, "左边"),
        Text(80, 600, "二"),
    )

    content = read(Sheet(items))

    assert texts(content) == ["左边 右边", "二", "第三行"]


def test_two_columns_of_running_text_are_read_one_after_the_other():
    left = [Text(60, 700 - 20 * n, f"左栏第{n}行一直写到把这一栏排满为止", 12) for n in range(8)]
    right = [Text(320, 700 - 20 * n, f"右栏第{n}行一直写到把这一栏排满为止", 12) for n in range(8)]

    content = read(Sheet((Text(200, 760, "通报总标题"), *left, *right)))

    found = texts(content)
    assert found[0] == "通报总标题"
    assert [line[0] for line in found[1:]] == ["左"] * 8 + ["右"] * 8


def test_a_centred_title_and_its_size_are_told():
    title = Text(595 / 2 - 4 * 22, 700, "关于示例的通知批", 22)

    content = read(Sheet((title, *lines_of("正文从左边开始", top=600))))

    assert content.blocks[0].centred
    assert content.blocks[0].size == 22
    assert not content.blocks[1].centred


def test_a_landscape_page_reads_like_the_page_one_sees():
    words = b"".join(
        b"BT 0 g /F1 16 Tf 0 1 -1 0 %d 80 Tm <%b> Tj ET\n"
        % (100 + 30 * number, line.encode("utf-16-be").hex().encode())
        for number, line in enumerate(("横向第一行", "横向第二行"))
    )
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(build_pdf([Sheet()]))) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(words)
        pdf.pages[0].obj.Rotate = 90
        pdf.save(stream)

    content = read_pdf(stream.getvalue(), Limits())

    box = [float(number) for number in content.blocks[0].anchors[0].where.split(",")[1:]]
    assert texts(content) == ["横向第一行", "横向第二行"]
    assert box == pytest.approx([80, 490, 160, 510], abs=5)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_words_that_stand_sideways_are_read_too(turn):
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(build_pdf([Sheet(lines_of("第一行\n第二行"))]))) as pdf:
        pdf.pages[0].obj.Rotate = turn
        pdf.save(stream)

    content = read_pdf(stream.getvalue(), Limits())

    assert sorted(texts(content)) == ["第一行", "第二行"]


class TestTables:
    def test_a_ruled_table_is_read_once_by_cell_under_its_headings(self):
        content = read(Sheet((*lines_of("补贴名单"), *ruled_table(ROSTER, top=700))))

        cells = [block for block in content.blocks if block.part is Part.TABLE]
        cell = block_at(content, "page1/table1/r3c2")
        assert texts(content) == ["补贴名单"]
        assert [block.text for block in cells] == [text for row in ROSTER for text in row]
        assert cell.text == "110101199003070002"
        assert cell.cell is not None
        assert cell.cell.header == "身份证号"
        assert cell.cell.data
        assert cell.anchors[0].where.startswith("1,")

    def test_a_table_stands_between_the_lines_above_and_below_it(self):
        items = (*lines_of("上文"), *ruled_table(ROSTER, top=700), *lines_of("下文", top=400))

        content = read(Sheet(items))

        assert content.blocks[0].text == "上文"
        assert content.blocks[-1].text == "下文"

    def test_a_table_that_goes_on_over_the_page_keeps_its_headings(self):
        content = read(Sheet(ruled_table(ROSTER)), Sheet(ruled_table(ROSTER[1:])))

        first, second = (block_at(content, f"page{n}/table1/r2c2").cell for n in (1, 2))
        assert first is not None
        assert second is not None
        assert (second.table, second.header, second.data) == (first.table, "身份证号", True)
        assert second.row == len(ROSTER) + 2

    def test_a_number_broken_by_the_edge_of_its_cell_is_one_again(self):
        items = ruled_table([["姓名", "证号"], ["", ""]], widths=(60, 80))
        broken = (Text(144, 730, "110101199003", 12), Text(144, 719, "077758", 10))

        content = read(Sheet((*items, *broken)))

        assert block_at(content, "page1/table1/r2c2").text == "110101199003077758"

    def test_merged_cells_are_one_cell(self):
        rules = [Rule(80, y, 480, y) for y in (700, 676, 652)]
        rules += [Rule(80, 700, 80, 652), Rule(480, 700, 480, 652), Rule(280, 676, 280, 652)]
        words = [Text(84, 683, "汇总表", 12), Text(84, 659, "甲", 12), Text(284, 659, "乙", 12)]

        content = read(Sheet((*rules, *words)))

        found = {b.place: b.text for b in content.blocks if b.part is Part.TABLE}
        assert found == {
            "page1/table1/r1c1": "汇总表",
            "page1/table1/r2c1": "甲",
            "page1/table1/r2c2": "乙",
        }

    @pytest.mark.parametrize(
        "rules",
        [
            pytest.param((Rule(80, 700, 500, 700, RED), Rule(80, 300, 500, 300)), id="separators"),
            pytest.param(
                (
                    Rule(50, 800, 550, 800),
                    Rule(50, 100, 550, 100),
                    Rule(50, 800, 50, 100),
                    Rule(550, 800, 550, 100),
                ),
                id="frame_around_the_page",
            ),
        ],
    )
    def test_lines_that_only_frame_make_no_table(self, rules):
        content = read(Sheet((*rules, *lines_of("正文一\n正文二"))))

        assert texts(content) == ["正文一", "正文二"]
        assert not texts(content, Part.TABLE)

    def test_beyond_the_cap_of_pages_tables_stay_lines_and_a_note_says_so(self):
        limits = Limits(pdf_table_pages=1)

        content = read(*[Sheet(ruled_table(ROSTER))] * 3, limits=limits)

        assert codes(content)[NoteCode.TABLES_UNREAD] is NoteScope.NOTHING
        assert "110101199003070002" in "".join(texts(content))


class TestHiddenText:
    def test_a_black_bar_over_a_number_does_not_hide_it_from_the_check(self):
        words = lines_of("申请人身份证号：\n110101199003077758")

        content = read(Sheet((*words, Box(75, 735, 200, 25))))

        assert flagged(content, Flag.COVERED) == "110101199003077758"
        assert [b.text for b in content.printed] == ["申请人身份证号："]

    def test_a_bar_over_part_of_a_line_flags_that_part_alone(self):
        line = Text(80, 700, "电话：13800138000，谢谢", 16)

        content = read(Sheet((line, Box(127, 695, 90, 22))))

        assert flagged(content, Flag.COVERED) == "13800138000"
        assert block_at(content, "page1/line1").text == "电话： ，谢谢"

    @pytest.mark.parametrize(
        "cover",
        [
            pytest.param(Box(75, 735, 200, 25, WHITE), id="white_bar"),
            pytest.param(Picture(75, 735, 200, 25), id="opaque_picture"),
            pytest.param(Picture(75, 735, 200, 25, 60), id="dark_picture"),
        ],
    )
    def test_any_cover_is_seen_through(self, cover):
        content = read(Sheet((*lines_of("第一行\n被盖住的字"), cover)))

        assert flagged(content, Flag.COVERED) == "被盖住的字"

    @pytest.mark.parametrize(
        "background",
        [
            pytest.param(Box(0, 0, 595, 842, WHITE), id="white_sheet_painted_first"),
            pytest.param(Box(75, 735, 300, 60, (0.9, 0.9, 0.7)), id="shading_under_words"),
            pytest.param(Picture(0, 0, 595, 842), id="letterhead_picture"),
            pytest.param(Rule(80, 760, 500, 760, RED), id="red_rule"),
        ],
    )
    def test_what_lies_under_words_hides_nothing(self, background):
        content = read(
            Sheet((background, *lines_of("正文第一行，这里写得长一些以免像扫描件\n" * 3)))
        )

        assert not any(block.flags for block in content.blocks)

    def test_white_words_on_a_dark_bar_are_seen(self):
        content = read(Sheet((Box(75, 765, 300, 25, RED), Text(80, 770, "红底白字", 16, WHITE))))

        assert [b.text for b in content.printed] == ["红底白字"]

    @pytest.mark.parametrize(
        ("item", "flag"),
        [
            pytest.param(Text(80, 700, "白纸白字", 16, WHITE), Flag.WHITE, id="white_on_white"),
            pytest.param(
                Text(80, 700, "不着墨", 16, invisible=True), Flag.INVISIBLE_LAYER, id="no_ink"
            ),
            pytest.param(Text(700, 700, "页外文字"), Flag.OFF_PAGE, id="beside_the_page"),
            pytest.param(Text(80, -60, "页下文字"), Flag.OFF_PAGE, id="below_the_page"),
            pytest.param(Text(80, 700, "一磅小字", 1), Flag.TINY, id="one_point"),
        ],
    )
    def test_words_a_reader_does_not_see_are_flagged(self, item, flag):
        content = read(Sheet((*lines_of("看得见的正文"), item)))

        assert flagged(content, flag) == item.text
        assert [b.text for b in content.printed] == ["看得见的正文"]

    def test_a_seal_that_words_shine_through_hides_nothing(self):
        side = 32
        ring = bytes(
            255 if 100 < (x - 16) ** 2 + (y - 16) ** 2 < 220 else 0
            for y in range(side)
            for x in range(side)
        )
        size = {"Width": side, "Height": side, "BitsPerComponent": 8}
        kind = {"Type": Name.XObject, "Subtype": Name.Image}
        stream = io.BytesIO()
        with pikepdf.open(io.BytesIO(build_pdf([Sheet(lines_of("示例局\n2026年3月12日"))]))) as pdf:
            mask = pdf.make_stream(ring, ColorSpace=Name.DeviceGray, **size, **kind)
            red = b"\xcc\x00\x00" * side * side
            seal = pdf.make_stream(red, ColorSpace=Name.DeviceRGB, SMask=mask, **size, **kind)
            page = pdf.pages[0]
            page.obj.Resources = Dictionary(
                Font=page.obj.Resources.Font, XObject=Dictionary(Seal=seal)
            )
            page.contents_add(b"q 120 0 0 120 70 700 cm /Seal Do Q")
            pdf.save(stream)

        content = read_pdf(stream.getvalue(), Limits())

        assert [b.text for b in content.printed] == ["示例局", "2026年3月12日"]

    def test_black_words_on_a_black_bar_painted_first_are_covered(self):
        content = read(Sheet((Box(75, 735, 200, 25), *lines_of("第一行\n黑底黑字"))))

        assert flagged(content, Flag.COVERED) == "黑底黑字"

    def test_words_of_a_layer_that_is_off_are_hidden(self):
        stream = io.BytesIO()
        with pikepdf.open(io.BytesIO(build_pdf([Sheet(lines_of("正文"))]))) as pdf:
            layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("内部")))
            pdf.Root.OCProperties = Dictionary(
                OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]))
            )
            page = pdf.pages[0]
            page.obj.Resources.Properties = Dictionary(L1=layer)
            page.contents_add(b"/OC /L1 BDC " + Text(80, 600, "图层里的字").draw() + b" EMC")
            pdf.save(stream)

        content = read_pdf(stream.getvalue(), Limits())

        assert flagged(content, Flag.HIDDEN) == "图层里的字"

    def test_words_inside_a_form_are_read_and_covered_like_others(self):
        stream = io.BytesIO()
        with pikepdf.open(io.BytesIO(build_pdf([Sheet(lines_of("正文"))]))) as pdf:
            page = pdf.pages[0]
            form = pdf.make_stream(
                Text(0, 0, "表单里的字").draw(),
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([-10, -10, 400, 100]),
                Resources=page.obj.Resources,
            )
            page.obj.Resources = Dictionary(
                Font=page.obj.Resources.Font, XObject=Dictionary(Fm=form)
            )
            page.contents_add(b"q 1 0 0 1 80 600 cm /Fm Do Q " + Box(75, 590, 200, 40).draw())
            pdf.save(stream)

        content = read_pdf(stream.getvalue(), Limits())

        assert flagged(content, Flag.COVERED) == "表单里的字"
        assert [b.text for b in content.printed] == ["正文"]


class TestPagesWithoutText:
    def test_a_scanned_file_has_no_text_at_all(self):
        content = read(Sheet((PAGE,)), Sheet((PAGE,)))

        assert codes(content)[NoteCode.NO_TEXT] is NoteScope.WHOLE
        assert [n.place for n in content.notes if n.code is NoteCode.SCANNED_PAGE] == [
            "page1",
            "page2",
        ]

    def test_one_scanned_page_withholds_that_page(self):
        content = read(Sheet(lines_of("正文")), Sheet((PAGE, Text(280, 40, "— 2 —"))))

        assert content.readable
        assert codes(content)[NoteCode.SCANNED_PAGE] is NoteScope.PART

    def test_an_empty_page_is_told_and_withholds_nothing(self):
        content = read(Sheet(lines_of("正文")), Sheet())

        assert codes(content) == {NoteCode.EMPTY_PAGE: NoteScope.NOTHING}

    def test_text_drawn_as_outlines_counts_as_scanned(self):
        shapes = tuple(Box(80 + 9 * n, 700, 5, 12) for n in range(40))

        content = read(Sheet(shapes))

        assert codes(content)[NoteCode.NO_TEXT] is NoteScope.WHOLE

    @pytest.mark.parametrize("order", ["picture_first", "words_first"])
    def test_an_invisible_layer_over_a_scan_is_read_and_told(self, order):
        words = tuple(
            Text(line.x, line.y, line.text, invisible=order == "picture_first")
            for line in lines_of("识别出来的第一行\n识别出来的第二行")
        )
        items = (PAGE, *words) if order == "picture_first" else (*words, PAGE)

        content = read(Sheet(items))

        assert codes(content) == {NoteCode.OCR_LAYER: NoteScope.PART}
        assert flagged(content, Flag.INVISIBLE_LAYER) == "识别出来的第一行识别出来的第二行"

    def test_a_picture_beside_text_is_noted_as_unread(self):
        content = read(Sheet((*lines_of("正文"), Picture(100, 100, 200, 200))))

        assert codes(content) == {NoteCode.IMAGE: NoteScope.PART}


class TestCarried:
    def test_remarks_typed_text_and_links_are_read(self):
        remarks = (Remark("请核实此段"), Remark("（此件公开发布）", "FreeText"))

        content = read(Sheet(lines_of("正文"), remarks))

        assert texts(content, Part.ANNOTATION) == ["请核实此段"]
        assert texts(content, Part.TEXTBOX) == ["（此件公开发布）"]
        assert content.comments == 2

    def test_properties_and_their_xml_twin_are_read(self):
        extras = Extras("示例通知", {"Author": "张晓明示例", "公开属性": "主动公开"}, "内部说明")

        content = read(Sheet(lines_of("正文")), extras=extras)

        assert content.property_named("core.title") == "示例通知"
        assert content.property_named("custom.公开属性") == "主动公开"
        assert content.property_named("xmp.description") == "内部说明"
        assert block_at(content, "property/core.creator").text == "张晓明示例"

    def test_an_attached_file_is_read_like_a_file(self):
        inner = build_pdf([Sheet(lines_of("附件里的名单"))])
        extras = Extras(attachments={"名单.pdf": inner, "备注.txt": "别外传".encode()})

        content = read(Sheet(lines_of("正文")), extras=extras)

        found = {block.place: block for block in content.blocks}
        assert found["embedded/名单.pdf!page1/line1"].text == "附件里的名单"
        assert found["embedded/备注.txt!line1"].text == "别外传"
        assert Flag.EMBEDDED in found["embedded/备注.txt!line1"].flags

    def test_an_attached_file_nobody_can_read_withholds_a_part(self):
        extras = Extras(attachments={"数据.bin": bytes(range(256)) * 4})

        content = read(Sheet(lines_of("正文")), extras=extras)

        assert [(n.code, n.scope) for n in content.notes] == [
            (NoteCode.UNSUPPORTED, NoteScope.PART)
        ]

    def test_files_within_files_are_read_as_deep_as_the_limits_say(self):
        data = build_pdf([Sheet(lines_of("最里面"))])
        for _ in range(5):
            data = build_pdf([Sheet(lines_of("外层"))], Extras(attachments={"内.pdf": data}))

        content = read_pdf(data, Limits(package_depth=3))

        assert codes(content) == {NoteCode.NESTED_TOO_DEEP: NoteScope.PART}

    def test_a_signature_field_makes_the_file_signed(self):
        signed = read(Sheet(lines_of("正文")), extras=Extras(signature_field=True))
        unsigned = read(Sheet(lines_of("正文")))

        assert (signed.signed, unsigned.signed) == (True, False)


class TestLocks:
    def test_a_password_to_open_leaves_the_file_unread(self):
        content = read_pdf(build_locked_pdf([Sheet(lines_of("正文"))], user="示例"), Limits())

        assert codes(content) == {NoteCode.ENCRYPTED: NoteScope.WHOLE}
        assert not content.blocks

    def test_an_owner_password_is_told_and_the_file_read(self):
        content = read_pdf(build_locked_pdf([Sheet(lines_of("正文"))]), Limits())

        assert codes(content) == {NoteCode.EXTRACTION_FORBIDDEN: NoteScope.NOTHING}
        assert texts(content) == ["正文"]


def page_tree_loop() -> bytes:
    nodes = b"".join(
        b"%d 0 obj<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>endobj\n"
        % (i, i + 1 if i < 60 else 2, i - 1)
        for i in range(2, 61)
    )
    catalogue = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    return b"%PDF-1.4\n" + catalogue + nodes + b"trailer<</Root 1 0 R>>\n%%EOF"


def flate_bomb(size: int) -> bytes:
    """A page whose stream, packed twice, is small on disk."""
    twice = zlib.compress(zlib.compress(b"0" * size, 9), 9)
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(build_pdf([Sheet(lines_of("正文"))]))) as pdf:
        filters = Array([Name.FlateDecode, Name.FlateDecode])
        pdf.pages[0].obj.Contents = pdf.make_stream(twice, Filter=filters)
        pdf.save(stream, compress_streams=False)
    return stream.getvalue()


class TestHostileFiles:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            pytest.param(b"", NoteCode.DAMAGED, id="nothing"),
            pytest.param(
                b"%PDF-1.4\n" + random.Random(1).randbytes(5000), NoteCode.DAMAGED, id="junk"
            ),
            pytest.param(page_tree_loop(), NoteCode.DAMAGED, id="page_tree_loop"),
            pytest.param(flate_bomb(30 << 20), NoteCode.TOO_LARGE, id="flate_bomb"),
        ],
    )
    def test_a_hostile_file_was_not_checked(self, data, code):
        content = read_pdf(data, Limits(unpacked_bytes=20 << 20))

        assert codes(content)[code] is NoteScope.WHOLE
        assert not content.readable

    def test_too_many_pages_are_too_many(self):
        content = read(*[Sheet(lines_of("页"))] * 4, limits=Limits(pdf_pages=3))

        assert codes(content) == {NoteCode.TOO_LARGE: NoteScope.WHOLE}
        assert content.pages == 4

    @pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.98])
    def test_a_truncated_file_is_never_read_as_if_it_were_whole(self, share):
        data = build_pdf([Sheet(lines_of(f"第{n}页正文")) for n in range(6)])

        content = read_pdf(data[: int(len(data) * share)], Limits())

        assert NoteCode.DAMAGED in codes(content) or not content.readable

    def test_a_broken_page_stream_is_told(self):
        data = build_pdf([Sheet(lines_of("正文"))])
        with pikepdf.open(io.BytesIO(data)) as pdf:
            raw = pdf.pages[0].obj.Contents.read_raw_bytes()
        broken = data.replace(raw, raw[:12] + bytes(len(raw) - 12))

        content = read_pdf(broken, Limits())

        assert codes(content)[NoteCode.DAMAGED] is NoteScope.PART

    @pytest.mark.parametrize("seed", range(40))
    def test_random_damage_raises_nothing(self, seed):
        luck = random.Random(seed)
        extras = Extras("题", {"键": "值"}, "述", {"a.txt": b"x"})
        data = bytearray(build_pdf([Sheet((*lines_of("正文"), *ruled_table(ROSTER)))], extras))
        for _ in range(luck.choice([1, 5, 60])):
            data[luck.randrange(len(data))] = luck.randrange(256)

        content = read_pdf(bytes(data), Limits())

        assert content.sha256


def test_rare_characters_of_names_survive():
    # Most readers lose characters beyond the basic plane; pdfium's own text call does too.
    content = read(Sheet(lines_of("张㐂示例")))

    assert texts(content) == ["张㐂示例"]


def test_the_same_tables_are_found_as_by_an_independent_reader():
    pdfplumber = pytest.importorskip("pdfplumber")
    data = build_pdf([Sheet((*lines_of("名单"), *ruled_table(ROSTER, top=700)))])

    content = read_pdf(data, Limits())

    with pdfplumber.open(io.BytesIO(data)) as document:
        expected = document.pages[0].extract_table()
    found = [block.text for block in content.blocks if block.part is Part.TABLE]
    assert found == [text for row in expected for text in row]
