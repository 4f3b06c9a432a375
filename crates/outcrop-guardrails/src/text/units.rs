//! How much text is.

/// The characters of a text unit, by which the service counts.
const UNIT: usize = 1000;

/// The characters (Unicode scalar values) of `text`.
pub(crate) fn characters(text: &str) -> usize {
    text.chars().count()
}

/// The text units of `characters`. Whoever is asked about a text uses one unit, even where nothing of it is
/// guarded (recorded: 1 unit for 0 of 70 characters).
pub(crate) fn units(characters: usize) -> i32 {
    i32::try_from(characters.div_ceil(UNIT)).unwrap_or(i32::MAX)
}
