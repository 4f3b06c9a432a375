//! Reading account and region from the credentials of a request: a signature in the `Authorization` header or in the
//! query, or a Bedrock API key.

use std::borrow::Cow;

use http::{HeaderMap, Uri, header};
use percent_encoding::percent_decode_str;

/// Longest API key that is decoded, in bytes; real ones are below 2,000.
const API_KEY_BYTES: usize = 8 << 10;

/// What the credentials of a request say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) account: Option<String>,
    pub(super) region: Option<String>,
}

/// Reads the scope of a request.
pub(super) fn scope(headers: &HeaderMap, uri: &Uri) -> Scope {
    let authorization = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    match authorization.map(|text| text.split_once(' ').unwrap_or((text, ""))) {
        Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") => api_key(key.trim()),
        Some((_, parameters)) => signature(parameters),
        None => presigned(uri.query().unwrap_or_default()),
    }
}

/// `Credential=AKID/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=…, Signature=…`
fn signature(parameters: &str) -> Scope {
    let mut parameters = parameters.split(',').map(str::trim);
    let credential = parameters.find_map(|parameter| parameter.strip_prefix("Credential="));
    credential.map(credential_scope).unwrap_or_default()
}

/// `…&X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fbedrock%2Faws4_request&…`
fn presigned(query: &str) -> Scope {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let credential = pairs.find(|(key, _)| key.eq_ignore_ascii_case("X-Amz-Credential"));
    let credential = credential.map(|(_, value)| percent_decode_str(value).decode_utf8_lossy());
    credential
        .map(|credential| credential_scope(&credential))
        .unwrap_or_default()
}

/// `AKID/date/region/service/aws4_request`
fn credential_scope(credential: &str) -> Scope {
    let mut parts = credential.split('/');
    let account = parts
        .next()
        .filter(|key| is_account(key))
        .map(str::to_owned);
    let region = parts
        .nth(1)
        .filter(|region| is_region(region))
        .map(str::to_owned);
    Scope { account, region }
}

/// Long-term keys are `ABSK` and the Base64 of `<name>-at-<account>:<secret>`; short-term keys are `bedrock-api-key-`
/// and the Base64 of a presigned URL.
fn api_key(key: &str) -> Scope {
    let encoded = key
        .strip_prefix("bedrock-api-key-")
        .or_else(|| key.strip_prefix("ABSK"));
    let Some(decoded) = encoded.and_then(decode) else {
        return Scope::default();
    };
    if let Some((_, query)) = decoded.split_once('?') {
        return presigned(query);
    }
    let name = decoded.split_once(':').map_or(&*decoded, |(name, _)| name);
    let account = name.rsplit_once("-at-").map(|(_, account)| account);
    Scope {
        account: account
            .filter(|account| is_account(account))
            .map(str::to_owned),
        region: None,
    }
}

fn decode(encoded: &str) -> Option<String> {
    // Version suffixes such as `&Version=1` follow short-term keys.
    let encoded = encoded
        .split('&')
        .next()
        .filter(|text| text.len() <= API_KEY_BYTES)?;
    let padded: Cow<'_, str> = match encoded.len() % 4 {
        0 => encoded.into(),
        odd => format!("{encoded}{}", "=".repeat(4 - odd)).into(),
    };
    let decoded = aws_smithy_types::base64::decode(padded.as_ref()).ok()?;
    String::from_utf8(decoded).ok()
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Regions end up in ARNs and must not break them.
fn is_region(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(authorization: Option<&str>, uri: &str) -> (Option<String>, Option<String>) {
        let mut headers = HeaderMap::new();
        if let Some(value) = authorization {
            headers.insert(
                header::AUTHORIZATION,
                value.parse().expect("a header value"),
            );
        }
        let scope = scope(&headers, &uri.parse().expect("a URI"));
        (scope.account, scope.region)
    }

    fn pair(account: &str, region: &str) -> (Option<String>, Option<String>) {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (text(account), text(region))
    }

    #[test]
    fn signature_names_the_region_and_perhaps_the_account() {
        let header = |key: &str| {
            format!(
                "AWS4-HMAC-SHA256 Credential={key}/20260101/eu-west-1/bedrock/aws4_request, \
                 SignedHeaders=host;x-amz-date, Signature=00"
            )
        };
        assert_eq!(
            read(Some(&header("AKIAIOSFODNN7EXAMPLE")), "/"),
            pair("", "eu-west-1")
        );
        assert_eq!(
            read(Some(&header("123456789012")), "/"),
            pair("123456789012", "eu-west-1")
        );
        assert_eq!(
            read(Some(&header("123456789012").replace(", ", ",")), "/"),
            pair("123456789012", "eu-west-1")
        );
    }

    #[test]
    fn presigned_target_names_them_too() {
        let uri = "/model/x/invoke?X-Amz-Credential=123456789012%2F20260101%2Fus-west-2%2Fbedrock%2Faws4_request";
        assert_eq!(read(None, uri), pair("123456789012", "us-west-2"));
    }

    #[test]
    fn long_term_api_key_names_the_account() {
        let key = aws_smithy_types::base64::encode("BedrockAPIKey-abcd-at-123456789012:c2VjcmV0");
        assert_eq!(
            read(Some(&format!("Bearer ABSK{key}")), "/"),
            pair("123456789012", "")
        );
        assert_eq!(
            read(
                Some(&format!("bearer ABSK{}", key.trim_end_matches('='))),
                "/"
            ),
            pair("123456789012", "")
        );
    }

    #[test]
    fn short_term_api_key_is_a_presigned_url() {
        let url = "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Credential=AKIA%2F20260101%2Fap-northeast-1%2Fbedrock%2Faws4_request";
        let key = aws_smithy_types::base64::encode(url);
        assert_eq!(
            read(
                Some(&format!("Bearer bedrock-api-key-{key}&Version=1")),
                "/"
            ),
            pair("", "ap-northeast-1")
        );
    }

    #[test]
    fn anything_else_names_nothing() {
        for header in [
            "Bearer sk-1234",
            "Bearer ABSK!!!",
            "Basic dXNlcjpwYXNz",
            "",
            "AWS4-HMAC-SHA256 Credential=a/b",
        ] {
            assert_eq!(read(Some(header), "/"), pair("", ""), "{header}");
        }
        let odd =
            "AWS4-HMAC-SHA256 Credential=123456789012/20260101/US EAST:1/bedrock/aws4_request";
        assert_eq!(read(Some(odd), "/"), pair("123456789012", ""));
    }
}
