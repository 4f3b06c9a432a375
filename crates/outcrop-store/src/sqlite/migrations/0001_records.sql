create table record (
    account text not null,
    region text not null,
    kind text not null,
    id text not null,
    parent text,
    name text not null,
    -- The name in lower case, by Unicode's rules, which the database's own functions do not know.
    folded_name text not null,
    unique_name integer not null,
    created_at integer not null,
    updated_at integer not null,
    revision integer not null,
    tags text not null,
    body text not null,
    primary key (account, region, kind, id)
) strict;

create unique index record_name on record (account, region, kind, name) where unique_name;
create index record_listing on record (account, region, kind, created_at, id);
create index record_children on record (account, region, kind, parent, created_at, id) where parent is not null;
create index record_everywhere on record (kind, created_at, id);

create table request_token (
    account text not null,
    region text not null,
    kind text not null,
    id text not null,
    fingerprint blob not null,
    made_account text not null,
    made_region text not null,
    made_kind text not null,
    made_id text not null,
    at integer not null,
    primary key (account, region, kind, id)
) strict, without rowid;

create index request_token_age on request_token (at);
