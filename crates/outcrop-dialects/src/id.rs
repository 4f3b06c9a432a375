//! Identifiers that follow from the request, so that the same request has the same answer.

use outcrop_catalogue::Model;
use outcrop_engine::canned::chance;
use uuid::Builder;

/// A hash of a native request.
pub(crate) fn request(model: &Model, body: &[u8]) -> u64 {
    chance::hash64(body, chance::hash64(model.id.as_bytes(), 0))
}

/// The `index`th UUID of an answer.
pub(crate) fn uuid(request: u64, index: u64) -> String {
    let hash = chance::hash128(&index.to_le_bytes(), request);
    Builder::from_random_bytes(hash.to_be_bytes())
        .into_uuid()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_follow_from_the_request() {
        assert_eq!(uuid(7, 1), uuid(7, 1));
        assert_ne!(uuid(7, 1), uuid(7, 2));
        assert_ne!(uuid(7, 1), uuid(8, 1));
        assert_eq!(uuid(7, 1).as_bytes()[14], b'4');
    }
}
