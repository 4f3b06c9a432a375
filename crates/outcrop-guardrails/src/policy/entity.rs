//! The types of personal information.

use serde::{Deserialize, Serialize};

/// A type of personal information, as the official model names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntityType {
    /// A postal address, or a place.
    Address,
    /// An age with its unit.
    Age,
    /// The id of an AWS access key.
    AwsAccessKey,
    /// The secret of an AWS access key.
    AwsSecretKey,
    /// A Canadian health card number.
    CaHealthNumber,
    /// A Canadian social insurance number.
    CaSocialInsuranceNumber,
    /// The verification code of a card.
    CreditDebitCardCvv,
    /// The date until which a card is valid.
    CreditDebitCardExpiry,
    /// The number of a payment card.
    CreditDebitCardNumber,
    /// The number of a driving licence.
    DriverId,
    /// An email address.
    Email,
    /// An IBAN.
    InternationalBankAccountNumber,
    /// An IP address.
    IpAddress,
    /// The plate of a vehicle.
    LicensePlate,
    /// The address of a network interface.
    MacAddress,
    /// The name of a person.
    Name,
    /// A password.
    Password,
    /// A phone, fax or pager number.
    Phone,
    /// A personal identification number.
    Pin,
    /// A BIC.
    SwiftCode,
    /// An NHS number.
    UkNationalHealthServiceNumber,
    /// A national insurance number.
    UkNationalInsuranceNumber,
    /// A UTR.
    UkUniqueTaxpayerReferenceNumber,
    /// A web address.
    Url,
    /// The name of an account, or a handle.
    Username,
    /// A US bank account number.
    UsBankAccountNumber,
    /// An ABA routing number.
    UsBankRoutingNumber,
    /// An ITIN.
    UsIndividualTaxIdentificationNumber,
    /// A US passport number.
    UsPassportNumber,
    /// An SSN.
    UsSocialSecurityNumber,
    /// A VIN.
    VehicleIdentificationNumber,
}

impl EntityType {
    /// Every type, in the order of the model.
    pub const ALL: [Self; 31] = [
        Self::Address,
        Self::Age,
        Self::AwsAccessKey,
        Self::AwsSecretKey,
        Self::CaHealthNumber,
        Self::CaSocialInsuranceNumber,
        Self::CreditDebitCardCvv,
        Self::CreditDebitCardExpiry,
        Self::CreditDebitCardNumber,
        Self::DriverId,
        Self::Email,
        Self::InternationalBankAccountNumber,
        Self::IpAddress,
        Self::LicensePlate,
        Self::MacAddress,
        Self::Name,
        Self::Password,
        Self::Phone,
        Self::Pin,
        Self::SwiftCode,
        Self::UkNationalHealthServiceNumber,
        Self::UkNationalInsuranceNumber,
        Self::UkUniqueTaxpayerReferenceNumber,
        Self::Url,
        Self::Username,
        Self::UsBankAccountNumber,
        Self::UsBankRoutingNumber,
        Self::UsIndividualTaxIdentificationNumber,
        Self::UsPassportNumber,
        Self::UsSocialSecurityNumber,
        Self::VehicleIdentificationNumber,
    ];

    /// The name of the type, which is also its mask: `{EMAIL}`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Address => "ADDRESS",
            Self::Age => "AGE",
            Self::AwsAccessKey => "AWS_ACCESS_KEY",
            Self::AwsSecretKey => "AWS_SECRET_KEY",
            Self::CaHealthNumber => "CA_HEALTH_NUMBER",
            Self::CaSocialInsuranceNumber => "CA_SOCIAL_INSURANCE_NUMBER",
            Self::CreditDebitCardCvv => "CREDIT_DEBIT_CARD_CVV",
            Self::CreditDebitCardExpiry => "CREDIT_DEBIT_CARD_EXPIRY",
            Self::CreditDebitCardNumber => "CREDIT_DEBIT_CARD_NUMBER",
            Self::DriverId => "DRIVER_ID",
            Self::Email => "EMAIL",
            Self::InternationalBankAccountNumber => "INTERNATIONAL_BANK_ACCOUNT_NUMBER",
            Self::IpAddress => "IP_ADDRESS",
            Self::LicensePlate => "LICENSE_PLATE",
            Self::MacAddress => "MAC_ADDRESS",
            Self::Name => "NAME",
            Self::Password => "PASSWORD",
            Self::Phone => "PHONE",
            Self::Pin => "PIN",
            Self::SwiftCode => "SWIFT_CODE",
            Self::UkNationalHealthServiceNumber => "UK_NATIONAL_HEALTH_SERVICE_NUMBER",
            Self::UkNationalInsuranceNumber => "UK_NATIONAL_INSURANCE_NUMBER",
            Self::UkUniqueTaxpayerReferenceNumber => "UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER",
            Self::Url => "URL",
            Self::Username => "USERNAME",
            Self::UsBankAccountNumber => "US_BANK_ACCOUNT_NUMBER",
            Self::UsBankRoutingNumber => "US_BANK_ROUTING_NUMBER",
            Self::UsIndividualTaxIdentificationNumber => "US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER",
            Self::UsPassportNumber => "US_PASSPORT_NUMBER",
            Self::UsSocialSecurityNumber => "US_SOCIAL_SECURITY_NUMBER",
            Self::VehicleIdentificationNumber => "VEHICLE_IDENTIFICATION_NUMBER",
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}
