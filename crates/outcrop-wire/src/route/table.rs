//! The routes of all services, indexed by their first path segment.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use http::Method;

use super::{
    operation::{OperationName, RoutedOperation},
    path::{Segment, encode, match_path, parse_pattern},
};
use crate::constraint::{ConstraintTable, TableError};

/// How many segments a base path may have.
const BASE_PATH_SEGMENTS: usize = 8;

/// Longest path that is looked at, in segments.
const PATH_SEGMENTS: usize = 64;

/// The routes of one service, and which of its operations have no handler.
#[derive(Debug)]
pub struct ServiceRoutes {
    table: Arc<ConstraintTable>,
    not_served: HashSet<String>,
}

impl ServiceRoutes {
    /// `not_served` lists the operations that have no handler; they answer with 501.
    pub fn new(table: Arc<ConstraintTable>, not_served: impl IntoIterator<Item = String>) -> Self {
        let not_served = not_served.into_iter().collect();
        Self { table, not_served }
    }
}

/// The routes of all services.
#[derive(Debug)]
pub struct RouteTable {
    by_first_segment: HashMap<String, Vec<Route>>,
}

#[derive(Debug)]
struct Route {
    operation: OperationName,
    method: Method,
    pattern: Vec<Segment>,
    query: Vec<(String, Option<String>)>,
}

/// What the table says about a request.
#[derive(Debug)]
pub(super) enum Resolution {
    /// The operation, and the path to go on with where it differs from the one received.
    Found(OperationName, Option<String>),
    /// The path is known, but with other methods.
    WrongMethod(Vec<Method>),
    Unknown,
}

impl RouteTable {
    /// Puts the routes of several services together. Their order is the order of dispatch.
    pub fn new(services: impl IntoIterator<Item = ServiceRoutes>) -> Result<Self, TableError> {
        let mut by_first_segment: HashMap<String, Vec<Route>> = HashMap::new();
        for (position, service) in services.into_iter().enumerate() {
            for index in 0..service.table.operations().len() {
                let (first, route) = Route::new(&service, position, index)?;
                by_first_segment.entry(first).or_default().push(route);
            }
        }
        for routes in by_first_segment.values_mut() {
            routes.sort_by_key(|route| std::cmp::Reverse(route.rank()));
        }
        Ok(Self { by_first_segment })
    }

    /// Finds the operation of a request.
    ///
    /// Whatever stands before the first segment that begins a matching route is a base path such as `/v1`.
    pub(super) fn resolve(&self, method: &Method, path: &str, query: Option<&str>) -> Resolution {
        let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        if segments.len() > PATH_SEGMENTS {
            return Resolution::Unknown;
        }
        let mut allowed = Vec::new();
        for start in 0..segments.len().min(BASE_PATH_SEGMENTS + 1) {
            let rest = &segments[start..];
            for route in self.by_first_segment.get(rest[0]).into_iter().flatten() {
                let Some(spans) =
                    match_path(&route.pattern, rest).filter(|_| route.query_matches(query))
                else {
                    continue;
                };
                if route.method != *method {
                    allowed.push(route.method.clone());
                    continue;
                }
                let rewritten = start > 0 || spans.iter().any(|&span| span > 1);
                return Resolution::Found(
                    route.operation.clone(),
                    rewritten.then(|| encode(rest, &spans)),
                );
            }
        }
        if allowed.is_empty() {
            Resolution::Unknown
        } else {
            Resolution::WrongMethod(allowed)
        }
    }
}

impl Route {
    fn new(
        service: &ServiceRoutes,
        position: usize,
        index: usize,
    ) -> Result<(String, Self), TableError> {
        let entry = &service.table.operations()[index];
        let pattern = parse_pattern(&entry.uri);
        let Some(Segment::Literal(first)) = pattern.first() else {
            return Err(TableError::Route(entry.uri.clone()));
        };
        let first = first.clone();
        let served = !service.not_served.contains(&entry.name);
        let operation = RoutedOperation::new(&service.table, index, position, served);
        let query = entry
            .query
            .iter()
            .map(|literal| match literal.split_once('=') {
                Some((key, value)) => (key.to_owned(), Some(value.to_owned())),
                None => (literal.clone(), None),
            });
        let route = Self {
            operation: OperationName(Arc::new(operation)),
            method: entry.method.clone(),
            query: query.collect(),
            pattern,
        };
        Ok((first, route))
    }

    /// The most specific route comes first: more segments, more query literals, more literal segments.
    fn rank(&self) -> (usize, usize) {
        let literals = self
            .pattern
            .iter()
            .filter(|segment| matches!(segment, Segment::Literal(_)));
        (self.pattern.len() + self.query.len(), literals.count())
    }

    fn query_matches(&self, query: Option<&str>) -> bool {
        self.query.iter().all(|(key, value)| {
            let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
            pairs.any(|(name, found)| {
                name == *key && value.as_ref().is_none_or(|value| found == *value)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn resolve(method: &Method, target: &str) -> String {
        let (path, query) = target
            .split_once('?')
            .map_or((target, None), |(path, query)| (path, Some(query)));
        match testing::routes().resolve(method, path, query) {
            Resolution::Found(operation, None) => operation.as_str().to_owned(),
            Resolution::Found(operation, Some(path)) => format!("{} {path}", operation.as_str()),
            Resolution::WrongMethod(methods) => format!("only {methods:?}"),
            Resolution::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn routes_are_told_apart() {
        for (method, target, expected) in [
            (Method::POST, "/model/a.b/converse", "Converse"),
            (Method::POST, "/model/a.b/converse-stream", "ConverseStream"),
            (Method::GET, "/things", "ListThings"),
            (Method::GET, "/things/7", "GetThing"),
            (Method::DELETE, "/things/7", "DeleteThing"),
            (Method::POST, "/things/7?tags=x", "TagThing"),
            (Method::POST, "/things/7", "only [GET, DELETE]"),
            (Method::GET, "/model/a.b/converse", "only [POST]"),
            (Method::GET, "/", "unknown"),
            (Method::GET, "/thing", "unknown"),
            (Method::GET, "/things/7/8", "unknown"),
        ] {
            assert_eq!(resolve(&method, target), expected, "{target}");
        }
    }

    #[test]
    fn base_path_goes_away() {
        assert_eq!(
            resolve(&Method::POST, "/v1/model/a.b/converse"),
            "Converse /model/a.b/converse"
        );
        assert_eq!(
            resolve(&Method::GET, "/proxy/bedrock/v1/things"),
            "ListThings /things"
        );
        assert_eq!(resolve(&Method::GET, "//things"), "ListThings /things");
    }

    #[test]
    fn base_path_may_look_like_a_route() {
        assert_eq!(
            resolve(&Method::GET, "/model/things/7"),
            "GetThing /things/7"
        );
    }

    #[test]
    fn raw_slashes_of_an_arn_are_encoded() {
        let target = "/model/arn:aws:bedrock:us-east-1:1:profile/abc/converse";
        let expected = "Converse /model/arn:aws:bedrock:us-east-1:1:profile%2Fabc/converse";
        assert_eq!(resolve(&Method::POST, target), expected);
        assert_eq!(resolve(&Method::POST, &format!("/v1{target}")), expected);
    }

    #[test]
    fn endless_path_is_unknown() {
        assert_eq!(resolve(&Method::GET, &"/a".repeat(100_000)), "unknown");
    }
}
