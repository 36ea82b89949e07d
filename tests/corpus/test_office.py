from __future__ import annotations

import sys

import pytest

from extractor.corpus.office import joined_lines
from extractor.corpus.reading import read_inputs
from extractor.corpus.sources import SourceText
from extractor.errors import InputError

docx = pytest.importorskip("docx", reason="the extra 'office' is not installed")
pypdf = pytest.importorskip("pypdf", reason="the extra 'office' is not installed")


def read(path):
    found = list(read_inputs([path]))
    assert len(found) == 1
    return found[0]


def problem(path):
    error = read(path)
    assert isinstance(error, InputError)
    return f"{error.problem}; {error.remedy}"


def pdf_bytes(*lines, title=""):
    """A PDF of one page with a text layer, written by hand: the standard's own UTF-16 code map for Chinese."""
    shown = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 10 Tf 50 700 Td\n{shown}\nET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Title <FEFF%s> >>" % title.encode("utf-16-be").hex().encode(),
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(written),
    )
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)


class TestWord:
    def test_paragraphs_and_tables_in_their_order(self, tmp_path):
        document = docx.Document()
        document.core_properties.title = "夜校"
        document.add_heading("江岸社区办起夜校", level=1)
        document.add_paragraph("社区下辖12个小区。")
        table = document.add_table(rows=2, cols=3)
        for row, cells in zip(
            table.rows, (("课程", "人数", "人数"), ("书法", "80人", "八十\n人")), strict=True
        ):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        table.rows[0].cells[1].merge(table.rows[0].cells[2]).text = "人数"
        document.add_paragraph("（完）")
        document.save(tmp_path / "a.docx")
        source = read(tmp_path / "a.docx")
        assert source == SourceText(
            doc_id="a",
            path=str(tmp_path / "a.docx"),
            text="江岸社区办起夜校\n社区下辖12个小区。\n课程\t人数\n书法\t80人\t八十 人\n（完）",
            meta={"title": "夜校"},
        )

    def test_an_empty_document(self, tmp_path):
        docx.Document().save(tmp_path / "a.docx")
        assert problem(tmp_path / "a.docx") == "holds no text; it may hold only pictures"

    @pytest.mark.parametrize("data", [b"nothing", b"PK\x03\x04 broken"])
    def test_a_damaged_document(self, tmp_path, data):
        (tmp_path / "a.docx").write_bytes(data)
        assert (
            problem(tmp_path / "a.docx") == "is no Word document, or is damaged; open it and save it as .docx"
        )

    def test_a_workbook_under_the_name_of_a_document(self, tmp_path):
        import openpyxl

        openpyxl.Workbook().save(tmp_path / "a.xlsx")
        (tmp_path / "a.xlsx").rename(tmp_path / "a.docx")
        assert problem(tmp_path / "a.docx").startswith("is no Word document")

    def test_without_the_extra(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "docx", None)
        docx.Document().save(tmp_path / "a.docx")
        assert problem(tmp_path / "a.docx") == (
            'reading Word documents needs python-docx; install it: pip install "extractor[office]"'
        )


class TestPdf:
    def test_the_text_layer_and_the_title(self, tmp_path):
        (tmp_path / "a.pdf").write_bytes(pdf_bytes("江岸社区办起夜校", "社区下辖12个小区。", title="夜校"))
        source = read(tmp_path / "a.pdf")
        assert isinstance(source, SourceText)
        assert source.text.split() == ["江岸社区办起夜校", "社区下辖12个小区。"]
        assert source.meta == {"title": "夜校"}

    def test_a_pdf_whatever_its_name(self, tmp_path):
        (tmp_path / "download").write_bytes(pdf_bytes("社区下辖12个小区。"))
        assert read(tmp_path / "download").text.strip() == "社区下辖12个小区。"

    def test_a_scan_has_no_text(self, tmp_path):
        writer = pypdf.PdfWriter()
        writer.add_blank_page(600, 800)
        writer.write(tmp_path / "a.pdf")
        assert (
            problem(tmp_path / "a.pdf") == "holds no text; it may be a scan: run text recognition (OCR) first"
        )

    def test_a_password(self, tmp_path):
        writer = pypdf.PdfWriter()
        writer.add_blank_page(600, 800)
        writer.encrypt("geheim", algorithm="RC4-128")
        writer.write(tmp_path / "a.pdf")
        assert problem(tmp_path / "a.pdf") == "is protected by a password; save it without one"

    @pytest.mark.parametrize(
        "data", [b"nothing", b"%PDF-1.4\nbroken", b"%PDF-1.4\nxref\n0 1\ntrailer\n<< >>\nstartxref\n9\n%%EOF"]
    )
    def test_a_damaged_pdf(self, tmp_path, data):
        (tmp_path / "a.pdf").write_bytes(data)
        assert problem(tmp_path / "a.pdf") == "is no PDF file, or is damaged; open it and save it again"

    def test_without_the_extra(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "pypdf", None)
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
        assert (
            problem(tmp_path / "a.pdf")
            == 'reading PDF files needs pypdf; install it: pip install "extractor[office]"'
        )


@pytest.mark.parametrize(
    ("page", "joined"),
    [
        (
            "江岸社区办起夜校\n江岸社区下辖十二个小区，有三千二百户居\n民，去年办起夜校，开设书法、摄影、音乐\n等课程。\n报名的人很多。",
            "江岸社区办起夜校\n江岸社区下辖十二个小区，有三千二百户居民，去年办起夜校，开设书法、摄影、音乐等课程。\n报名的人很多。",
        ),
        (
            "社区投入资金约三十五万元，购买了很多台 smart\nphone 以及音响、桌椅等设备供居民们来用上\n完。",
            "社区投入资金约三十五万元，购买了很多台 smart phone 以及音响、桌椅等设备供居民们来用上完。",
        ),
        ("这一行正好写到了边上，句子也就结束了。\n下一行是新的一段，它也同样写到边上了。\n完。", None),
        ("甲\n\n乙", None),
        ("", None),
    ],
)
def test_lines_that_the_margin_broke_are_joined(page, joined):
    assert joined_lines(page) == (page if joined is None else joined)
