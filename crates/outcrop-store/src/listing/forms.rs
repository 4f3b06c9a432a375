//! Every form that a listing has, for the tests of both databases.

use crate::{After, ListQuery, Scope, SortOrder};

/// The form of six bits: whether it is of a scope, of a parent, from a time, to a time, ascending, a next page.
pub(crate) fn listing_form(form: u32) -> ListQuery {
    let has = |bit: u32| form & (1 << bit) != 0;
    ListQuery {
        scope: has(0).then(|| Scope {
            account: "111122223333".into(),
            region: "us-east-1".into(),
        }),
        parent: has(1).then(|| "parent".to_owned()),
        created_from: has(2).then_some(1),
        created_before: has(3).then_some(9),
        order: if has(4) {
            SortOrder::Ascending
        } else {
            SortOrder::Descending
        },
        after: has(5).then(|| After {
            created_at: 5,
            id: "x".to_owned(),
        }),
        ..ListQuery::oldest("guardrail", 10)
    }
}
