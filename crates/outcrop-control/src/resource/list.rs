//! Listings of what callers have made.

use aws_smithy_types::{DateTime, base64};
use bedrock_smithy::model::SortOrder as Order;
use outcrop_store::{After, Found, ListQuery, SearchQuery, SortOrder};

use super::{Held, Resource};
use crate::{
    Control,
    clock::from_date_time,
    context::Context,
    error::ControlError,
    page::{Page, PageRequest},
};

/// Items of a page where the request does not say. How long the service's own pages are is not published.
const DEFAULT_ITEMS: usize = 100;

/// Resources that one request looks at. A page whose filters let few through may be short and still have a next one, as
/// AWS's listings may.
const LOOKED_AT: usize = 10_000;

/// Resources that are read at once where filters let few through, and whose names are looked at at once.
const STEP: usize = 1000;

/// Which resources of a kind are asked for.
#[derive(Default)]
pub(crate) struct Listing<'a> {
    /// The filters besides those below, as text: a token is good for the same filters only.
    pub(crate) filters: String,
    pub(crate) parent: Option<&'a str>,
    pub(crate) name_contains: Option<&'a str>,
    pub(crate) created_after: Option<&'a DateTime>,
    pub(crate) created_before: Option<&'a DateTime>,
    /// Newest first without one.
    pub(crate) order: Option<&'a Order>,
    pub(crate) page: PageRequest<'a>,
}

impl Listing<'_> {
    fn name<R: Resource>(&self) -> String {
        let Self {
            filters,
            parent,
            name_contains,
            created_after,
            created_before,
            order,
            ..
        } = self;
        format!(
            "{}/{filters}/{parent:?}/{name_contains:?}/{created_after:?}/{created_before:?}/{order:?}",
            R::KIND
        )
    }

    fn query<R: Resource>(
        &self,
        context: &Context,
        after: Option<After>,
        limit: usize,
    ) -> ListQuery {
        ListQuery {
            scope: Some(context.scope()),
            parent: self.parent.map(str::to_owned),
            // After means later than, and nanoseconds are whole.
            created_from: self
                .created_after
                .map(|time| from_date_time(time).saturating_add(1)),
            created_before: self.created_before.map(from_date_time),
            order: match self.order {
                Some(Order::Ascending) => SortOrder::Ascending,
                _ => SortOrder::Descending,
            },
            after,
            ..ListQuery::oldest(R::KIND, limit)
        }
    }
}

impl Control {
    /// A page of the resources of a kind. `keep` says which of them the filters of the kind let through.
    pub(crate) async fn list<R: Resource>(
        &self,
        context: &Context,
        listing: Listing<'_>,
        keep: impl Fn(&Held<R>) -> bool + Send,
    ) -> Result<Page<Held<R>>, ControlError> {
        let name = listing.name::<R>();
        let mut after = listing
            .page
            .next_token
            .map(|token| read_token(&name, token))
            .transpose()?;
        let most = listing.page.max_results.map_or(DEFAULT_ITEMS, |most| {
            usize::try_from(most).unwrap_or(1).max(1)
        });
        let (mut items, mut looked_at) = (Vec::new(), 0);
        loop {
            // Where filters let few through, fewer and larger steps are cheaper.
            let limit = (most - items.len() + 1).max(looked_at.min(STEP));
            let query = listing.query::<R>(context, after.clone(), limit);
            let Found { records, looked_to } = self.found(query, listing.name_contains).await?;
            looked_at += listing.name_contains.map_or(records.len(), |_| STEP);
            for record in records {
                if items.len() == most {
                    return Ok(page(items, &name, after));
                }
                after = Some(After::of(&record));
                let held = Held::read(record)?;
                if keep(&held) {
                    items.push(held);
                }
            }
            match looked_to {
                Some(last) if looked_at <= LOOKED_AT => after = Some(last),
                end => return Ok(page(items, &name, end)),
            }
        }
    }

    /// Records, of those with a part of a name if there is one.
    async fn found(
        &self,
        among: ListQuery,
        name_contains: Option<&str>,
    ) -> Result<Found, ControlError> {
        let Some(part) = name_contains else {
            let limit = among.limit;
            let records = self.store.list(among).await?;
            let last = records.last().filter(|_| records.len() >= limit);
            let looked_to = last.map(After::of);
            return Ok(Found { records, looked_to });
        };
        let query = SearchQuery {
            among,
            name_contains: part.to_owned(),
            look_at: STEP,
        };
        Ok(self.store.search(query).await?)
    }
}

fn page<R: Resource>(items: Vec<Held<R>>, listing: &str, after: Option<After>) -> Page<Held<R>> {
    let token = |After { created_at, id }| {
        let seal = seal(listing, created_at, &id);
        base64::encode(format!("{seal:016x}\n{created_at}\n{id}"))
    };
    Page {
        items,
        next_token: after.map(token),
    }
}

fn read_token(listing: &str, token: &str) -> Result<After, ControlError> {
    let read = || {
        let text = String::from_utf8(base64::decode(token).ok()?).ok()?;
        let mut parts = text.splitn(3, '\n');
        let sealed = parts.next()?;
        let created_at = parts.next()?.parse().ok()?;
        let id = parts.next()?.to_owned();
        let whole = sealed == format!("{:016x}", seal(listing, created_at, &id));
        whole.then_some(After { created_at, id })
    };
    read().ok_or(ControlError::NextToken)
}

/// What a token has that is whole, and of the listing with the same filters.
fn seal(listing: &str, created_at: i64, id: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(format!("{listing}\n{created_at}\n{id}").as_bytes())
}
