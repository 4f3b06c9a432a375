//! Rows of tables: a line each, whose cells are apart by tabs.

/// Columns that a cell may span.
const WIDEST: u32 = 64;

/// A row that is being read.
#[derive(Debug, Default)]
pub(super) struct Row {
    cells: Vec<String>,
    /// The cell that began last.
    current: usize,
    /// Whether it was deleted.
    pub(super) is_deleted: bool,
}

impl Row {
    pub(super) fn begin_cell(&mut self) {
        self.current = self.cells.len();
        self.cells.push(String::new());
    }

    /// The cell that began last goes over so many columns. Its text is the first one's.
    pub(super) fn span(&mut self, columns: u32) {
        for _ in 1..columns.min(WIDEST) {
            self.cells.push(String::new());
        }
    }

    /// Adds a paragraph, or a row of a table within, to the cell that began last.
    pub(super) fn paragraph(&mut self, text: &str) {
        let Some(cell) = self.cells.get_mut(self.current) else {
            return;
        };
        for word in text.split(['\t', '\n']) {
            if !cell.is_empty() && !word.is_empty() {
                cell.push(' ');
            }
            cell.push_str(word);
        }
    }

    /// The line, without the empty cells at its end.
    pub(super) fn line(&self) -> String {
        let line = self.cells.join("\t");
        line.trim_end_matches('\t').to_owned()
    }
}
