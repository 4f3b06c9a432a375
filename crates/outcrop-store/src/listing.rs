//! The statement of a listing: it starts where the page before ended, in an index that has the listing's order.

use crate::{After, ListQuery, Scope, SortOrder, fold::folded, statements::columns};

/// What a parameter is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
}

/// A statement and its parameters, in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

/// One end of a range of the order.
enum Bound {
    /// Excludes the record and what is before it in the order.
    Record(After),
    /// A creation time.
    Time(i64),
}

impl Listing {
    /// `position` is the database's function that finds the second string in the first: 0 if it is not there.
    pub(crate) fn new(query: ListQuery, position: &str) -> Self {
        let (from, before) = bounds(
            query.after.as_ref(),
            query.created_from,
            query.created_before,
            query.order,
        );
        let mut listing = Self {
            sql: concat!("select ", columns!(), " from record where kind = ").to_owned(),
            values: Vec::new(),
        };
        listing.value(Value::Text(query.kind.to_owned()));
        listing.scope(query.scope);
        if let Some(parent) = query.parent {
            listing.condition("parent = ", Value::Text(parent));
        }
        listing.bound(from, ">=", ">");
        listing.bound(before, "<", "<");
        if let Some(part) = query.name_contains {
            listing.sql.push_str(" and ");
            listing.sql.push_str(position);
            listing.sql.push_str("(folded_name, ");
            listing.value(Value::Text(folded(&part)));
            listing.sql.push_str(") > 0");
        }
        listing.sql.push_str(match query.order {
            SortOrder::Ascending => " order by created_at, id limit ",
            SortOrder::Descending => " order by created_at desc, id desc limit ",
        });
        listing.value(Value::Integer(
            i64::try_from(query.limit).unwrap_or(i64::MAX),
        ));
        listing
    }

    fn scope(&mut self, scope: Option<Scope>) {
        if let Some(Scope { account, region }) = scope {
            self.condition("account = ", Value::Text(account.as_ref().to_owned()));
            self.condition("region = ", Value::Text(region.as_ref().to_owned()));
        }
    }

    fn bound(&mut self, bound: Option<Bound>, times: &str, records: &str) {
        match bound {
            None => {}
            Some(Bound::Time(at)) => {
                self.condition(&format!("created_at {times} "), Value::Integer(at));
            }
            Some(Bound::Record(After { created_at, id })) => {
                self.condition(
                    &format!("(created_at, id) {records} ("),
                    Value::Integer(created_at),
                );
                self.sql.push_str(", ");
                self.value(Value::Text(id));
                self.sql.push(')');
            }
        }
    }

    fn condition(&mut self, start: &str, value: Value) {
        self.sql.push_str(" and ");
        self.sql.push_str(start);
        self.value(value);
    }

    fn value(&mut self, value: Value) {
        self.values.push(value);
        self.sql.push('$');
        self.sql.push_str(&self.values.len().to_string());
    }
}

/// The two ends. Where a time and the page before both bound the same end, only the tighter is used: given both, a
/// database may walk the index from the looser one.
fn bounds(
    after: Option<&After>,
    from: Option<i64>,
    before: Option<i64>,
    order: SortOrder,
) -> (Option<Bound>, Option<Bound>) {
    let tighter = |time: Option<i64>, time_is_tighter: fn(i64, i64) -> bool| match (after, time) {
        (Some(after), Some(time)) if time_is_tighter(time, after.created_at) => {
            Some(Bound::Time(time))
        }
        (Some(after), _) => Some(Bound::Record(after.clone())),
        (None, time) => time.map(Bound::Time),
    };
    match order {
        SortOrder::Ascending => (
            tighter(from, |from, after| from > after),
            before.map(Bound::Time),
        ),
        SortOrder::Descending => (
            from.map(Bound::Time),
            tighter(before, |before, after| before <= after),
        ),
    }
}

#[cfg(test)]
mod tests;
