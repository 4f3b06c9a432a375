//! Paging through a listing.
//!
//! A token says which listing it is of and which item its page ended with, so it stays good while items come and go, and
//! the server keeps nothing. To clients it is opaque.

use aws_smithy_types::base64;

use crate::error::ControlError;

/// Items of a page where the request does not say. The service pages such listings too (quoted by users who missed what
/// was on the second page); how long its pages are is not published.
const DEFAULT_ITEMS: usize = 100;

/// Which page is asked for, in the members that all listings have.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PageRequest<'a> {
    /// `maxResults`; its range is the model's matter.
    pub(crate) max_results: Option<i32>,
    /// `nextToken`, as the page before gave it.
    pub(crate) next_token: Option<&'a str>,
}

/// A part of a listing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T> {
    /// The items, in the order of the listing.
    pub(crate) items: Vec<T>,
    /// The token of the page after this one; `None` at the end.
    pub(crate) next_token: Option<String>,
}

impl<T> Page<T> {
    /// The page of `listing` that `request` asks for. `name` names the listing with its filters; `id` says the id of an
    /// item, which no other item has.
    pub(crate) fn of(
        name: &str,
        listing: impl IntoIterator<Item = T>,
        id: impl Fn(&T) -> &str,
        request: PageRequest<'_>,
    ) -> Result<Self, ControlError> {
        let mut rest = listing.into_iter();
        if let Some(token) = request.next_token {
            let last = last_id(name, token).ok_or(ControlError::NextToken)?;
            rest.find(|item| id(item) == last)
                .ok_or(ControlError::NextToken)?;
        }
        let most = request.max_results.map_or(DEFAULT_ITEMS, |most| {
            usize::try_from(most).unwrap_or_default().max(1)
        });
        let items: Vec<T> = rest.by_ref().take(most).collect();
        let last = items.last().filter(|_| rest.next().is_some());
        let next_token = last.map(|item| token(name, id(item)));
        Ok(Self { items, next_token })
    }
}

fn token(name: &str, last_id: &str) -> String {
    base64::encode(format!("{name}\n{last_id}"))
}

fn last_id(name: &str, token: &str) -> Option<String> {
    let text = String::from_utf8(base64::decode(token).ok()?).ok()?;
    text.strip_prefix(name)?
        .strip_prefix('\n')
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTERS: [&str; 5] = ["a", "b", "c", "d", "e"];

    fn page(
        max_results: Option<i32>,
        next_token: Option<&str>,
    ) -> Result<Page<&'static str>, ControlError> {
        Page::of(
            "letters",
            LETTERS,
            |letter| letter,
            PageRequest {
                max_results,
                next_token,
            },
        )
    }

    fn all(max_results: i32) -> (usize, Vec<&'static str>) {
        let (mut pages, mut items, mut token) = (0, Vec::new(), None);
        loop {
            let next = page(Some(max_results), token.as_deref())
                .expect("the token is the one of the page before");
            assert!(next.items.len() <= usize::try_from(max_results).expect("is positive"));
            pages += 1;
            items.extend(next.items);
            token = next.next_token;
            if token.is_none() {
                return (pages, items);
            }
        }
    }

    #[test]
    fn pages_are_the_listing() {
        for (max_results, pages) in [(1, 5), (2, 3), (3, 2), (4, 2), (5, 1), (1000, 1)] {
            assert_eq!(
                all(max_results),
                (pages, LETTERS.to_vec()),
                "pages of {max_results}"
            );
        }
    }

    #[test]
    fn listing_without_a_size_has_pages_too() {
        let numbers: Vec<String> = (0..150).map(|number| number.to_string()).collect();
        let page = Page::of("numbers", &numbers, |number| number, PageRequest::default())
            .expect("has no token");
        assert_eq!(
            (page.items.len(), page.next_token.is_some()),
            (DEFAULT_ITEMS, true)
        );
    }

    #[test]
    fn nothing_is_one_empty_page() {
        let page = Page::of(
            "letters",
            [],
            |letter: &&str| letter,
            PageRequest::default(),
        )
        .expect("has no token");
        assert_eq!(
            page,
            Page {
                items: Vec::new(),
                next_token: None
            }
        );
    }

    #[test]
    fn token_is_of_its_listing() {
        let theirs = base64::encode("numbers\nb");
        let gone = token("letters", "z");
        for token in [
            "b",
            "",
            "!",
            "Yg==",
            &theirs,
            &gone,
            &base64::encode([0xff, 0xfe]),
        ] {
            let refused = page(None, Some(token)).err();
            assert!(
                matches!(refused, Some(ControlError::NextToken)),
                "{token:?}"
            );
        }
    }
}
