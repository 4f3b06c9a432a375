"""PDFs and files of Office: their text arrives, and a hostile one harms nobody."""

import io
import struct
import zipfile
import zlib

import pytest

from support import models
from support.errors import refused
from support.parts import user

SAYS = {"grammar": 'root ::= "yes"'}
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(content: bytes, entries: bytes = b"") -> bytes:
    """A file with one page that draws the content."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content),
        FONT,
    ]
    out = b"%PDF-1.7\n"
    places = []
    for index, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (index, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + trailer


def bomb() -> bytes:
    """A page of 768 megabytes in some kilobytes."""
    once = zlib.compressobj(9)
    zeros = bytes(1 << 24)
    inner = b"".join(once.compress(zeros) for _ in range(48)) + once.flush()
    return pdf(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode]")


def relation(kind: str, target: str) -> str:
    return f'<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="{target}"/></Relationships>'


def package(main: str, **parts: str) -> bytes:
    """A file of Office: its main part, and the one that it refers to."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", relation("officeDocument", "main.xml"))
        package.writestr("main.xml", main)
        for name, part in parts.items():
            package.writestr("_rels/main.xml.rels", relation(name, f"{name}.xml"))
            package.writestr(f"{name}.xml", part)
    return file.getvalue()


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return package(main=f'<w:document xmlns:w="http://w"><w:body>{body}</w:body></w:document>')


def xlsx(rows: str) -> bytes:
    return package(
        main='<workbook xmlns:r="http://r"><sheets><sheet name="Stones" r:id="r1"/></sheets></workbook>',
        worksheet=f'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>',
    )


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


NONE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(**streams: bytes) -> bytes:
    """A compound file of up to two streams, the one with the shorter name first. Each is filled up to a length that
    has no sectors of its own kind."""
    sectors, table, entries = b"", [], [("Root Entry", 5, NONE, 1, END, 0)]
    for index, (name, stream) in enumerate(streams.items(), 1):
        stream = stream.ljust(max(4096, len(stream) + -len(stream) % 512), b"\0")
        begin, count = len(table), len(stream) // 512
        table += [*range(begin + 1, begin + count), END]
        right = index + 1 if index < len(streams) else NONE
        entries.append((name, 2, right, NONE, begin, len(stream)))
        sectors += stream
    own = len(table)
    table = [*table, TABLE, END]
    directory = b"".join(
        struct.pack("<64sHBBIII36xIQ", name.encode("utf-16-le"), 2 * len(name) + 2, kind, 1, NONE, right, child, *place)
        for name, kind, right, child, *place in entries
    )
    head = struct.pack("<8s16xHHHHH6xII4x", bytes.fromhex("d0cf11e0a1b11ae1"), 62, 3, 0xFFFE, 9, 6, 0, 1)[:48]
    head += struct.pack("<IIIIIII", own + 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", own, *[NONE] * 108)
    fat = struct.pack("<128I", *table, *[NONE] * (128 - len(table)))
    return head + sectors + fat + directory.ljust(512, b"\0")


def records(*own: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in own)


def xls(*cells: tuple[int, int, bytes]) -> bytes:
    """A workbook of one sheet."""
    begin, end = (0x809, struct.pack("<HH", 0x600, 5)), (0xA, b"")
    head = records(begin, (0x85, struct.pack("<IHBB", 0, 0, 6, 0) + b"Stones"), end)
    sheet = (0x85, struct.pack("<IHBB", len(head), 0, 6, 0) + b"Stones")
    rows = [(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text) for row, column, text in cells]
    return compound(Workbook=records(begin, sheet, end) + records(begin, *rows, end))


def doc(text: bytes, flags: int = 0) -> bytes:
    """A document of one piece."""
    pieces = struct.pack("<BIIIHIH", 2, 16, 0, len(text), 0, 1024 * 2 | 1 << 30, 0)
    main = bytearray(1024)
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, 0xC1, flags)
    struct.pack_into("<I", main, 0x4C, len(text))
    struct.pack_into("<II", main, 0x1A2, 0, len(pieces))
    return compound(**{"0Table": pieces, "WordDocument": bytes(main) + text})


def ask(runtime, file: bytes, format: str = "pdf") -> dict:
    document = {"name": "report", "format": format, "source": {"bytes": file}}
    return runtime.converse(
        modelId=models.SONNET,
        messages=[{"role": "user", "content": [{"text": "Is it granite?"}, {"document": document}]}],
        additionalModelRequestFields=SAYS,
    )


FILES = {
    "pdf": pdf(b"BT /F 12 Tf 72 700 Td (It is) Tj 0 -14 Td (granite.) Tj ET"),
    "docx": docx("It is", "granite."),
    "xlsx": xlsx(f"<row>{cell('A1', 'It')}{cell('B1', 'is')}</row><row>{cell('B2', 'granite.')}</row>"),
    "doc": doc(b"It is\rgranite.\r"),
    "xls": xls((0, 0, b"It"), (0, 1, b"is"), (1, 1, b"granite.")),
}
SHEET = "# Stones\nIt\tis\n\tgranite."
TEXTS = {"xls": SHEET, "xlsx": SHEET}


@pytest.mark.parametrize("format", FILES)
def test_the_text_of_a_file_arrives(runtime, engine, format):
    answer = ask(runtime, FILES[format], format)
    assert answer["output"]["message"]["content"] == [{"text": "yes"}]
    text = TEXTS.get(format, "It is\ngranite.")
    text = f'Is it granite?\n<document name="report" format="{format}">\n{text}\n</document>'
    alone = engine.post("/chat/completions", {"messages": [{"role": "user", "content": text}], "max_tokens": 1})
    usage = answer["usage"]
    assert usage["totalTokens"] - usage["outputTokens"] == alone["usage"]["prompt_tokens"]


COMMENT = f"<!--{'a' * (1 << 20)}-->"
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><document><p><t>&b;</t></p></document>'


REFUSED = {
    "no PDF": ("pdf", b"PK\3\4", "is no PDF, or broken"),
    "a PDF without text": ("pdf", pdf(b"0 0 10 10 re f"), "has no text"),
    "a PDF that is a bomb": ("pdf", bomb(), "takes more "),
    "no DOCX": ("docx", b"PK\3\4", "is no DOCX, or broken"),
    "a table as XLS": ("xls", b"<table>", "is no XLS but text; send it with the format txt, md, csv or html"),
    "RTF as DOC": ("doc", b"{\\rtf1 Granite}", "is no DOC but RTF, which is not read; save it as DOCX"),
    "a PDF as DOCX": ("docx", FILES["pdf"], "is no DOCX but PDF; send it with that format"),
    "a DOCX without text": ("docx", docx(" "), "has no text"),
    "a long DOCX": ("docx", docx("granite " * (1 << 21)), "has more text than the 8 MiB that are read"),
    "a DOCX that is a bomb": ("docx", docx(COMMENT * 160), "unpacks to more than the 128 MiB that are read"),
    "an XLSX as DOCX": ("docx", FILES["xlsx"], "is no DOCX, or broken"),
    "an XLSX without text": ("xlsx", xlsx(cell("XFD1048576", " ")), "has no text"),
    "an XLSX that is wide": (
        "xlsx",
        xlsx("".join(cell(f"XFD{row}", "far") for row in range(1, 600))),
        "has more text than the 8 MiB that are read",
    ),
    "an encrypted DOC": ("doc", doc(b"Secret", 0x100), "is encrypted; save it without a password"),
    "an encrypted XLSX": ("xlsx", compound(EncryptedPackage=b""), "is encrypted; save it without a password"),
    "an XLS as DOC": ("doc", FILES["xls"], "is no DOC but XLS; send it with that format"),
    "an XLS of Excel 95": ("xls", compound(Book=b""), "is of an old version of XLS that is not read; save it as XLSX"),
    "a billion laughs": ("docx", package(main=LAUGHS), "is no DOCX, or broken"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read(runtime, case):
    format, file, words = REFUSED[case]
    with refused("ValidationException", 400) as error:
        ask(runtime, file, format)
    assert f'The document "report" {words}' in error["message"]
    runtime.converse(modelId=models.SONNET, messages=[user("Hello")], additionalModelRequestFields=SAYS)
