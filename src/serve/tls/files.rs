//! A certificate and key that the user gave.

use std::path::Path;

use tokio_rustls::rustls::pki_types::{
    CertificateDer, PrivateKeyDer,
    pem::{self, PemObject},
};

use super::{super::error::StartError, Identity};

/// Reads a certificate chain and its private key.
pub(super) fn read(certificate: &Path, key: &Path) -> Result<Identity, StartError> {
    let wrong = |what| move |error| problem(certificate, what, &error);
    let chain: Vec<_> = CertificateDer::pem_file_iter(certificate)
        .map_err(wrong("the TLS certificate"))?
        .collect::<Result<_, _>>()
        .map_err(wrong("the TLS certificate"))?;
    if chain.is_empty() {
        return Err(problem(
            certificate,
            "the TLS certificate",
            &pem::Error::NoItemsFound,
        ));
    }
    let key =
        PrivateKeyDer::from_pem_file(key).map_err(|error| problem(key, "the TLS key", &error))?;
    Ok((chain, key))
}

fn problem(path: &Path, what: &'static str, error: &pem::Error) -> StartError {
    let message = match error {
        pem::Error::NoItemsFound => "there is none in the file".to_owned(),
        pem::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    };
    StartError::Pem {
        path: path.into(),
        what,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn files_without_pem_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty.pem");
        std::fs::write(&empty, "").unwrap();
        let absent = folder.path().join("absent.pem");
        let message = read(&empty, &absent).unwrap_err().to_string();
        assert!(message.ends_with(
            "cannot read the TLS certificate: there is none in the file. It has to be a PEM file"
        ));
        let message = read(&absent, &empty).unwrap_err().to_string();
        assert!(
            message.contains("absent.pem: cannot read the TLS certificate: No such file"),
            "{message}"
        );
    }
}
