//! Documents: their tokens, exact for text, estimated for the rest.

use super::{MediaError, by_size, detect};
use crate::canned::tokenizer;

/// A page counts for its text and for its picture; providers name 1,500 to 3,000.
const TOKENS_PER_PAGE: u64 = 1500;
/// Bytes of a packed office file that stand for one token of its text.
const OFFICE_BYTES_PER_TOKEN: usize = 8;

/// What a document of `format` counts for (`pdf`, `csv`, `doc`, `docx`, `xls`, `xlsx`, `html`, `txt`, `md`).
///
/// Text is counted as it is, without the tags of HTML; a PDF by its pages; office files by their size.
pub fn document_tokens(format: &str, bytes: &[u8]) -> Result<u64, MediaError> {
    match format {
        "pdf" => pdf_tokens(bytes),
        "doc" | "docx" | "xls" | "xlsx" => Ok(by_size(bytes.len(), OFFICE_BYTES_PER_TOKEN)),
        "html" => Ok(tokenizer::count(&without_tags(&String::from_utf8_lossy(
            bytes,
        )))),
        _ => Ok(tokenizer::count(&String::from_utf8_lossy(bytes))),
    }
}

fn pdf_tokens(bytes: &[u8]) -> Result<u64, MediaError> {
    // Readers accept some bytes before the header.
    if !bytes[..bytes.len().min(1024)]
        .windows(5)
        .any(|window| window == b"%PDF-")
    {
        let expected = "application/pdf".to_owned();
        return Err(MediaError::Mismatch {
            detected: detect(bytes),
            expected,
        });
    }
    let pages = count_pages(bytes);
    // Newer files keep their pages in packed streams, where they cannot be counted.
    Ok(if pages == 0 {
        TOKENS_PER_PAGE.max(by_size(bytes.len(), 40))
    } else {
        pages * TOKENS_PER_PAGE
    })
}

/// Counts objects of `/Type /Page`, which `/Pages` and `/PageLabels` are not.
fn count_pages(bytes: &[u8]) -> u64 {
    let mut pages = 0;
    let mut rest = bytes;
    while let Some(place) = rest.windows(5).position(|window| window == b"/Type") {
        rest = rest[place + 5..].trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b"/Page") {
            pages += u64::from(!after.first().is_some_and(u8::is_ascii_alphabetic));
        }
    }
    pages
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_counted_exactly() {
        assert_eq!(document_tokens("txt", b"hello world"), Ok(2));
        assert_eq!(document_tokens("md", b"hello world"), Ok(2));
        assert_eq!(
            document_tokens("html", b"<p class=\"x\">hello<b> world</b></p><"),
            Ok(2)
        );
        assert!(document_tokens("csv", &[0xff; 100]).is_ok());
    }

    #[test]
    fn pdfs_count_by_page() {
        let pdf = b"%PDF-1.4\n1 0 obj<</Type/Pages/Count 2>>endobj 2 0 obj<</Type /Page>>endobj \
            3 0 obj<</Type\n/Page/Parent 1 0 R>>endobj";
        assert_eq!(document_tokens("pdf", pdf), Ok(3000));
        assert_eq!(document_tokens("pdf", b"%PDF-1.7\n"), Ok(1500));
        assert_eq!(
            document_tokens("pdf", b"hello"),
            Err(MediaError::Mismatch {
                detected: "text/plain",
                expected: "application/pdf".to_owned()
            })
        );
    }

    #[test]
    fn office_files_count_by_size() {
        assert_eq!(document_tokens("docx", &[0; 8000]), Ok(1000));
        assert_eq!(document_tokens("xls", b""), Ok(1));
    }
}
