//! Constraints in the words of the service.

pub(super) fn at_least_long(least: usize) -> String {
    format!("Member must have length greater than or equal to {least}")
}

pub(super) fn at_most_long(most: usize) -> String {
    format!("Member must have length less than or equal to {most}")
}

pub(super) fn of_pattern(pattern: &str) -> String {
    format!("Member must satisfy regular expression pattern: {pattern}")
}
