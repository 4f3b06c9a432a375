"""PDFs: their text arrives, and a hostile one harms nobody."""

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


def ask(runtime, file: bytes) -> dict:
    document = {"name": "report", "format": "pdf", "source": {"bytes": file}}
    return runtime.converse(
        modelId=models.SONNET,
        messages=[{"role": "user", "content": [{"text": "Is it granite?"}, {"document": document}]}],
        additionalModelRequestFields=SAYS,
    )


def test_the_text_of_a_pdf_arrives(runtime, engine):
    answer = ask(runtime, pdf(b"BT /F 12 Tf 72 700 Td (It is) Tj 0 -14 Td (granite.) Tj ET"))
    assert answer["output"]["message"]["content"] == [{"text": "yes"}]
    text = 'Is it granite?\n<document name="report" format="pdf">\nIt is\ngranite.\n</document>'
    alone = engine.post("/chat/completions", {"messages": [{"role": "user", "content": text}], "max_tokens": 1})
    usage = answer["usage"]
    assert usage["totalTokens"] - usage["outputTokens"] == alone["usage"]["prompt_tokens"]


@pytest.mark.parametrize(
    "file, words",
    [
        (b"PK", "is no PDF, or broken"),
        (pdf(b"0 0 10 10 re f"), "has no text"),
        (bomb(), "takes more "),
    ],
    ids=["no PDF", "no text", "a bomb"],
)
def test_a_pdf_that_cannot_be_read(runtime, file, words):
    with refused("ValidationException", 400) as error:
        ask(runtime, file)
    assert f'The document "report" {words}' in error["message"]
    runtime.converse(modelId=models.SONNET, messages=[user("Hello")], additionalModelRequestFields=SAYS)
