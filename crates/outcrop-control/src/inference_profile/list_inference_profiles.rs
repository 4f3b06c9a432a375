//! `ListInferenceProfiles`: the profiles that can be called from a region, page by page.

use bedrock_smithy::{
    error::ListInferenceProfilesError,
    input::ListInferenceProfilesInput,
    model::{InferenceProfileSummary, InferenceProfileType},
    output::ListInferenceProfilesOutput,
};

use super::{ApplicationInferenceProfile, Described, shaped};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::{Page, PageRequest},
    resource::{Held, Listing},
};

pub(crate) async fn list_inference_profiles(
    control: &Control,
    input: ListInferenceProfilesInput,
    context: &Context,
) -> Result<ListInferenceProfilesOutput, ListInferenceProfilesError> {
    let request = PageRequest {
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    // Without a type the service lists its own profiles only (quoted by users who missed theirs).
    let page = match input.type_equals {
        Some(InferenceProfileType::Application) => application(control, context, request).await?,
        Some(InferenceProfileType::SystemDefined) | None => system(control, context, request)?,
    };
    let summaries = page.items.into_iter();
    Ok(ListInferenceProfilesOutput {
        inference_profile_summaries: Some(
            summaries
                .map(|described| shaped!(InferenceProfileSummary, described))
                .collect(),
        ),
        next_token: page.next_token,
    })
}

fn system(
    control: &Control,
    context: &Context,
    request: PageRequest<'_>,
) -> Result<Page<Described>, ControlError> {
    let caller = &context.caller;
    let profiles = control.catalogue.profiles(&caller.region);
    let name = "inference-profiles/SYSTEM_DEFINED";
    let page = Page::of(name, profiles, |profile| &profile.id, request)?;
    let profiles = page.items.into_iter();
    Ok(Page {
        items: profiles
            .map(|profile| Described::system(profile, &caller.account, &caller.region))
            .collect(),
        next_token: page.next_token,
    })
}

async fn application(
    control: &Control,
    context: &Context,
    page: PageRequest<'_>,
) -> Result<Page<Described>, ControlError> {
    let listing = Listing {
        page,
        ..Listing::default()
    };
    let every = |_: &Held<ApplicationInferenceProfile>| true;
    let page = control.list(context, listing, every).await?;
    let described: Result<_, _> = page.items.iter().map(Described::application).collect();
    Ok(Page {
        items: described?,
        next_token: page.next_token,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use crate::testing::{get, get_from};

    /// Every page of a listing from a region.
    async fn pages(region: &str, query: &str) -> Vec<Vec<Value>> {
        let (mut pages, mut token) = (Vec::new(), String::new());
        loop {
            let answer = get_from(region, &format!("/inference-profiles?{query}{token}")).await;
            assert_eq!(answer.status, 200, "{query}{token}: {}", answer.body);
            let answer = answer.json();
            pages.push(
                answer["inferenceProfileSummaries"]
                    .as_array()
                    .expect("is a list")
                    .clone(),
            );
            match answer["nextToken"].as_str() {
                Some(next) => {
                    assert!(!next.contains(char::is_whitespace), "{next:?}");
                    token = format!(
                        "&nextToken={}",
                        next.replace('=', "%3D").replace('+', "%2B")
                    );
                }
                None => return pages,
            }
        }
    }

    fn ids(profiles: &[Value]) -> Vec<&str> {
        profiles
            .iter()
            .filter_map(|profile| profile["inferenceProfileId"].as_str())
            .collect()
    }

    #[tokio::test]
    async fn pages_have_every_profile_once() {
        for region in [
            "us-east-1",
            "eu-central-1",
            "ap-northeast-1",
            "us-gov-west-1",
        ] {
            let whole = pages(region, "maxResults=1000").await.concat();
            assert_eq!(
                ids(&whole).iter().collect::<HashSet<_>>().len(),
                whole.len()
            );
            assert!(!whole.is_empty(), "{region}");
            for size in [1, 7, whole.len()] {
                let parts = pages(region, &format!("maxResults={size}")).await;
                assert_eq!(
                    parts.len(),
                    whole.len().div_ceil(size),
                    "{region}, pages of {size}"
                );
                assert!(parts.iter().all(|part| part.len() <= size));
                assert_eq!(parts.concat(), whole, "{region}, pages of {size}");
            }
            assert_eq!(pages(region, "").await.concat(), whole, "{region}");
        }
    }

    #[tokio::test]
    async fn profiles_are_those_of_the_region() {
        for (region, listed, not_listed) in [
            (
                "us-east-1",
                "us.amazon.nova-lite-v1:0",
                "eu.amazon.nova-lite-v1:0",
            ),
            (
                "eu-west-1",
                "eu.amazon.nova-lite-v1:0",
                "us.amazon.nova-lite-v1:0",
            ),
        ] {
            let profiles = pages(region, "").await.concat();
            let ids = ids(&profiles);
            assert!(
                ids.contains(&listed) && !ids.contains(&not_listed),
                "{region}: {ids:?}"
            );
            assert!(!ids.contains(&"us.test.retired-v1:0"));
        }
    }

    #[tokio::test]
    async fn each_listed_profile_is_the_one_that_can_be_asked_for() {
        for listed in pages("us-east-1", "").await.concat() {
            let id = listed["inferenceProfileId"].as_str().expect("has an id");
            assert_eq!(
                get(&format!("/inference-profiles/{id}")).await.json(),
                listed,
                "{id}"
            );
        }
    }

    #[tokio::test]
    async fn type_is_a_filter() {
        let all = pages("us-east-1", "").await.concat();
        assert_eq!(
            pages("us-east-1", "type=SYSTEM_DEFINED").await.concat(),
            all
        );
        let none = pages("us-east-1", "type=APPLICATION").await;
        assert_eq!(none, [Vec::<Value>::new()]);
        assert_eq!(get("/inference-profiles?type=OTHER").await.status, 400);
    }

    #[tokio::test]
    async fn size_is_limited() {
        for size in ["0", "-1", "1001", "many"] {
            let answer = get(&format!("/inference-profiles?maxResults={size}")).await;
            assert_eq!(answer.status, 400, "{size}");
        }
    }

    #[tokio::test]
    async fn token_of_something_else_is_refused() {
        let first = get("/inference-profiles?maxResults=1").await.json();
        let token = first["nextToken"].as_str().expect("there are more");
        let message = "The nextToken that you provided is invalid. Provide the nextToken of the previous response together \
                       with the same filters, and try again.";
        for (region, query) in [
            ("us-east-1", "nextToken=xyz".to_owned()),
            ("us-east-1", "nextToken=%00".to_owned()),
            ("us-east-1", format!("type=APPLICATION&nextToken={token}")),
            ("us-gov-west-1", format!("nextToken={token}")),
        ] {
            let answer = get_from(region, &format!("/inference-profiles?{query}")).await;
            assert_eq!(
                answer.error(),
                (400, "ValidationException", message),
                "{region} {query}"
            );
        }
    }
}
