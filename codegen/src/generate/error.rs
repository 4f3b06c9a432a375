//! Why a crate could not be generated.

use std::path::PathBuf;

use thiserror::Error;

use crate::view::ViewError;

/// Everything that ends a generation.
#[derive(Debug, Error)]
pub enum GenerateError {
    /// The server view could not be made.
    #[error(transparent)]
    View(#[from] ViewError),
    /// A file or folder of the generation.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system or parser said.
        source: std::io::Error,
    },
    /// A program is not there or cannot be started.
    #[error("{program} cannot be run: {source}; generating needs a JDK (17 or newer) and rustfmt")]
    Start {
        /// The program.
        program: String,
        /// What the system or parser said.
        source: std::io::Error,
    },
    /// The Smithy CLI ended with an error.
    #[error("the Smithy CLI failed; its whole output is in {}:\n{excerpt}", log.display())]
    Smithy {
        /// The file with all that it wrote.
        log: PathBuf,
        /// The end of that file.
        excerpt: String,
    },
    /// The formatter ended with an error.
    #[error("rustfmt failed:\n{0}")]
    Format(String),
    /// The generator wrote something else than a crate of the form known so far.
    #[error("the generator's {file} is not as expected: {problem}")]
    Output {
        /// The file that it is about.
        file: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
}
