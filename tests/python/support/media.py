"""Small files of the kinds that models read, made here."""

import struct
import zlib


def png(width: int = 8, height: int = 8) -> bytes:
    """A grey image."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pdf(pages: int = 1) -> bytes:
    """A document of empty pages."""
    kids = " ".join(f"{3 + page} 0 R" for page in range(pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"] * pages
    body = b"%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return body + f"{tail}startxref\n{len(body)}\n%%EOF\n".encode()


def mp4(seconds: int = 10) -> bytes:
    """The headers of a video of this length."""
    movie = struct.pack(">12xII80x", 1000, seconds * 1000)
    return _box(b"ftyp", b"isom\0\0\2\0isom") + _box(b"moov", _box(b"mvhd", movie))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def image_block(data: bytes | None = None, kind: str = "png") -> dict:
    """An image as Converse has it."""
    return {"image": {"format": kind, "source": {"bytes": png() if data is None else data}}}


def document_block(name: str, kind: str, data: bytes) -> dict:
    """A document as Converse has it."""
    return {"document": {"name": name, "format": kind, "source": {"bytes": data}}}
