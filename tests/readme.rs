//! The README's table of operations is made from the code. `UPDATE=1 cargo test --test readme` writes it anew.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test, too")]

const BEGIN: &str =
    "<!-- operations: made from the code; `UPDATE=1 cargo test --test readme` writes it anew -->\n";
const END: &str = "<!-- /operations -->";

fn section() -> String {
    let operations: Vec<_> = outcrop::operations().unwrap().into_iter().collect();
    let served = operations.iter().map(|operations| {
        let names: Vec<_> = operations.served().collect();
        let all = names.len() + operations.not_served().count();
        format!(
            "| {} | {} of {all} | {} |\n",
            operations.service,
            names.len(),
            list(names)
        )
    });
    let not_served = operations.iter().filter_map(|operations| {
        let names = list(operations.not_served());
        (!names.is_empty()).then(|| format!("{}: {names}.\n\n", operations.service))
    });
    format!(
        "| service | served | operations |\n|---|---|---|\n{}\n\
         <details><summary>Not served yet</summary>\n\n{}</details>\n",
        served.collect::<String>(),
        not_served.collect::<String>(),
    )
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
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
        std::fs::write(path, format!("{before}{BEGIN}{}{END}{after}", section())).unwrap();
        return;
    }
    assert!(
        written == section(),
        "the README's table is not current: UPDATE=1 cargo test --test readme"
    );
}
