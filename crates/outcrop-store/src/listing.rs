//! The statements of listings and searches: they start where the page before ended, in an index that has the order.

use crate::{After, ListQuery, Scope, SearchQuery, SortOrder, fold::folded, statements::columns};

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
    /// Excludes the record and what is on its other side in the order.
    Record(After),
    /// Excludes only what is on its other side.
    Through(After),
    /// A creation time.
    Time(i64),
}

impl Listing {
    /// The records that are asked for.
    pub(crate) fn page(query: &ListQuery) -> Self {
        let mut listing = Self::columns(columns!());
        listing.conditions(query, None);
        listing.ordered(query.order, query.limit);
        listing
    }

    /// Creation time and id of the last record that a search looks at. None comes where it looks at all.
    pub(crate) fn last_looked_at(search: &SearchQuery) -> Self {
        let mut listing = Self::columns("created_at, id");
        listing.conditions(&search.among, None);
        listing.ordered(search.among.order, 1);
        listing.sql.push_str(" offset ");
        listing.count(search.look_at.saturating_sub(1));
        listing
    }

    /// The records that are searched for, as far as `last`. `position` is the database's function that finds the second
    /// string in the first: 0 if it is not there.
    pub(crate) fn search(search: &SearchQuery, last: Option<After>, position: &str) -> Self {
        let mut listing = Self::columns(columns!());
        listing.conditions(&search.among, last);
        listing.sql.push_str(" and ");
        listing.sql.push_str(position);
        listing.sql.push_str("(folded_name, ");
        listing.value(Value::Text(folded(&search.name_contains)));
        listing.sql.push_str(") > 0");
        listing.ordered(search.among.order, search.among.limit);
        listing
    }

    fn columns(columns: &str) -> Self {
        Self {
            sql: format!("select {columns} from record where "),
            values: Vec::new(),
        }
    }

    fn conditions(&mut self, query: &ListQuery, last: Option<After>) {
        self.sql.push_str("kind = ");
        self.value(Value::Text(query.kind.to_owned()));
        // What makes the index of the listing fit, and no other.
        self.sql.push_str(match (&query.scope, &query.parent) {
            (Some(_), Some(_)) => "",
            (Some(_), None) => " and length(region) >= 0",
            (None, _) => " and length(account) >= 0",
        });
        if let Some(Scope { account, region }) = &query.scope {
            self.condition("account = ", Value::Text(account.as_ref().to_owned()));
            self.condition("region = ", Value::Text(region.as_ref().to_owned()));
        }
        if let Some(parent) = &query.parent {
            self.condition("parent = ", Value::Text(parent.clone()));
        }
        let (from, before) = bounds(query, last.map(Bound::Through));
        self.bound(from, [">=", ">", ">="]);
        self.bound(before, ["<", "<", "<="]);
    }

    /// The signs are those for a time, for what excludes a record, and for what includes it.
    fn bound(&mut self, bound: Option<Bound>, [times, excluded, included]: [&str; 3]) {
        match bound {
            None => {}
            Some(Bound::Time(at)) => {
                self.condition(&format!("created_at {times} "), Value::Integer(at));
            }
            Some(Bound::Record(record)) => self.record(record, excluded),
            Some(Bound::Through(record)) => self.record(record, included),
        }
    }

    fn record(&mut self, After { created_at, id }: After, sign: &str) {
        self.condition(
            &format!("(created_at, id) {sign} ("),
            Value::Integer(created_at),
        );
        self.sql.push_str(", ");
        self.value(Value::Text(id));
        self.sql.push(')');
    }

    fn ordered(&mut self, order: SortOrder, limit: usize) {
        self.sql.push_str(match order {
            SortOrder::Ascending => " order by created_at, id limit ",
            SortOrder::Descending => " order by created_at desc, id desc limit ",
        });
        self.count(limit);
    }

    fn count(&mut self, count: usize) {
        self.value(Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)));
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
/// database may walk the index from the looser one. The last record to look at is within the times.
fn bounds(query: &ListQuery, last: Option<Bound>) -> (Option<Bound>, Option<Bound>) {
    let (from, before) = (query.created_from, query.created_before);
    let tighter =
        |time: Option<i64>, time_is_tighter: fn(i64, i64) -> bool| match (&query.after, time) {
            (Some(after), Some(time)) if time_is_tighter(time, after.created_at) => {
                Some(Bound::Time(time))
            }
            (Some(after), _) => Some(Bound::Record(after.clone())),
            (None, time) => time.map(Bound::Time),
        };
    match query.order {
        SortOrder::Ascending => (
            tighter(from, |from, after| from > after),
            last.or(before.map(Bound::Time)),
        ),
        SortOrder::Descending => (
            last.or(from.map(Bound::Time)),
            tighter(before, |before, after| before <= after),
        ),
    }
}

#[cfg(test)]
pub(crate) mod forms;
#[cfg(test)]
mod tests;
