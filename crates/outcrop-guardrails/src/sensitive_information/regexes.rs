//! Patterns of the guardrail's owner: compiled within limits, and searched in linear time.

use regex_automata::meta::Regex;
use regex_syntax::hir::Hir;

use super::search::Search;
use crate::error::PolicyError;
use crate::policy::{Action, Direction, Policy, RegexEntity};

/// The most characters of a pattern, as the service documents it.
const PATTERN_CHARACTERS: usize = 500;

/// The most bytes that a compiled pattern takes. The cost of a character of text grows with it.
const COMPILED_BYTES: usize = 1 << 20;

/// How deep groups nest.
const NESTING: u32 = 64;

/// A pattern in one direction.
#[derive(Debug, Clone)]
pub(crate) struct RegexRule {
    pub(crate) name: String,
    pub(crate) pattern: String,
    pub(crate) action: Action,
    pub(crate) search: Search,
}

/// The patterns that are on in `direction`, in the order of the policy.
pub(crate) fn compile(
    policy: &Policy,
    direction: Direction,
) -> Result<Vec<RegexRule>, PolicyError> {
    let mut rules = Vec::new();
    for regex in &policy.regexes {
        // A pattern that is off has to be one all the same.
        let search = search(regex)?;
        if let Some(action) = regex.directions.action(direction, regex.action) {
            rules.push(RegexRule {
                name: regex.name.clone(),
                pattern: regex.pattern.clone(),
                action,
                search,
            });
        }
    }
    Ok(rules)
}

impl RegexRule {
    /// A rule that blocks what `regex`, which was compiled from `hir`, matches.
    pub(crate) fn new(name: &str, pattern: &str, regex: Regex, hir: &Hir) -> Self {
        Self {
            name: name.to_owned(),
            pattern: pattern.to_owned(),
            action: Action::Block,
            search: Search::new(regex, hir),
        }
    }
}

fn search(regex: &RegexEntity) -> Result<Search, PolicyError> {
    let too_large = || PolicyError::TooLarge {
        name: regex.name.clone(),
    };
    if regex.pattern.chars().count() > PATTERN_CHARACTERS {
        return Err(too_large());
    }
    let hir = parse(regex)?;
    let compiled = Regex::builder()
        .configure(
            Regex::config()
                .nfa_size_limit(Some(COMPILED_BYTES))
                .onepass_size_limit(Some(COMPILED_BYTES))
                .hybrid_cache_capacity(2 * COMPILED_BYTES),
        )
        .build_from_hir(&hir)
        .map_err(|_| too_large())?;
    Ok(Search::new(compiled, &hir))
}

fn parse(regex: &RegexEntity) -> Result<Hir, PolicyError> {
    use regex_syntax::ast::ErrorKind;

    let name = || regex.name.clone();
    let mut parser = regex_syntax::ParserBuilder::new()
        .nest_limit(NESTING)
        .build();
    parser.parse(&regex.pattern).map_err(|error| match &error {
        regex_syntax::Error::Parse(parse) => match parse.kind() {
            ErrorKind::UnsupportedLookAround => PolicyError::LookAround { name: name() },
            ErrorKind::UnsupportedBackreference => PolicyError::BackReference { name: name() },
            ErrorKind::NestLimitExceeded(_) => PolicyError::TooLarge { name: name() },
            kind => PolicyError::Syntax {
                name: name(),
                reason: kind.to_string(),
            },
        },
        regex_syntax::Error::Translate(translate) => PolicyError::Syntax {
            name: name(),
            reason: translate.kind().to_string(),
        },
        _ => PolicyError::Syntax {
            name: name(),
            reason: "it cannot be read".to_owned(),
        },
    })
}

#[cfg(test)]
mod tests;
