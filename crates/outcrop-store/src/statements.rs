//! The statements that both databases understand. `SQLite` numbers parameters by their first appearance, so they
//! appear in order.

/// What a record is read from; its kind is known from the question.
macro_rules! columns {
    () => {
        "account, region, id, parent, name, unique_name, created_at, updated_at, revision, tags, body"
    };
}
pub(crate) use columns;

pub(crate) const GET: &str = concat!(
    "select ",
    columns!(),
    " from record where account = $1 and region = $2 and kind = $3 and id = $4"
);

/// The newest record that has a name. The last condition is the index's own.
pub(crate) const NEWEST_NAMED: &str = concat!(
    "select ",
    columns!(),
    " from record where account = $1 and region = $2 and kind = $3 and name = $4 and name <> '' \
     order by created_at desc, id desc limit 1"
);

pub(crate) const CREATE: &str = "insert into record (account, region, kind, id, parent, name, folded_name, unique_name, \
     created_at, updated_at, revision, tags, body) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing";

pub(crate) const REPLACE: &str = "update record set parent = $1, name = $2, folded_name = $3, unique_name = $4, \
     created_at = $5, updated_at = $6, revision = $7, tags = $8, body = $9 \
     where account = $10 and region = $11 and kind = $12 and id = $13 and revision + 1 = $7";

pub(crate) const DELETE: &str =
    "delete from record where account = $1 and region = $2 and kind = $3 and id = $4";

pub(crate) const DELETE_REVISION: &str = "delete from record where account = $1 and region = $2 and kind = $3 and id = $4 and revision = $5";

pub(crate) const REVISION: &str =
    "select revision from record where account = $1 and region = $2 and kind = $3 and id = $4";

/// Which record has a name of its own.
pub(crate) const NAMED: &str = "select id from record where account = $1 and region = $2 and kind = $3 and name = $4 and unique_name";

pub(crate) const TOKEN: &str = "select fingerprint, made_account, made_region, made_kind, made_id from request_token \
     where account = $1 and region = $2 and kind = $3 and id = $4";

pub(crate) const KEEP_TOKEN: &str = "insert into request_token (account, region, kind, id, fingerprint, made_account, \
     made_region, made_kind, made_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing";
