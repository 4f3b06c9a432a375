//! Matching a path against the model's URI patterns.

/// One segment of a URI pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Literal(String),
    Label,
    Greedy,
}

/// Splits a URI pattern such as `/model/{modelId}/converse`.
pub(super) fn parse_pattern(uri: &str) -> Vec<Segment> {
    let segments = uri.trim_start_matches('/').split('/');
    segments
        .map(|segment| {
            match segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                Some(label) if label.ends_with('+') => Segment::Greedy,
                Some(_) => Segment::Label,
                None => Segment::Literal(segment.to_owned()),
            }
        })
        .collect()
}

/// How many segments of the path each segment of the pattern takes, or `None` if the path does not match.
///
/// A label takes one segment, but an ARN whose slashes were sent as they are takes as many as it has.
pub(super) fn match_path(pattern: &[Segment], path: &[&str]) -> Option<Vec<usize>> {
    let (Some(first), Some(segment)) = (pattern.first(), path.first()) else {
        return (pattern.is_empty() && path.is_empty()).then(Vec::new);
    };
    let most = match first {
        Segment::Literal(literal) if literal == segment => 1,
        Segment::Literal(_) => return None,
        Segment::Label if !starts_arn(segment) => 1,
        // The rest of the pattern takes at least one segment each.
        Segment::Label | Segment::Greedy => path.len().checked_sub(pattern.len() - 1)?,
    };
    (1..=most).find_map(|taken| {
        let mut spans = match_path(&pattern[1..], &path[taken..])?;
        spans.insert(0, taken);
        Some(spans)
    })
}

/// The path with each label's own slashes encoded.
pub(super) fn encode(path: &[&str], spans: &[usize]) -> String {
    let mut encoded = String::with_capacity(path.iter().map(|segment| segment.len() + 3).sum());
    let mut rest = path;
    for &span in spans {
        let (taken, after) = rest.split_at(span);
        encoded.push('/');
        encoded.push_str(&taken.join("%2F"));
        rest = after;
    }
    encoded
}

fn starts_arn(segment: &str) -> bool {
    let prefix = |length: usize| segment.get(..length).unwrap_or_default();
    prefix(4).eq_ignore_ascii_case("arn:") || prefix(6).eq_ignore_ascii_case("arn%3a")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(pattern: &str, path: &str) -> Option<String> {
        let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match_path(&parse_pattern(pattern), &path).map(|spans| encode(&path, &spans))
    }

    #[test]
    fn label_takes_one_segment() {
        let pattern = "/model/{modelId}/converse";
        assert_eq!(
            encoded(pattern, "/model/a.b-v1:0/converse").as_deref(),
            Some("/model/a.b-v1:0/converse")
        );
        assert_eq!(
            encoded(pattern, "/model//converse").as_deref(),
            Some("/model//converse")
        );
        assert_eq!(encoded(pattern, "/model/a/b/converse"), None);
        assert_eq!(encoded(pattern, "/model/a"), None);
        assert_eq!(encoded(pattern, "/model/a/invoke"), None);
    }

    #[test]
    fn arn_keeps_its_slashes() {
        let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile";
        let path = format!("/model/{arn}/abc/converse");
        let expected = format!("/model/{arn}%2Fabc/converse");
        assert_eq!(
            encoded("/model/{modelId}/converse", &path).as_deref(),
            Some(expected.as_str())
        );
        let path = path.replace(':', "%3A");
        assert_eq!(
            encoded("/model/{modelId}/converse", &path),
            Some(expected.replace(':', "%3A"))
        );
    }

    #[test]
    fn arn_at_the_end_takes_the_rest() {
        let expected = Some("/things/arn:aws:x%2Fa%2Fb".to_owned());
        assert_eq!(
            encoded("/things/{thingId}", "/things/arn:aws:x/a/b"),
            expected
        );
    }

    #[test]
    fn arn_leaves_what_follows() {
        let expected = Some("/things/arn:x%2Fa/builds/7".to_owned());
        assert_eq!(
            encoded(
                "/things/{thingId}/builds/{buildId}",
                "/things/arn:x/a/builds/7"
            ),
            expected
        );
    }

    #[test]
    fn greedy_label_takes_what_it_can() {
        assert_eq!(
            encoded("/o/{key+}/x", "/o/a/b/x").as_deref(),
            Some("/o/a%2Fb/x")
        );
    }
}
