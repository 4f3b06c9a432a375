use super::*;

fn query(order: SortOrder) -> ListQuery {
    ListQuery {
        order,
        ..ListQuery::oldest("guardrail", 10)
    }
}

fn conditions(query: &ListQuery) -> String {
    let sql = Listing::page(query).sql;
    let (_, conditions) = sql.split_once(" where ").unwrap();
    conditions.split_once(" order by ").unwrap().0.to_owned()
}

#[expect(clippy::unnecessary_wraps, reason = "queries take it so")]
fn after(created_at: i64) -> Option<After> {
    Some(After {
        created_at,
        id: "x".to_owned(),
    })
}

fn search(order: SortOrder) -> SearchQuery {
    SearchQuery {
        among: ListQuery {
            scope: Some(Scope {
                account: "1".into(),
                region: "r".into(),
            }),
            parent: Some("p".to_owned()),
            created_from: Some(1),
            after: after(9),
            ..query(order)
        },
        name_contains: "ÄB".to_owned(),
        look_at: 500,
    }
}

#[test]
fn parameters_appear_in_order() {
    let listing = Listing::search(&search(SortOrder::Descending), None, "strpos");
    assert!(
        listing.sql.ends_with(
            "where kind = $1 and account = $2 and region = $3 and parent = $4 and created_at >= $5 \
             and (created_at, id) < ($6, $7) and strpos(folded_name, $8) > 0 order by created_at desc, id desc limit $9"
        ),
        "{}",
        listing.sql
    );
    assert_eq!(listing.values.get(7), Some(&Value::Text("äb".to_owned())));
    assert_eq!(listing.values.len(), 9);
}

#[test]
fn a_search_ends_with_the_last_that_it_looks_at() {
    let last = Listing::last_looked_at(&search(SortOrder::Ascending));
    assert!(
        last.sql.ends_with(
            "and (created_at, id) > ($5, $6) order by created_at, id limit $7 offset $8"
        ),
        "{}",
        last.sql
    );
    assert_eq!(
        last.values.get(6..),
        Some(&[Value::Integer(1), Value::Integer(499)][..])
    );
    let ends = |order, ends: &str| {
        let sql = Listing::search(&search(order), after(20), "instr").sql;
        assert!(sql.contains(ends), "{sql}");
    };
    ends(
        SortOrder::Ascending,
        "and (created_at, id) > ($5, $6) and (created_at, id) <= ($7, $8) and instr",
    );
    ends(
        SortOrder::Descending,
        "and (created_at, id) >= ($5, $6) and (created_at, id) < ($7, $8) and instr",
    );
}

#[test]
fn ascending_pages_start_at_the_later_of_time_and_record() {
    let at = |from, page| {
        conditions(&ListQuery {
            created_from: Some(from),
            after: after(page),
            ..query(SortOrder::Ascending)
        })
    };
    assert_eq!(
        at(5, 5),
        "kind = $1 and length(account) >= 0 and (created_at, id) > ($2, $3)"
    );
    assert_eq!(
        at(5, 4),
        "kind = $1 and length(account) >= 0 and created_at >= $2"
    );
}

#[test]
fn descending_pages_start_at_the_earlier_of_time_and_record() {
    let at = |before, page| {
        conditions(&ListQuery {
            created_before: Some(before),
            after: after(page),
            ..query(SortOrder::Descending)
        })
    };
    assert_eq!(
        at(5, 4),
        "kind = $1 and length(account) >= 0 and (created_at, id) < ($2, $3)"
    );
    assert_eq!(
        at(5, 5),
        "kind = $1 and length(account) >= 0 and created_at < $2"
    );
}
