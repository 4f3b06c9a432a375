//! Offers: there is one for each model that is sold in AWS Marketplace, at no charge, as this server takes none.

use aws_smithy_types::base64;
use bedrock_smithy::model::{LegalTerm, Offer, PricingTerm, SupportTerm, TermDetails};
use outcrop_catalogue::Model;
use xxhash_rust::xxh3::xxh3_64;

/// Providers whose models have product ids in AWS Marketplace (the user guide, "Use product ID condition keys to control
/// access").
const SELLERS: &[&str] = &[
    "AI21 Labs",
    "Anthropic",
    "Cohere",
    "Luma AI",
    "Stability AI",
    "TwelveLabs",
    "Writer",
];

/// Whether there is an offer.
pub(super) fn is_made(model: &Model) -> bool {
    SELLERS.contains(&model.provider.as_str())
}

/// What stands for the offer in the request that accepts it.
pub(super) fn token(model: &Model) -> String {
    base64::encode(format!("{}\n{}", id(model), model.id))
}

/// `offer-` and thirteen letters and digits.
fn id(model: &Model) -> String {
    format!("offer-{:013x}", xxh3_64(model.id.as_bytes()) >> 12)
}

/// The offer.
pub(super) fn of(model: &Model) -> Offer {
    Offer {
        offer_id: Some(id(model)),
        offer_token: token(model),
        term_details: TermDetails {
            legal_term: LegalTerm {
                url: Some("https://aws.amazon.com/legal/bedrock/third-party-models/".to_owned()),
            },
            support_term: SupportTerm {
                refund_policy_description: Some(
                    "Nothing is charged, so there is nothing to refund.".to_owned(),
                ),
            },
            usage_based_pricing_term: PricingTerm {
                rate_card: Vec::new(),
            },
            validity_term: None,
        },
    }
}
