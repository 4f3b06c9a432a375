//! Each type against published formats: what it finds, and what looks like it and is not.

use super::*;

/// What of `kind` is found in `text`.
fn found(kind: EntityType, text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(end) = crate::text::next_segment(text, from, true) {
        let inside = find(text, from, end, std::iter::once(kind));
        all.extend(inside.iter().map(|found| &text[found.start..found.end]));
        from = end;
    }
    all
}

fn check(kind: EntityType, table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(found(kind, text), *expected, "{kind:?}: {text}");
    }
}

#[test]
fn network() {
    check(
        EntityType::Email,
        &[
            ("email abc@pqrt.com", &["abc@pqrt.com"]),
            (
                "marymajor@email.com, j.o'neil+x@sub.example.co.uk.",
                &["marymajor@email.com", "j.o'neil+x@sub.example.co.uk"],
            ),
            ("メール:太郎@例え.jp です", &["太郎@例え.jp"]),
            ("not@here, @home or a@b", &[]),
        ],
    );
    check(
        EntityType::Url,
        &[
            ("see www.example.com.", &["www.example.com"]),
            (
                "(https://example.com/a?b=c#d), ok",
                &["https://example.com/a?b=c#d"],
            ),
            ("http is a protocol: www", &[]),
        ],
    );
    check(
        EntityType::IpAddress,
        &[
            ("host 198.51.100.0 is up", &["198.51.100.0"]),
            (
                "2001:db8::8a2e:370:7334 and ::1",
                &["2001:db8::8a2e:370:7334", "::1"],
            ),
            (
                "256.1.1.1 1.2.3.4.5 version 1.2.3.4 at 10:30:45 std::vec a::b",
                &[],
            ),
        ],
    );
    check(
        EntityType::MacAddress,
        &[
            (
                "00:00:5E:00:53:AF or 00-00-5e-00-53-af or 0000.5e00.53af",
                &["00:00:5E:00:53:AF", "00-00-5e-00-53-af", "0000.5e00.53af"],
            ),
            ("00:00:5E:00:53 and 00:00:5E:00:53:AF:01", &[]),
        ],
    );
}

#[test]
fn credentials() {
    check(
        EntityType::AwsAccessKey,
        &[
            ("key AKIAIOSFODNN7EXAMPLE.", &["AKIAIOSFODNN7EXAMPLE"]),
            ("AKIAIOSFODNN7 or XAKIAIOSFODNN7EXAMPLE", &[]),
        ],
    );
    check(
        EntityType::AwsSecretKey,
        &[
            (
                "secret: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                &["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
            ),
            ("sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709", &[]),
        ],
    );
    check(
        EntityType::Password,
        &[
            (
                "my password is very20special#pass.",
                &["very20special#pass"],
            ),
            ("password: hunter-two", &["hunter-two"]),
            ("A password is required. password: required", &[]),
        ],
    );
    check(
        EntityType::Pin,
        &[
            ("My PIN is 4821", &["4821"]),
            ("PIN code: 123456", &["123456"]),
            ("pin 3 of 4821 connectors; the year 2024", &[]),
        ],
    );
    check(
        EntityType::Username,
        &[
            ("username: jdoe_42, ok", &["jdoe_42"]),
            ("follow @jane_doe now", &["@jane_doe"]),
            ("the username is required; a@b.com", &[]),
        ],
    );
}

#[test]
fn cards_and_banks() {
    check(
        EntityType::CreditDebitCardNumber,
        &[
            ("4111 1111 1111 1111", &["4111 1111 1111 1111"]),
            (
                "378282246310005, 5555-5555-5555-4444, 6011111111111117",
                &["378282246310005", "5555-5555-5555-4444", "6011111111111117"],
            ),
            ("1234 4111111111111111", &["4111111111111111"]),
            ("the card ending in 4242", &["4242"]),
            ("4111 1111 1111 1112 and order 1234567890123456", &[]),
        ],
    );
    check(
        EntityType::CreditDebitCardCvv,
        &[
            ("CVV 123, security code: 4567", &["123", "4567"]),
            ("the code 123", &[]),
        ],
    );
    check(
        EntityType::CreditDebitCardExpiry,
        &[
            (
                "expires 01/21, valid until 01/2021 or exp Jan 2021",
                &["01/21", "01/2021", "Jan 2021"],
            ),
            ("chapter 01/21 of 13/21", &[]),
        ],
    );
    check(
        EntityType::InternationalBankAccountNumber,
        &[
            (
                "GB82 WEST 1234 5698 7654 32 is mine",
                &["GB82 WEST 1234 5698 7654 32"],
            ),
            ("DE89370400440532013000", &["DE89370400440532013000"]),
            ("GB82 WEST 1234 5698 7654 33, ZZ00123412341234", &[]),
        ],
    );
    check(
        EntityType::SwiftCode,
        &[
            (
                "SWIFT DEUTDEFF500 or BIC: BNPAFRPP",
                &["DEUTDEFF500", "BNPAFRPP"],
            ),
            (
                "DEUTDEFF without the word, and much later in the same sentence about NATIONAL affairs, the bank",
                &[],
            ),
        ],
    );
    check(
        EntityType::UsBankRoutingNumber,
        &[
            ("routing number 021000021", &["021000021"]),
            ("routing number 021000022", &[]),
            ("just 021000021 would do", &[]),
        ],
    );
    check(
        EntityType::UsBankAccountNumber,
        &[
            ("my bank account number is 000123456789", &["000123456789"]),
            ("order 000123456789", &[]),
        ],
    );
}

#[test]
fn numbers_of_countries() {
    check(
        EntityType::UsSocialSecurityNumber,
        &[
            ("SSN 536-90-4399", &["536-90-4399"]),
            ("social security 536904399", &["536904399"]),
            (
                "000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000 536904399",
                &[],
            ),
        ],
    );
    check(
        EntityType::UsIndividualTaxIdentificationNumber,
        &[
            (
                "ITIN 912-78-1234 or 900 70 0000",
                &["912-78-1234", "900 70 0000"],
            ),
            ("912-48-1234 and 912781234", &[]),
        ],
    );
    check(
        EntityType::UsPassportNumber,
        &[
            ("passport no. C12345678", &["C12345678"]),
            ("part no. C12345678", &[]),
        ],
    );
    check(
        EntityType::UkNationalHealthServiceNumber,
        &[
            ("NHS number 943 476 5919", &["943 476 5919"]),
            ("NHS 9434765919", &["9434765919"]),
            ("NHS 943 476 5918", &[]),
            ("9434765919 is a number like any", &[]),
        ],
    );
    check(
        EntityType::UkNationalInsuranceNumber,
        &[
            (
                "AB 12 34 56 C and AB123456C",
                &["AB 12 34 56 C", "AB123456C"],
            ),
            ("BG123456A, QQ123456C, AB123456E", &[]),
        ],
    );
    check(
        EntityType::UkUniqueTaxpayerReferenceNumber,
        &[
            ("UTR 1123456789", &["1123456789"]),
            ("call 1123456789", &[]),
        ],
    );
    check(
        EntityType::CaSocialInsuranceNumber,
        &[
            ("SIN 130-692-544", &["130-692-544"]),
            ("130-692-545 and 046-454-286", &[]),
        ],
    );
    check(
        EntityType::CaHealthNumber,
        &[
            ("health card 9876 543 217", &["9876 543 217"]),
            ("order 9876 543 217", &[]),
        ],
    );
}

#[test]
fn vehicles() {
    check(
        EntityType::VehicleIdentificationNumber,
        &[
            ("1HGCM82633A004352", &["1HGCM82633A004352"]),
            ("VIN WVWZZZ1JZXW000001", &["WVWZZZ1JZXW000001"]),
            ("1HGCM82633A004353 and ABCDEFGHJKLMNPRST", &[]),
        ],
    );
    check(
        EntityType::LicensePlate,
        &[
            ("license plate 7ABC123", &["7ABC123"]),
            ("flight 7ABC123", &[]),
        ],
    );
    check(
        EntityType::DriverId,
        &[
            ("driver's license D1234567", &["D1234567"]),
            ("part D1234567", &[]),
        ],
    );
}

#[test]
fn phones() {
    check(
        EntityType::Phone,
        &[
            ("+1 206 555 0100", &["+1 206 555 0100"]),
            (
                "(206) 555-0100 or 206-555-0100",
                &["(206) 555-0100", "206-555-0100"],
            ),
            (
                "+44 20 7946 0958, 020 7946 0958",
                &["+44 20 7946 0958", "020 7946 0958"],
            ),
            (
                "+49 30 901820, +33 1 23 45 67 89, 01 23 45 67 89",
                &["+49 30 901820", "+33 1 23 45 67 89", "01 23 45 67 89"],
            ),
            ("03-1234-5678", &["03-1234-5678"]),
            ("call 5550100", &["5550100"]),
            (
                "in 2024-2025, 123456789 items, 4111 1111 1111 1111, +1 23",
                &[],
            ),
        ],
    );
}

#[test]
fn people_and_places() {
    check(
        EntityType::Name,
        &[
            ("My name is Jane Doe.", &["Jane Doe"]),
            ("Dear Mr. John Q. Public,", &["John Q. Public"]),
            ("I met Mary Johnson today", &["Mary Johnson"]),
            ("The John Doe Organization on Jane Doe Street", &[]),
            ("Who is the president of USA?", &[]),
        ],
    );
    check(
        EntityType::Age,
        &[
            ("I am 40 years old, aged 41", &["40 years", "41"]),
            ("40 years ago, page 12", &[]),
        ],
    );
    check(
        EntityType::Address,
        &[
            (
                "at 100 Main Street, Anytown, USA now",
                &["100 Main Street, Anytown, USA"],
            ),
            ("Suite #12, Building 123", &["Suite #12, Building 123"]),
            (
                "410 Terry Ave N and P.O. Box 81226",
                &["410 Terry Ave", "P.O. Box 81226"],
            ),
            ("Seattle, WA 98109", &["Seattle, WA 98109"]),
            ("Tokyo is the capital of Japan", &["Tokyo", "Japan"]),
            (
                "Hauptstraße 12, 10 rue de la Paix, SW1A 2AA",
                &["Hauptstraße 12", "10 rue de la Paix", "SW1A 2AA"],
            ),
            ("I ate 3 apples on the main road", &[]),
        ],
    );
}

#[test]
fn the_surer_of_two_stays() {
    let text = "4111 1111 1111 1111 and jane@example.com";
    let kinds = EntityType::ALL.into_iter();
    let found: Vec<_> = find(text, 0, text.len(), kinds)
        .iter()
        .map(|found| found.kind)
        .collect();
    assert_eq!(
        found,
        [EntityType::CreditDebitCardNumber, EntityType::Email]
    );
}
