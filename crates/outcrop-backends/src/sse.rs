//! Server-sent events out of bytes, however these are cut.

/// Bytes that one event may have.
const LONGEST: usize = 32 << 20;

/// One event with data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SseEvent<'a> {
    /// What follows `event:`, empty without.
    pub(crate) name: &'a [u8],
    /// The lines of `data:`, joined. Not checked to be UTF-8.
    pub(crate) data: &'a [u8],
}

/// An event is longer than anything that a model server has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Reads lines that end in LF, CRLF or CR, as the HTML standard has it.
#[derive(Debug, Default)]
pub(crate) struct SseParser {
    /// The start of a line whose end has not come yet.
    line: Vec<u8>,
    /// Of the event that has not ended yet.
    name: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    /// A line ended in CR, so an LF right after it belongs to that end.
    after_cr: bool,
    begun: bool,
}

impl SseParser {
    /// Takes the next bytes, and gives the events that they complete to `out`.
    pub(crate) fn feed(
        &mut self,
        mut bytes: &[u8],
        mut out: impl FnMut(SseEvent<'_>),
    ) -> Result<(), TooLong> {
        while let Some(&first) = bytes.first() {
            if std::mem::take(&mut self.after_cr) && first == b'\n' {
                bytes = &bytes[1..];
                continue;
            }
            let Some(end) = memchr::memchr2(b'\n', b'\r', bytes) else {
                self.line.extend_from_slice(bytes);
                return self.check();
            };
            let (piece, rest) = bytes.split_at(end);
            self.after_cr = rest[0] == b'\r';
            bytes = &rest[1..];
            if self.line.is_empty() {
                self.end_line(piece, &mut out);
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(piece);
                self.end_line(&line, &mut out);
            }
            self.check()?;
        }
        Ok(())
    }

    /// The event that the end of the bytes leaves unfinished. Servers forget the last empty line.
    pub(crate) fn finish(&mut self, mut out: impl FnMut(SseEvent<'_>)) {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.end_line(&line, &mut out);
        }
        self.end_line(&[], &mut out);
    }

    fn check(&self) -> Result<(), TooLong> {
        if self.line.len() + self.data.len() > LONGEST {
            return Err(TooLong);
        }
        Ok(())
    }

    fn end_line(&mut self, line: &[u8], out: &mut impl FnMut(SseEvent<'_>)) {
        let line = if std::mem::replace(&mut self.begun, true) {
            line
        } else {
            line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
        };
        if line.is_empty() {
            if std::mem::take(&mut self.has_data) {
                let (name, data) = (&self.name, &self.data);
                out(SseEvent { name, data });
            }
            self.name.clear();
            self.data.clear();
            return;
        }
        let colon = memchr::memchr(b':', line).unwrap_or(line.len());
        let (field, value) = line.split_at(colon);
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push(b'\n');
                }
                self.data.extend_from_slice(value);
            }
            b"event" => value.clone_into(&mut self.name),
            // Comments, ids and retry times say nothing of an answer.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<(String, String)> {
        let (mut parser, mut events) = (SseParser::default(), Vec::new());
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let mut out = |event: SseEvent<'_>| events.push((text(event.name), text(event.data)));
        for piece in pieces {
            parser.feed(piece, &mut out).unwrap();
        }
        parser.finish(&mut out);
        events
    }

    const STREAM: &str = "\u{feff}: hello\r\n\r\ndata: {\"a\":\"é🎂\"}\r\n\r\nevent: error\ndata:x\ndata: y\nid: 7\n\n\
        retry: 5\r\r\ndata\r\rdata: [DONE]";

    fn expected() -> Vec<(String, String)> {
        [
            ("", "{\"a\":\"é🎂\"}"),
            ("error", "x\ny"),
            ("", ""),
            ("", "[DONE]"),
        ]
        .map(|(name, data)| (name.to_owned(), data.to_owned()))
        .to_vec()
    }

    #[test]
    fn lines_end_in_three_ways_and_comments_say_nothing() {
        assert_eq!(parse([STREAM.as_bytes()]), expected());
    }

    #[test]
    fn single_bytes_make_the_same_events() {
        assert_eq!(parse(STREAM.as_bytes().chunks(1)), expected());
    }

    #[test]
    fn an_endless_line_is_refused() {
        let mut parser = SseParser::default();
        let piece = vec![b'x'; 1 << 20];
        let refused = (0..40).any(|_| parser.feed(&piece, |_| ()) == Err(TooLong));
        assert!(refused);
    }

    proptest! {
        #[test]
        fn where_bytes_are_cut_changes_nothing(cuts in prop::collection::vec(0..STREAM.len(), 0..8)) {
            let mut cuts = cuts;
            cuts.extend([0, STREAM.len()]);
            cuts.sort_unstable();
            let pieces = cuts.windows(2).map(|cut| &STREAM.as_bytes()[cut[0]..cut[1]]);
            prop_assert_eq!(parse(pieces), expected());
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut parser = SseParser::default();
            parser.feed(&bytes, |_| ()).unwrap();
            parser.finish(|_| ());
        }
    }
}
