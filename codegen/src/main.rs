//! Prepares the official models, runs the generator and writes the generated crates.

mod ast;
mod data;
mod prepare;
mod walk;

use std::path::Path;

fn main() {
    let mut args = std::env::args().skip(1);
    let text = std::fs::read_to_string(args.next().unwrap()).unwrap();
    let data = data::ServiceData::read(Path::new(&args.next().unwrap())).unwrap();
    let prepared = prepare::prepare(ast::Model::parse(&text).unwrap(), &data).unwrap();
    std::fs::write(args.next().unwrap(), prepared.view.to_json()).unwrap();
}
