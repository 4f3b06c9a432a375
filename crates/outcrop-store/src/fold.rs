//! Names without the case of their letters.

/// What two names that differ only by case have in common. Both databases keep it in a column, because their own
/// functions know other alphabets or none.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}
