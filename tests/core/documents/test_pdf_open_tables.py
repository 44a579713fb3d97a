from __future__ import annotations

import io
import random
import subprocess
import sys
from collections.abc import Sequence

import pikepdf
import pytest
from pikepdf import Array

from gongkai.documents.limits import Limits
from gongkai.documents.pdf import read_pdf
from gongkai.model.content import Block, Content, Flag, NoteCode, NoteScope, Part
from gongkai.samples.pdf import LEFT, Box, Item, Rule, Sheet, Text, build_pdf, lines_of

HEADINGS = ["序号", "姓名", "身份证号", "联系电话"]
WIDTHS = (50, 90, 170, 120)
RIGHT = LEFT + sum(WIDTHS)
STEP = 20


def person(number: int) -> list[str]:
    return [str(number), f"示例{number}", f"11010119900307{number:04d}", f"1380013{number:04d}"]


ROSTER = [HEADINGS] + [person(n) for n in range(1, 7)]


def columns(
    rows: Sequence[Sequence[str]], top: float = 700, widths: Sequence[float] = WIDTHS
) -> list[Item]:
    """Words in columns, without any line."""
    starts = [LEFT + sum(widths[:n]) for n in range(len(widths))]
    return [
        Text(x, top - STEP * number - 15, text, 12)
        for number, row in enumerate(rows)
        for x, text in zip(starts, row, strict=False)
        if text
    ]


def centred(rows: Sequence[Sequence[str]], top: float = 700) -> list[Item]:
    found: list[Item] = []
    for number, row in enumerate(rows):
        left = float(LEFT)
        for width, text in zip(WIDTHS, row, strict=True):
            middle = Text(left, top - STEP * number - 15, text, 12)
            found.append(Text(left + (width - middle.width) / 2, middle.y, text, 12))
            left += width
    return found


def rules(*heights: float) -> list[Item]:
    return [Rule(LEFT, y, RIGHT, y) for y in heights]


def three_lines(rows: Sequence[Sequence[str]], top: float = 700) -> list[Item]:
    return [*columns(rows, top), *rules(top, top - STEP, top - STEP * len(rows))]


def read(*pages: Sequence[Item], limits: Limits | None = None) -> Content:
    return read_pdf(build_pdf([Sheet(tuple(items)) for items in pages]), limits or Limits())


def cells(content: Content) -> list[Block]:
    return [block for block in content.blocks if block.part is Part.TABLE]


def by_heading(content: Content) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in cells(content):
        assert block.cell is not None
        if block.cell.data:
            found.setdefault(block.cell.header, []).append(block.text)
    return found


def expected(rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    values = zip(*rows[1:], strict=True)
    return {name: list(column) for name, column in zip(rows[0], values, strict=True)}


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks if block.part is Part.PAGE]


class TestTables:
    @pytest.mark.parametrize(
        "items",
        [
            pytest.param(three_lines(ROSTER), id="three_lines"),
            pytest.param(
                [
                    *columns(ROSTER),
                    *(Box(LEFT, y, RIGHT - LEFT, 0.8) for y in (700, 680, 560)),
                ],
                id="three_thin_rectangles",
            ),
            pytest.param(
                [*centred(ROSTER), *rules(*range(700, 559, -STEP))], id="a_line_under_each_row"
            ),
            pytest.param(
                [
                    *columns(ROSTER),
                    *(Rule(x, y, x + 3, y) for y in (700, 680, 560) for x in range(LEFT, 510, 6)),
                ],
                id="three_dashed_lines",
            ),
            pytest.param([*columns(ROSTER), *rules(700, 560)], id="lines_above_and_below"),
            pytest.param([*columns(ROSTER), *rules(680)], id="a_line_under_the_headings"),
            pytest.param(columns(ROSTER), id="no_line_at_all"),
            pytest.param(centred(ROSTER), id="no_line_and_centred"),
        ],
    )
    def test_each_cell_knows_the_heading_of_its_column(self, items):
        around = (*lines_of("补贴名单"), *lines_of("特此公示。", top=480))

        content = read([*around, *items])

        assert by_heading(content) == expected(ROSTER)
        assert lines(content) == ["补贴名单", "特此公示。"]
        assert not content.notes
        assert [content.blocks[0].text, content.blocks[-1].text] == ["补贴名单", "特此公示。"]

    def test_dashed_lines_all_around_make_cells(self):
        dashes = [Rule(x, y, x + 3, y) for y in range(700, 559, -STEP) for x in range(LEFT, 510, 6)]
        edges = [LEFT - 4 + sum(WIDTHS[:n]) for n in range(5)]
        dashes += [Rule(x, y, x, y - 3) for x in edges for y in range(700, 560, -6)]

        content = read([*columns(ROSTER), *dashes])

        assert by_heading(content) == expected(ROSTER)

    def test_a_list_of_one_person_between_three_lines_is_a_table(self):
        content = read(three_lines(ROSTER[:2]))

        assert by_heading(content)["身份证号"] == ["110101199003070001"]

    def test_figures_between_lines_need_no_usual_headings(self):
        rows = [["", "甲镇", "乙镇"], ["上半年", "120", "98"], ["下半年", "130", "102"]]
        rows += [["全年", "250", "200"]]

        content = read([*columns(rows, widths=(120, 100, 100)), *rules(700, 680, 620)])

        found = {block.place: block.text for block in cells(content)}
        assert found["page1/table1/r3c2"] == "130"
        assert len(found) == 11

    def test_headings_over_two_columns_name_both(self):
        head = [Text(LEFT, 675, "姓名", 12), Text(250, 685, "联系方式", 12)]
        head += [Text(200, 665, "手机", 12), Text(330, 665, "邮箱", 12)]
        rows = [[f"示例{n}", f"1380013800{n}", f"a{n}@example.cn"] for n in range(1, 7)]

        content = read(
            [*head, *columns(rows, 660, (120, 130, 120)), *rules(700, 660, 660 - STEP * 6)]
        )

        names = set(by_heading(content))
        assert any("手机" in name for name in names)
        assert by_heading(content)["姓名"] == [row[0] for row in rows]

    def test_a_number_broken_by_the_edge_of_its_column_is_one_again(self):
        rows = [["姓名", "身份证号", "地址"]]
        for n in range(1, 4):
            number = f"11010119900307{n:04d}"
            rows += [[f"示例{n}", number[:11], "示例市示例区示例路"], ["", number[11:], "8号"]]

        lines_across = [Rule(LEFT, y, LEFT + 290, y) for y in (700, 680, 560)]

        content = read([*columns(rows, widths=(70, 90, 150)), *lines_across])

        found = by_heading(content)
        assert found["身份证号"] == [f"11010119900307{n:04d}" for n in range(1, 4)]
        assert found["地址"] == ["示例市示例区示例路8号"] * 3

    def test_people_under_a_unit_named_once_stay_apart(self):
        rows = [["单位", "姓名", "身份证号"], ["示例局", "示例1", person(1)[2]]]
        rows += [["", f"示例{n}", person(n)[2]] for n in range(2, 5)]

        content = read([*columns(rows, widths=(120, 90, 150)), *rules(700, 680, 600)])

        assert by_heading(content)["身份证号"] == [person(n)[2] for n in range(1, 5)]

    def test_names_with_a_space_between_their_characters_are_one_cell(self):
        rows = [["姓　名", "性　别", "身份证号"]] + [
            ["张　三", "男", person(n)[2]] for n in range(1, 5)
        ]

        content = read(columns(rows, widths=(90, 80, 150)))

        assert {" ".join(name.split()) for name in by_heading(content)} == {
            "姓 名",
            "性 别",
            "身份证号",
        }

    def test_a_table_that_goes_on_over_the_page_keeps_its_headings(self):
        first = [*columns(ROSTER), *rules(700, 680), Text(290, 40, "1", 12)]
        rest = [person(n) for n in range(7, 12)]

        content = read(first, [*columns(rest, 770), *rules(770 - STEP * 5)])

        tables = {block.cell.table for block in cells(content) if block.cell}
        assert by_heading(content) == expected([*ROSTER, *rest])
        assert tables == {"page1/table1"}

    def test_words_under_a_bar_stay_flagged_in_their_cell(self):
        bar = Box(LEFT + 135, 640, 150, 40)

        content = read([*three_lines(ROSTER), bar])

        covered = [b for b in cells(content) if Flag.COVERED in b.flags]
        assert [b.text for b in covered] == [person(1)[2], person(2)[2]]
        assert {b.cell.header for b in covered if b.cell} == {"身份证号"}
        assert all(b.anchors[0].where.startswith("1,") for b in covered)

    def test_two_tables_under_each_other_are_two(self):
        items = [*three_lines(ROSTER[:4], 740), Text(230, 630, "表2 补充名单", 12)]

        content = read([*items, *three_lines([HEADINGS, *ROSTER[4:]], 600)])

        tables = [block.cell.table for block in cells(content) if block.cell]
        assert sorted(set(tables)) == ["page1/table1", "page1/table2"]
        assert lines(content) == ["表2 补充名单"]
        assert len(by_heading(content)["姓名"]) == 6

    @pytest.mark.parametrize(
        ("turn", "crop"),
        [
            pytest.param(0, [20, 30, 580, 830], id="cropped"),
            pytest.param(180, None, id="upside_down_sheet"),
        ],
    )
    def test_the_sheet_may_be_cropped_or_turned(self, turn, crop):
        stream = io.BytesIO()
        with pikepdf.open(io.BytesIO(build_pdf([Sheet(tuple(three_lines(ROSTER)))]))) as pdf:
            if turn:
                pdf.pages[0].contents_add(b"-1 0 0 -1 595 842 cm", prepend=True)
                pdf.pages[0].obj.Rotate = turn
            if crop:
                pdf.pages[0].obj.CropBox = Array(crop)
            pdf.save(stream)

        content = read_pdf(stream.getvalue(), Limits())

        assert by_heading(content) == expected(ROSTER)


PROSE = "各有关单位请认真核对名单内容并于规定时间内反馈意见建议。"


class TestNoTables:
    @pytest.mark.parametrize(
        "items",
        [
            pytest.param([*lines_of("\n".join([PROSE] * 8)), *rules(790, 500)], id="prose"),
            pytest.param(
                [
                    Text(LEFT, 700, "示政发〔2026〕12 号"),
                    Text(350, 700, "签发人：张晓明"),
                    Text(414, 672, "李示例"),
                    *rules(660, 300),
                    *lines_of("\n".join([PROSE] * 6), 600),
                ],
                id="number_and_signers",
            ),
            pytest.param(
                [
                    Text(LEFT, 140, "抄送：市委各部门，市人大常委会办公室，市政协办公室，", 14),
                    Text(LEFT + 42, 120, "市法院，市检察院。", 14),
                    Text(LEFT, 90, "示例市人民政府办公室", 14),
                    Text(360, 90, "2026年3月12日印发", 14),
                    *rules(160, 110, 80),
                ],
                id="imprint",
            ),
            pytest.param(
                columns(
                    [[f"{n}.", f"示例{n}", "示例局", "一等奖"] for n in range(1, 9)],
                    widths=(40, 100, 150, 100),
                ),
                id="list_with_tabs",
            ),
            pytest.param(
                columns([["联系人：张晓明", "联系电话：13800138000"]] * 4, widths=(200, 200)),
                id="contacts",
            ),
            pytest.param(
                columns(
                    [
                        ["甲方：示例局", "乙方：示例公司"],
                        ["（公章）", "（公章）"],
                        ["代表：张晓明", "代表：李示例"],
                        ["2026年3月1日", "2026年3月1日"],
                    ],
                    widths=(220, 200),
                ),
                id="signatures",
            ),
            pytest.param(
                columns(
                    [
                        ["姓名", "张晓明", "性别", "男"],
                        ["民族", "汉", "学历", "本科"],
                        ["单位", "示例局", "职务", "科员"],
                    ],
                    widths=(80, 120, 80, 100),
                ),
                id="form",
            ),
            pytest.param(
                [
                    item
                    for n in range(10)
                    for item in (
                        Text(60, 700 - 20 * n, f"左栏第{n}行一直写到把这一栏排满为止", 12),
                        Text(320, 700 - 20 * n, f"右栏第{n}行一直写到把这一栏排满为止", 12),
                    )
                ]
                + [Rule(50, 725, 545, 725), Rule(50, 500, 545, 500)],
                id="two_columns_between_rules",
            ),
            pytest.param(
                [
                    *columns([["姓名", "单位", "职务"]], widths=(100, 100, 100)),
                    *lines_of("\n".join([PROSE] * 5), 660),
                ],
                id="headings_over_prose",
            ),
            pytest.param(
                columns([["姓名", "单位"], ["张晓明", "示例局"]], widths=(150, 100)),
                id="one_row_without_lines",
            ),
            pytest.param(
                columns(
                    [[f"第{n}章", "总　则", f"{n}"] for n in range(1, 9)], widths=(80, 250, 50)
                ),
                id="table_of_contents",
            ),
        ],
    )
    def test_what_only_stands_side_by_side_stays_lines(self, items):
        content = read(items)

        assert not cells(content)
        assert lines(content)

    def test_lines_on_the_next_page_that_fit_no_column_are_no_rows(self):
        content = read(three_lines(ROSTER), list(lines_of("\n".join([PROSE] * 6))))

        assert by_heading(content) == expected(ROSTER)
        assert lines(content) == [PROSE] * 6


class TestCost:
    def test_beyond_the_cap_of_pages_tables_stay_lines_and_a_note_says_so(self):
        content = read(*[three_lines(ROSTER)] * 3, limits=Limits(pdf_table_pages=1))

        notes = [(n.code, n.scope, n.place) for n in content.notes]
        assert notes == [(NoteCode.TABLES_UNREAD, NoteScope.NOTHING, "page2")]
        assert len(cells(content)) == 28
        assert any("110101199003070001" in line for line in lines(content))

    def test_a_page_of_text_and_ruled_tables_loads_no_second_reader(self):
        code = (
            "import sys\n"
            "from gongkai.documents.limits import Limits\n"
            "from gongkai.documents.pdf import read_pdf\n"
            "from gongkai.samples.pdf import Sheet, build_pdf, lines_of, ruled_table\n"
            "rows = [['姓名', '电话'], ['示例', '13800138000']]\n"
            "items = (*lines_of('正文'), *ruled_table(rows, top=700))\n"
            "content = read_pdf(build_pdf([Sheet(items)]), Limits())\n"
            "assert any(b.cell for b in content.blocks)\n"
            "assert 'pdfminer' not in sys.modules and 'pdfplumber' not in sys.modules\n"
        )

        result = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=False,
        )

        assert result.returncode == 0, result.stderr.decode()

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            pytest.param("/MediaBox", None, id="page_without_size"),
            pytest.param("/Rotate", pikepdf.String("x"), id="turned_by_a_word"),
        ],
    )
    def test_what_the_second_reader_cannot_parse_stays_lines_and_a_note_says_so(self, key, value):
        stream = io.BytesIO()
        with pikepdf.open(io.BytesIO(build_pdf([Sheet(tuple(three_lines(ROSTER)))] * 2))) as pdf:
            for page in pdf.pages:
                if value is None:
                    del page.obj[key]
                else:
                    page.obj[key] = value
            pdf.save(stream)

        content = read_pdf(stream.getvalue(), Limits())

        unread = [n for n in content.notes if n.code is NoteCode.TABLES_UNREAD]
        assert [(n.scope, n.place) for n in unread] == [(NoteScope.NOTHING, "page1")]
        assert content.readable
        assert any("110101199003070001" in line for line in lines(content))
        assert not cells(content)

    @pytest.mark.parametrize("seed", range(20))
    def test_random_damage_raises_nothing(self, seed):
        luck = random.Random(seed)
        data = bytearray(build_pdf([Sheet(tuple(three_lines(ROSTER)))] * 2))
        for _ in range(luck.choice([1, 5, 60])):
            data[luck.randrange(len(data))] = luck.randrange(256)

        content = read_pdf(bytes(data), Limits())

        assert content.sha256
