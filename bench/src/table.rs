//! The table, in Markdown.

/// Rows of what was measured and what came out.
#[derive(Default)]
pub struct Table(Vec<(String, String)>);

impl Table {
    /// Adds a row.
    pub fn row(&mut self, what: &str, figure: String) {
        self.0.push((what.to_owned(), figure));
    }

    /// Prints it.
    pub fn print(&self) {
        let width = self
            .0
            .iter()
            .map(|(what, _)| what.len())
            .max()
            .unwrap_or_default();
        println!("| {:width$} | figure |", "measured");
        println!("|{:-<1$}|---|", "", width + 2);
        for (what, figure) in &self.0 {
            println!("| {what:width$} | {figure} |");
        }
    }
}
