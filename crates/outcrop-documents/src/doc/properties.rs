//! What is said of characters and of paragraphs (`Sprm` in MS-DOC).

use crate::bytes::Numbers;

/// A character was deleted with changes tracked.
const IS_DELETED: u16 = 0x0800;
/// A character is one of a font of symbols.
const SYMBOL: u16 = 0x6A09;
const IS_IN_TABLE: u16 = 0x2416;
const IS_ROW_END: u16 = 0x2417;
/// More is said in the stream of data.
const MORE: [u16; 2] = [0x6645, 0x6646];
/// These have a length that is said in another way than others'.
const TABLE: u16 = 0xD608;
const TABS: u16 = 0xC615;

/// [`IS_DELETED`] in the short form.
const IS_DELETED_SHORT: u16 = 0x41;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Properties {
    pub(super) is_deleted: bool,
    pub(super) symbol: Option<u16>,
    pub(super) style: u16,
    pub(super) is_in_table: bool,
    pub(super) is_row_end: bool,
}

impl Properties {
    /// Changes them by a list. What the list does not tell to its end is left as it is.
    pub(super) fn change(&mut self, list: &[u8], data: &[u8]) {
        let mut rest = list;
        while let Some(next) = self.change_one(rest, data) {
            rest = next;
        }
    }

    /// A single change in two bytes: which one, and its value.
    pub(super) fn change_short(&mut self, change: u16) {
        if change >> 1 & 0x7F == IS_DELETED_SHORT {
            self.is_deleted = change >> 8 != 0;
        }
    }

    /// The list behind the first change.
    fn change_one<'l>(&mut self, list: &'l [u8], data: &[u8]) -> Option<&'l [u8]> {
        let kind = list.short(0)?;
        let value = list.get(2..)?;
        let length = length(kind, value)?;
        let is_on = value.byte(0).is_some_and(|value| value != 0);
        match kind {
            IS_DELETED => self.is_deleted = is_on,
            SYMBOL => self.symbol = value.short(2),
            IS_IN_TABLE => self.is_in_table = is_on,
            IS_ROW_END => self.is_row_end = is_on,
            kind if MORE.contains(&kind) => {
                // None goes on elsewhere again.
                let more = value.size(0).and_then(|at| {
                    let length = data.short(at)?;
                    data.part(at.checked_add(2)?, length.into())
                });
                self.change(more.unwrap_or_default(), &[]);
            }
            _ => {}
        }
        value.get(length..)
    }
}

/// Bytes of a change's value.
fn length(kind: u16, value: &[u8]) -> Option<usize> {
    Some(match (kind, kind >> 13) {
        (TABLE, _) => usize::from(value.short(0)?) + 1,
        (TABS, _) if value.byte(0)? == 0xFF => return None,
        (_, 0 | 1) => 1,
        (_, 2 | 4 | 5) => 2,
        (_, 3) => 4,
        (_, 7) => 3,
        _ => usize::from(value.byte(0)?) + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &[u8], data: &[u8]) -> Properties {
        let mut own = Properties::default();
        own.change(list, data);
        own
    }

    #[test]
    fn changes_are_found_among_others() {
        let row_end = Properties {
            is_row_end: true,
            ..Properties::default()
        };
        let table = [0x08, 0xD6, 3, 0, 9, 9, 0x17, 0x24, 1];
        assert_eq!(of(&table, &[]), row_end);
        let varied = [0x15, 0xC6, 2, 9, 9, 0x00, 0x70, 9, 9, 9, 9, 0x17, 0x24, 1];
        assert_eq!(of(&varied, &[]), row_end);
        let elsewhere = [0x46, 0x66, 1, 0, 0, 0];
        assert_eq!(of(&elsewhere, &[9, 3, 0, 0x17, 0x24, 1]), row_end);
        assert_eq!(of(&elsewhere, &[]), Properties::default());
        assert_eq!(of(&[0x17], &[]), Properties::default());
        assert_eq!(
            of(&[0x09, 0x6A, 1, 0, 0xFC, 0xF0], &[]).symbol,
            Some(0xF0FC)
        );
        assert!(!of(&[0, 8, 1, 0, 8, 0], &[]).is_deleted);
    }
}
