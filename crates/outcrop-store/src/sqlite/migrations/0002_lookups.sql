-- Names that several records may have, and those that one has for itself, are looked up letter by letter.
create index record_named on record (account, region, kind, name, created_at, id) where name <> '';

-- Each question has one index that answers it without reading more. Others may look as good to a planner that knows little
-- of the table yet: so the indexes of listings have conditions, always true, which only their own statements give.
drop index record_listing;
drop index record_everywhere;
create index record_listing on record (account, region, kind, created_at, id) where length(region) >= 0;
create index record_everywhere on record (kind, created_at, id) where length(account) >= 0;
