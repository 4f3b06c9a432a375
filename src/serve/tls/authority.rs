//! A certificate authority of our own, kept in a folder, so that clients have to trust it only once.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use time::{Duration, OffsetDateTime};
use tokio_rustls::rustls::pki_types::{
    CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject,
};

use super::{super::error::StartError, Identity};

/// File with the authority's certificate and private key, readable by its owner only.
const SECRET: &str = "authority.pem";
/// File with the certificate alone, for clients to trust.
const PUBLIC: &str = "ca.pem";
/// Clocks differ between machines.
const SKEW: Duration = Duration::days(1);
/// Apple's platforms refuse server certificates that are valid for longer than 825 days.
const VALIDITY: Duration = Duration::days(365);
/// How long a client has to trust it only once.
const AUTHORITY_VALIDITY: Duration = Duration::days(3650);

/// An authority that signs server certificates.
pub(super) struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
    public: PathBuf,
}

impl Authority {
    /// Opens the authority that the folder keeps, or makes one there.
    pub(super) fn open(folder: &Path) -> Result<Self, StartError> {
        let secret = folder.join(SECRET);
        let wrong = |path: &Path| {
            let path = path.to_owned();
            move |source| StartError::AuthorityFolder { path, source }
        };
        let pem = match fs::read_to_string(&secret) {
            Ok(pem) => pem,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create(folder, &make()?).map_err(wrong(folder))?;
                // What is read is what counts: another server may have been first.
                fs::read_to_string(&secret).map_err(wrong(&secret))?
            }
            Err(error) => return Err(wrong(&secret)(error)),
        };
        let unusable = |error: &dyn std::fmt::Display| {
            wrong(&secret)(io::Error::other(format!(
                "{error}. Delete the file to have a new one made"
            )))
        };
        let certificate =
            CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|error| unusable(&error))?;
        let key =
            PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|error| unusable(&error))?;
        let key = KeyPair::try_from(&key).map_err(|error| unusable(&error))?;
        let public = folder.join(PUBLIC);
        publish(&public, &pem).map_err(wrong(&public))?;
        Ok(Self {
            certificate,
            issuer: Issuer::new(parameters(), key),
            public,
        })
    }

    /// The file with the certificate that clients have to trust.
    pub(super) fn certificate_path(&self) -> &Path {
        &self.public
    }

    /// Issues a certificate for the names, with a key that exists only in memory.
    pub(super) fn issue(&self, names: Vec<String>) -> Result<Identity, StartError> {
        let key = KeyPair::generate()?;
        let mut parameters = CertificateParams::new(names)?;
        parameters.distinguished_name.remove(DnType::CommonName);
        parameters
            .distinguished_name
            .push(DnType::CommonName, "Outcrop");
        parameters.is_ca = IsCa::ExplicitNoCa;
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.use_authority_key_identifier_extension = true;
        validate_for(&mut parameters, VALIDITY);
        let certificate = parameters.signed_by(&key, &self.issuer)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        Ok((vec![certificate.into(), self.certificate.clone()], key))
    }
}

/// The authority's certificate but for its dates. Kept files were made with it, so its names must stay.
fn parameters() -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.remove(DnType::CommonName);
    parameters
        .distinguished_name
        .push(DnType::CommonName, "Outcrop local authority");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters
}

fn validate_for(parameters: &mut CertificateParams, validity: Duration) {
    let now = OffsetDateTime::now_utc();
    parameters.not_before = now - SKEW;
    parameters.not_after = now + validity;
}

/// A new authority: its certificate and its key, in PEM.
fn make() -> Result<String, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut parameters = parameters();
    validate_for(&mut parameters, AUTHORITY_VALIDITY);
    let certificate = parameters.self_signed(&key)?;
    Ok(certificate.pem() + &key.serialize_pem())
}

/// Keeps a new authority, unless the folder has one by now.
fn create(folder: &Path, pem: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // A temporary file is readable by its owner only, and appears under its name complete or not at all.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut file, pem.as_bytes())?;
    match file.persist_noclobber(folder.join(SECRET)) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

/// Writes the certificate without its key, unless it is there.
fn publish(path: &Path, pem: &str) -> io::Result<()> {
    const END: &str = "-----END CERTIFICATE-----";
    let end = pem.find(END).map_or(0, |at| at + END.len());
    let certificate = format!("{}\n", &pem[..end]);
    if fs::read_to_string(path).is_ok_and(|written| written == certificate) {
        return Ok(());
    }
    fs::write(path, certificate)
}

#[cfg(test)]
mod tests {
    use super::{Authority, PUBLIC, SECRET};

    #[test]
    fn an_authority_is_made_once_and_its_key_stays_secret() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("tls");
        let first = Authority::open(&folder).unwrap();
        let secret = std::fs::read_to_string(folder.join(SECRET)).unwrap();
        let second = Authority::open(&folder).unwrap();
        assert_eq!(first.certificate, second.certificate);
        assert_eq!(
            std::fs::read_to_string(folder.join(SECRET)).unwrap(),
            secret
        );
        let public = std::fs::read_to_string(folder.join(PUBLIC)).unwrap();
        assert!(
            public.starts_with("-----BEGIN CERTIFICATE-----") && !public.contains("PRIVATE"),
            "{public}"
        );
        assert!(secret.contains("PRIVATE KEY"));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_the_key() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Authority::open(folder.path()).unwrap();
        let mode = std::fs::metadata(folder.path().join(SECRET))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_broken_authority_is_an_error_that_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(SECRET), "nonsense").unwrap();
        let message = Authority::open(folder.path()).err().unwrap().to_string();
        assert!(
            message.contains("authority.pem") && message.contains("Delete the file"),
            "{message}"
        );
    }

    #[test]
    fn wildcards_and_addresses_can_be_issued_for() {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::open(folder.path()).unwrap();
        let names = ["localhost", "*.test", "::1", "10.0.0.1"]
            .map(str::to_owned)
            .to_vec();
        let (chain, _) = authority.issue(names).unwrap();
        assert_eq!(chain.len(), 2);
    }
}
