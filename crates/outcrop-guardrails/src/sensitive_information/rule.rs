//! Rules: for each type the patterns of its candidates, and what makes one believed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::candidate::{Candidate, Hit};
use super::{address, bank, canada, card, credentials, network, person, phone, uk, us, vehicle};
use crate::policy::EntityType;
use crate::text::{ceil, slice};

/// A pattern of candidates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    /// The pattern. A group in it is the candidate; the rest of it is context.
    pub(super) regex: &'static str,
    /// What makes a candidate believed.
    pub(super) check: fn(&Candidate<'_>) -> Option<Hit>,
}

/// The compiled patterns of a type.
#[derive(Debug, Default)]
pub(super) struct Rules(Vec<(Regex, Pattern)>);

static RULES: LazyLock<BTreeMap<EntityType, Rules>> = LazyLock::new(|| {
    EntityType::ALL
        .into_iter()
        .map(|kind| (kind, Rules::compile(patterns(kind))))
        .collect()
});

static NONE: Rules = Rules(Vec::new());

impl Rules {
    /// The rules of `kind`.
    pub(super) fn of(kind: EntityType) -> &'static Self {
        RULES.get(&kind).unwrap_or(&NONE)
    }

    fn compile(patterns: &'static [Pattern]) -> Self {
        let compiled = patterns
            .iter()
            .filter_map(|pattern| Some((Regex::new(pattern.regex).ok()?, *pattern)));
        Self(compiled.collect())
    }

    /// Tells `found` start, end and confidence of everything in `text` between `from` and `to`.
    pub(super) fn find(
        &self,
        text: &str,
        from: usize,
        to: usize,
        mut found: impl FnMut(usize, usize, f64),
    ) {
        for (regex, pattern) in &self.0 {
            let mut at = from;
            while let Some((start, end)) = next(regex, text, at, to) {
                let candidate = Candidate::new(text, start, end, to);
                at = match (pattern.check)(&candidate) {
                    Some(hit) => {
                        let end = start + hit.bytes;
                        found(start, end, hit.confidence);
                        end
                    }
                    // Something believable may start within what is not.
                    None => after_word(text, start),
                }
                .max(at + 1);
                at = ceil(text, at);
            }
        }
    }
}

fn next(regex: &Regex, text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    if from >= to {
        return None;
    }
    let input = Input::new(text).span(from..to).anchored(Anchored::No);
    if regex.captures_len() == 1 {
        let matched = regex.search(&input)?;
        return Some((matched.start(), matched.end()));
    }
    let mut captures = regex.create_captures();
    regex.search_captures(&input, &mut captures);
    let group = captures.iter().skip(1).flatten().next()?;
    Some((group.start, group.end))
}

/// The end of the run of letters and digits at `at`, or of the character there.
fn after_word(text: &str, at: usize) -> usize {
    let rest = slice(text, at, text.len());
    let run = rest
        .find(|character: char| !character.is_alphanumeric())
        .unwrap_or(rest.len());
    at + run.max(1)
}

fn patterns(kind: EntityType) -> &'static [Pattern] {
    use EntityType as E;
    match kind {
        E::Address => address::ADDRESS,
        E::Age => person::AGE,
        E::AwsAccessKey => credentials::AWS_ACCESS_KEY,
        E::AwsSecretKey => credentials::AWS_SECRET_KEY,
        E::CaHealthNumber => canada::HEALTH_NUMBER,
        E::CaSocialInsuranceNumber => canada::SOCIAL_INSURANCE_NUMBER,
        E::CreditDebitCardCvv => card::CVV,
        E::CreditDebitCardExpiry => card::EXPIRY,
        E::CreditDebitCardNumber => card::NUMBER,
        E::DriverId => vehicle::DRIVER_ID,
        E::Email => network::EMAIL,
        E::InternationalBankAccountNumber => bank::IBAN,
        E::IpAddress => network::IP_ADDRESS,
        E::LicensePlate => vehicle::LICENSE_PLATE,
        E::MacAddress => network::MAC_ADDRESS,
        E::Name => person::NAME,
        E::Password => credentials::PASSWORD,
        E::Phone => phone::PHONE,
        E::Pin => credentials::PIN,
        E::SwiftCode => bank::SWIFT_CODE,
        E::UkNationalHealthServiceNumber => uk::NATIONAL_HEALTH_SERVICE_NUMBER,
        E::UkNationalInsuranceNumber => uk::NATIONAL_INSURANCE_NUMBER,
        E::UkUniqueTaxpayerReferenceNumber => uk::UNIQUE_TAXPAYER_REFERENCE_NUMBER,
        E::Url => network::URL,
        E::Username => credentials::USERNAME,
        E::UsBankAccountNumber => bank::US_BANK_ACCOUNT_NUMBER,
        E::UsBankRoutingNumber => bank::US_BANK_ROUTING_NUMBER,
        E::UsIndividualTaxIdentificationNumber => us::INDIVIDUAL_TAX_IDENTIFICATION_NUMBER,
        E::UsPassportNumber => us::PASSPORT_NUMBER,
        E::UsSocialSecurityNumber => us::SOCIAL_SECURITY_NUMBER,
        E::VehicleIdentificationNumber => vehicle::VEHICLE_IDENTIFICATION_NUMBER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles_and_every_type_has_one() {
        for kind in EntityType::ALL {
            let patterns = patterns(kind);
            assert!(!patterns.is_empty(), "{kind:?}");
            for pattern in patterns {
                assert!(Regex::new(pattern.regex).is_ok(), "{}", pattern.regex);
            }
        }
    }
}
