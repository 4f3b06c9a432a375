//! The exceptions of the control plane, and how an operation's error type takes one.

/// The shapes that an operation can fail with, whichever of them it declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exception {
    AccessDenied,
    Conflict,
    InternalServer,
    ResourceInUse,
    ResourceNotFound,
    ServiceQuotaExceeded,
    Throttling,
    TooManyTags,
    Validation,
}

impl From<outcrop_catalogue::Exception> for Exception {
    fn from(exception: outcrop_catalogue::Exception) -> Self {
        match exception {
            outcrop_catalogue::Exception::Validation => Self::Validation,
            outcrop_catalogue::Exception::AccessDenied => Self::AccessDenied,
            outcrop_catalogue::Exception::ResourceNotFound => Self::ResourceNotFound,
        }
    }
}

impl Exception {
    /// The status that it is answered with (the official model).
    pub(crate) fn status(self) -> u16 {
        match self {
            Self::Conflict
            | Self::ResourceInUse
            | Self::ServiceQuotaExceeded
            | Self::TooManyTags
            | Self::Validation => 400,
            Self::AccessDenied => 403,
            Self::ResourceNotFound => 404,
            Self::Throttling => 429,
            Self::InternalServer => 500,
        }
    }

    /// The name of the shape.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AccessDenied => "AccessDeniedException",
            Self::Conflict => "ConflictException",
            Self::InternalServer => "InternalServerException",
            Self::ResourceInUse => "ResourceInUseException",
            Self::ResourceNotFound => "ResourceNotFoundException",
            Self::ServiceQuotaExceeded => "ServiceQuotaExceededException",
            Self::Throttling => "ThrottlingException",
            Self::TooManyTags => "TooManyTagsException",
            Self::Validation => "ValidationException",
        }
    }
}

/// One shape with its message, as the variant of an operation's error.
macro_rules! shape {
    (AccessDenied, $error:expr) => {
        Self::AccessDeniedException(bedrock_smithy::error::AccessDeniedException {
            message: Some($error.to_string()),
        })
    };
    (Conflict, $error:expr) => {
        Self::ConflictException(bedrock_smithy::error::ConflictException {
            message: Some($error.to_string()),
        })
    };
    (InternalServer, $error:expr) => {
        Self::InternalServerException(bedrock_smithy::error::InternalServerException {
            message: Some($error.to_string()),
        })
    };
    (ResourceInUse, $error:expr) => {
        Self::ResourceInUseException(bedrock_smithy::error::ResourceInUseException {
            message: Some($error.to_string()),
        })
    };
    (ResourceNotFound, $error:expr) => {
        Self::ResourceNotFoundException(bedrock_smithy::error::ResourceNotFoundException {
            message: Some($error.to_string()),
        })
    };
    (ServiceQuotaExceeded, $error:expr) => {
        Self::ServiceQuotaExceededException(bedrock_smithy::error::ServiceQuotaExceededException {
            message: Some($error.to_string()),
        })
    };
    (Throttling, $error:expr) => {
        Self::ThrottlingException(bedrock_smithy::error::ThrottlingException {
            message: Some($error.to_string()),
            retry_after_seconds: None,
        })
    };
    (TooManyTags, $error:expr) => {
        Self::TooManyTagsException(bedrock_smithy::error::TooManyTagsException {
            message: Some($error.to_string()),
            resource_name: $error.resource_name(),
        })
    };
    (Validation, $error:expr) => {
        Self::ValidationException(bedrock_smithy::error::ValidationException {
            message: Some($error.to_string()),
            field_list: None,
        })
    };
}
pub(crate) use shape;
