//! Prepares the official models, runs the generator and writes the generated crates.

fn main() {}
