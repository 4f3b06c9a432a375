//! The README's table of operations is made from the code. `UPDATE=1 cargo test --test readme` writes it anew.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test, too")]

const BEGIN: &str =
    "<!-- operations: made from the code; `UPDATE=1 cargo test --test readme` writes it anew -->\n";
const END: &str = "<!-- /operations -->";

fn table() -> String {
    let row = |operations: outcrop::Operations| {
        let served = list(operations.served());
        let not_served = list(operations.not_served());
        format!("| {} | {served} | {not_served} |\n", operations.service)
    };
    let rows: String = outcrop::operations().unwrap().map(row).concat();
    format!("| service | served | not yet |\n|---|---|---|\n{rows}")
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    format!("{}: {}", names.len(), names.join(", "))
}

#[test]
fn the_table_of_operations_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme
        .split_once(BEGIN)
        .expect("the beginning of the table");
    let (written, after) = rest.split_once(END).expect("the end of the table");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{}{END}{after}", table())).unwrap();
        return;
    }
    assert!(
        written == table(),
        "the README's table is not current: UPDATE=1 cargo test --test readme"
    );
}
