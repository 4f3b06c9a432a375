//! The models that there are: those that the project ships, and what the user's file says.

use std::{
    io,
    path::{Path, PathBuf},
};

use outcrop_catalogue::{Catalogue, CatalogueError};

/// Why there is no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// The catalogue that comes with the binary: a fault of the build.
    #[error("the model catalogue of this build cannot be read: {0}")]
    Builtin(CatalogueError),
    /// The user's file is not there.
    #[error("{}: cannot read the file that `models` names: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The user's file says something that cannot be.
    #[error("{}: {source}", .path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What.
        source: CatalogueError,
    },
}

/// Reads the catalogue, changed and extended by the file.
pub(crate) fn catalogue(file: Option<&Path>) -> Result<Catalogue, ModelsError> {
    let builtin = Catalogue::builtin().map_err(ModelsError::Builtin)?;
    let Some(path) = file else {
        return Ok(builtin);
    };
    let text = std::fs::read_to_string(path).map_err(|source| ModelsError::Unreadable {
        path: path.into(),
        source,
    })?;
    builtin
        .extended_with(&text)
        .map_err(|source| ModelsError::Wrong {
            path: path.into(),
            source,
        })
}

#[cfg(test)]
mod tests {
    use super::catalogue;

    #[test]
    fn a_file_adds_models() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(
            file.path(),
            "[[model]]\nid = \"acme.chat-v1:0\"\nlike = \"amazon.nova-lite-v1:0\"\n",
        )
        .unwrap();
        let catalogue = catalogue(Some(file.path())).unwrap();
        assert!(catalogue.model("acme.chat-v1:0").is_some());
        assert!(catalogue.model("amazon.nova-lite-v1:0").is_some());
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("models.toml");
        let message = catalogue(Some(&path)).unwrap_err().to_string();
        assert!(
            message.contains("models.toml: cannot read the file that `models` names"),
            "{message}"
        );
        std::fs::write(
            &path,
            "[[model]]\nid = \"acme.chat-v1:0\"\nlike = \"no.such\"\n",
        )
        .unwrap();
        let message = catalogue(Some(&path)).unwrap_err().to_string();
        assert!(
            message.contains("models.toml: ") && message.contains("no.such"),
            "{message}"
        );
    }
}
