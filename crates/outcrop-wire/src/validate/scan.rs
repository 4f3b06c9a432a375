//! The cheap pass over every JSON body.
//!
//! It builds nothing and stops at the first doubt: a suspicion is settled by the full walk. Whatever is not JSON is left
//! to the generated code, which reads the body next.

use super::plan::{Node, NodeId, Plan, TextCheck};

/// Deepest nesting of arrays and objects that is let through. The generated deserializers and the JSON libraries in the
/// handlers are recursive; schemas and tool results that people send stay far below.
pub(super) const MAX_DEPTH: usize = 100;

/// What the pass says about a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Clean,
    /// Something that the generated code does not check looks wrong.
    Suspicious,
    TooDeep,
}

enum Halt {
    Suspicious,
    TooDeep,
    /// Not JSON, or of a type that the generated code will refuse.
    Malformed,
}

/// Looks over a body.
pub(super) fn scan(plan: &Plan, body: &[u8]) -> Verdict {
    let mut scanner = Scanner {
        plan,
        body,
        at: 0,
        depth: 0,
    };
    match scanner.value(plan.root) {
        Err(Halt::TooDeep) => Verdict::TooDeep,
        Err(Halt::Suspicious) => Verdict::Suspicious,
        Ok(()) if plan.always_walk => Verdict::Suspicious,
        Ok(()) | Err(Halt::Malformed) => Verdict::Clean,
    }
}

struct Scanner<'a> {
    plan: &'a Plan,
    body: &'a [u8],
    at: usize,
    depth: usize,
}

type Scan<T = ()> = Result<T, Halt>;

impl<'a> Scanner<'a> {
    fn value(&mut self, node: Option<NodeId>) -> Scan {
        let first = self.peek()?;
        match node.and_then(|id| self.plan.node(id)) {
            Some(Node::Members(children)) if first == b'{' => self.object(|scanner, key| {
                let child = children
                    .iter()
                    .find(|(name, _)| key.is(name))
                    .map(|(_, id)| *id);
                scanner.value(child)
            }),
            Some(Node::Map { key: check, value }) if first == b'{' => {
                self.object(|scanner, key| {
                    if check.as_ref().is_some_and(|check| !key.passes(check)) {
                        return Err(Halt::Suspicious);
                    }
                    scanner.value(*value)
                })
            }
            Some(Node::List { element, unique }) if first == b'[' => self.array(*element, *unique),
            Some(Node::Number { least, most }) if first != b'n' => self.number(*least, *most),
            Some(Node::Text(check)) if first == b'"' => {
                let passes = self.string()?.passes(check);
                if passes {
                    Ok(())
                } else {
                    Err(Halt::Suspicious)
                }
            }
            _ => self.skip(),
        }
    }

    /// Visits the members of an object, at whose opening brace the scanner is.
    fn object(&mut self, mut visit: impl FnMut(&mut Self, Text<'a>) -> Scan) -> Scan {
        self.enter()?;
        if self.peek()? == b'}' {
            self.leave();
            return Ok(());
        }
        loop {
            if self.peek()? != b'"' {
                return Err(Halt::Malformed);
            }
            let key = self.string()?;
            if self.next()? != b':' {
                return Err(Halt::Malformed);
            }
            visit(self, key)?;
            match self.next()? {
                b',' => {}
                b'}' => {
                    self.depth -= 1;
                    return Ok(());
                }
                _ => return Err(Halt::Malformed),
            }
        }
    }

    fn array(&mut self, element: Option<NodeId>, unique: bool) -> Scan {
        self.enter()?;
        if self.peek()? == b']' {
            self.leave();
            return Ok(());
        }
        loop {
            self.value(element)?;
            match self.next()? {
                // Two elements could be equal.
                b',' if unique => return Err(Halt::Suspicious),
                b',' => {}
                b']' => {
                    self.depth -= 1;
                    return Ok(());
                }
                _ => return Err(Halt::Malformed),
            }
        }
    }

    fn number(&mut self, least: Option<f64>, most: Option<f64>) -> Scan {
        let start = self.at;
        self.skip()?;
        let text = std::str::from_utf8(&self.body[start..self.at]).map_err(|_| Halt::Malformed)?;
        // Anything else, such as "NaN" or a wrong type, is for the walk to judge.
        let number: f64 = text.trim_end().parse().map_err(|_| Halt::Suspicious)?;
        let inside =
            least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
        if inside {
            Ok(())
        } else {
            Err(Halt::Suspicious)
        }
    }

    /// Passes over one value of any kind, without recursion.
    fn skip(&mut self) -> Scan {
        let outside = self.depth;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    self.enter()?;
                    continue;
                }
                b'}' | b']' if self.depth > outside => {
                    self.at += 1;
                    self.depth -= 1;
                }
                b',' | b':' if self.depth > outside => {
                    self.at += 1;
                    continue;
                }
                b',' | b':' | b'}' | b']' => return Err(Halt::Malformed),
                _ => self.literal(),
            }
            if self.depth == outside {
                return Ok(());
            }
        }
    }

    /// Passes over a number, `true`, `false` or `null`.
    fn literal(&mut self) {
        let rest = &self.body[self.at..];
        let ends = |byte: &u8| {
            matches!(
                byte,
                b',' | b':' | b'}' | b']' | b'{' | b'[' | b'"' | b' ' | b'\n' | b'\r' | b'\t'
            )
        };
        self.at += rest.iter().position(ends).unwrap_or(rest.len()).max(1);
    }

    /// Reads the string at whose opening quote the scanner is.
    fn string(&mut self) -> Scan<Text<'a>> {
        let start = self.at + 1;
        let mut escaped = false;
        let mut at = start;
        loop {
            let rest = self.body.get(at..).ok_or(Halt::Malformed)?;
            let found = memchr::memchr2(b'"', b'\\', rest).ok_or(Halt::Malformed)?;
            at += found;
            if self.body[at] == b'"' {
                self.at = at + 1;
                let raw = &self.body[start..at];
                return Ok(Text { raw, escaped });
            }
            escaped = true;
            at += 2;
        }
    }

    fn enter(&mut self) -> Scan {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            Err(Halt::TooDeep)
        } else {
            Ok(())
        }
    }

    fn leave(&mut self) {
        self.at += 1;
        self.depth -= 1;
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Scan<u8> {
        while let Some(byte) = self.body.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(*byte);
            }
            self.at += 1;
        }
        Err(Halt::Malformed)
    }

    fn next(&mut self) -> Scan<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }
}

/// A string of the body, between its quotes.
#[derive(Clone, Copy)]
struct Text<'a> {
    raw: &'a [u8],
    escaped: bool,
}

impl Text<'_> {
    /// Whether the string is `name`, however it is written.
    fn is(&self, name: &str) -> bool {
        if self.escaped {
            let quoted = [b"\"", self.raw, b"\""].concat();
            return serde_json::from_slice::<String>(&quoted).is_ok_and(|text| text == name);
        }
        self.raw == name.as_bytes()
    }

    /// Whether the string surely passes the check.
    fn passes(&self, check: &TextCheck) -> bool {
        !self.escaped && std::str::from_utf8(self.raw).is_ok_and(|text| check.accepts(text))
    }
}

#[cfg(test)]
mod tests;
