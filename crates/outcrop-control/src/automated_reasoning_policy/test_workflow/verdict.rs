//! Decides what holds of claims under premises and the rules of a policy.

use crate::automated_reasoning_policy::logic::{Answer, Expression, Fact, Model, Theory, satisfy};

/// Rules that are taken away one by one to see which are needed.
const MINIMIZED: usize = 40;

/// What holds of claims.
pub(super) enum Verdict {
    /// They cannot be false: with these values they are true, and these rules say so.
    Valid(Model, Vec<String>),
    /// They cannot be true: these rules say so.
    Invalid(Vec<String>),
    /// They can be true, and can be false.
    Satisfiable(Model, Model),
    /// The premises contradict each other or these rules.
    Impossible(Vec<String>),
    /// There are too many values to try.
    TooComplex,
}

/// Decides by two searches: for values with which the claims are true, and for values with which they are not.
pub(super) fn verdict(theory: &Theory, premises: &[Expression], claims: &[Expression]) -> Verdict {
    let all = [premises, claims].concat();
    let facts = theory.related(&all);
    let claim = Expression::all(claims.to_vec());
    let opposite = claim.clone().negated();
    let found = |facts: &[&Fact], last: Option<&Expression>| {
        let mut expressions: Vec<Expression> =
            facts.iter().map(|fact| fact.expression.clone()).collect();
        expressions.extend(premises.iter().cloned());
        expressions.extend(last.cloned());
        satisfy(theory, &expressions)
    };
    // The rules without which it would not be impossible.
    let needed = |last: Option<&Expression>| {
        let mut needed = facts.clone();
        for fact in facts.iter().take(MINIMIZED) {
            let without: Vec<&Fact> = needed
                .iter()
                .copied()
                .filter(|other| other.id != fact.id)
                .collect();
            if found(&without, last) == Answer::Unsatisfiable {
                needed = without;
            }
        }
        needed
            .into_iter()
            .map(|fact| fact.id.clone())
            .collect::<Vec<_>>()
    };
    match (found(&facts, Some(&claim)), found(&facts, Some(&opposite))) {
        (Answer::TooComplex, _) | (_, Answer::TooComplex) => Verdict::TooComplex,
        (Answer::Satisfied(on), Answer::Satisfied(off)) => Verdict::Satisfiable(on, off),
        (Answer::Satisfied(on), Answer::Unsatisfiable) => {
            Verdict::Valid(on, needed(Some(&opposite)))
        }
        (Answer::Unsatisfiable, Answer::Satisfied(_)) => Verdict::Invalid(needed(Some(&claim))),
        (Answer::Unsatisfiable, Answer::Unsatisfiable) => Verdict::Impossible(needed(None)),
    }
}
