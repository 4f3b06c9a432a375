-- Ids are compared by their bytes, so that the order does not hang on the server's language.
create table record (
    account text collate "C" not null,
    region text collate "C" not null,
    kind text collate "C" not null,
    id text collate "C" not null,
    parent text collate "C",
    name text collate "C" not null,
    -- The name in lower case, by Unicode's rules, whatever language the server has.
    folded_name text collate "C" not null,
    unique_name boolean not null,
    created_at bigint not null,
    updated_at bigint not null,
    revision bigint not null,
    tags text not null,
    body text not null,
    primary key (account, region, kind, id)
);

create unique index record_name on record (account, region, kind, name) where unique_name;
create index record_listing on record (account, region, kind, created_at, id);
create index record_children on record (account, region, kind, parent, created_at, id) where parent is not null;
create index record_everywhere on record (kind, created_at, id);

create table request_token (
    account text collate "C" not null,
    region text collate "C" not null,
    kind text collate "C" not null,
    id text collate "C" not null,
    fingerprint bytea not null,
    made_account text not null,
    made_region text not null,
    made_kind text not null,
    made_id text not null,
    at bigint not null,
    primary key (account, region, kind, id)
);

create index request_token_age on request_token (at);
