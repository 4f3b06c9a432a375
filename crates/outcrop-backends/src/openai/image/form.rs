//! `multipart/form-data`, which `/images/edits` takes.

use bytes::Bytes;
use memchr::memmem;

/// The fields of a form, in order.
#[derive(Debug, Default)]
pub(crate) struct Form(Vec<Field>);

#[derive(Debug)]
struct Field {
    name: String,
    /// What a file has, and a text has not: its type and the end of its name.
    kind: Option<(&'static str, &'static str)>,
    value: Vec<u8>,
}

impl Form {
    /// Adds a text.
    pub(super) fn text(&mut self, name: &str, value: String) {
        self.0.push(Field {
            name: name.to_owned(),
            kind: None,
            value: value.into_bytes(),
        });
    }

    /// Adds the file of an image.
    pub(super) fn file(&mut self, name: &str, file: Vec<u8>) {
        self.0.push(Field {
            name: name.to_owned(),
            kind: Some(match file.as_slice() {
                [0xff, 0xd8, ..] => ("image/jpeg", "jpg"),
                [b'R', b'I', b'F', b'F', ..] => ("image/webp", "webp"),
                _ => ("image/png", "png"),
            }),
            value: file,
        });
    }

    /// The content type and the body.
    pub(crate) fn encode(&self) -> (String, Bytes) {
        let boundary = self.boundary();
        let length: usize = self.0.iter().map(|field| field.value.len() + 256).sum();
        let mut body = Vec::with_capacity(length);
        for Field { name, kind, value } in &self.0 {
            let head = match kind {
                Some((kind, end)) => {
                    format!("; filename=\"image.{end}\"\r\ncontent-type: {kind}")
                }
                None => String::new(),
            };
            let head = format!(
                "--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"{head}\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        (kind, body.into())
    }

    /// What no field contains.
    fn boundary(&self) -> String {
        let mut boundary = "outcrop".to_owned();
        let contains =
            |field: &Field, text: &str| memmem::find(&field.value, text.as_bytes()).is_some();
        while self.0.iter().any(|field| contains(field, &boundary)) {
            boundary.push('-');
            boundary.push_str(&self.0.len().to_string());
        }
        boundary
    }

    #[cfg(test)]
    pub(super) fn parts(self) -> Vec<(String, Vec<u8>)> {
        let fields = self.0.into_iter();
        fields.map(|field| (field.name, field.value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_apart_whatever_they_contain() {
        let mut form = Form::default();
        form.text("prompt", "an outcrop".to_owned());
        form.file("image", b"\xff\xd8\r\n--outcrop".to_vec());
        let (kind, body) = form.encode();
        assert_eq!(kind, "multipart/form-data; boundary=outcrop-2");
        let expected = b"--outcrop-2\r\ncontent-disposition: form-data; name=\"prompt\"\r\n\r\nan outcrop\r\n\
            --outcrop-2\r\ncontent-disposition: form-data; name=\"image\"; filename=\"image.jpg\"\r\n\
            content-type: image/jpeg\r\n\r\n\xff\xd8\r\n--outcrop\r\n--outcrop-2--\r\n";
        assert_eq!(body.as_ref(), expected.as_slice());
    }
}
