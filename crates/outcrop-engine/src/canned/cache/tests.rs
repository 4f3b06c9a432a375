use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use super::*;

#[derive(Debug, Clone, Default)]
struct Hands(Arc<Mutex<Duration>>);

impl Hands {
    fn advance(&self, seconds: u64) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds);
    }
}

impl Clock for Hands {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

/// Blocks of 1000 tokens named by letters; `|` is a point for five minutes, `!` for an hour.
fn request_of(scope: &str, blocks: &str) -> Prefix {
    let mut prefix = Prefix::new(&[scope]);
    for letter in blocks.chars() {
        match letter {
            '|' => prefix.point(Ttl::FiveMinutes),
            '!' => prefix.point(Ttl::OneHour),
            _ => prefix.push("user", letter.to_string().as_bytes(), 1000),
        }
    }
    prefix
}

fn request(blocks: &str) -> Prefix {
    request_of("account", blocks)
}

fn usage(read: u64, short: u64, long: u64) -> CacheUsage {
    CacheUsage {
        read,
        written_5m: short,
        written_1h: long,
    }
}

fn send(cache: &PromptCache, blocks: &str) -> CacheUsage {
    cache.account(&request(blocks), 1000).unwrap()
}

#[test]
fn written_on_first_sight_and_read_on_the_next() {
    let cache = PromptCache::default();
    assert_eq!(send(&cache, "ab|c"), usage(0, 2000, 0));
    assert_eq!(send(&cache, "ab|c"), usage(2000, 0, 0));
    assert_eq!(send(&cache, "ab|d"), usage(2000, 0, 0));
    assert_eq!(send(&cache, "xb|c"), usage(0, 2000, 0));
    assert_eq!(send(&cache, "abc"), usage(0, 0, 0));
    assert_eq!(send(&cache, "|abc"), usage(0, 0, 0));
}

#[test]
fn a_point_that_moves_along_reads_what_came_before_it() {
    let cache = PromptCache::default();
    assert_eq!(send(&cache, "ab|"), usage(0, 2000, 0));
    assert_eq!(send(&cache, "abcd|"), usage(2000, 2000, 0));
    assert_eq!(send(&cache, "abcdef|"), usage(4000, 2000, 0));
    // The prefix of one block was never written.
    assert_eq!(send(&cache, "axcd|"), usage(0, 4000, 0));
}

#[test]
fn only_twenty_blocks_are_looked_back() {
    let cache = PromptCache::default();
    send(&cache, "a|");
    let near = format!("a{}|", "b".repeat(20));
    assert_eq!(send(&cache, &near), usage(1000, 20_000, 0));
    let far = format!("a{}|", "c".repeat(21));
    assert_eq!(send(&cache, &far), usage(0, 22_000, 0));
    let pointed = format!("a|{}|", "d".repeat(21));
    assert_eq!(send(&cache, &pointed), usage(1000, 21_000, 0));
}

#[test]
fn prefixes_live_as_long_as_they_say_since_their_last_use() {
    let hands = Hands::default();
    let cache = PromptCache::new(hands.clone());
    assert_eq!(send(&cache, "a!b|"), usage(0, 1000, 1000));
    hands.advance(299);
    assert_eq!(send(&cache, "a!b|"), usage(2000, 0, 0));
    hands.advance(299);
    assert_eq!(send(&cache, "a!b|"), usage(2000, 0, 0));
    hands.advance(300);
    assert_eq!(send(&cache, "a!b|"), usage(1000, 1000, 0));
    hands.advance(3600);
    assert_eq!(send(&cache, "a!b|"), usage(0, 1000, 1000));
}

#[test]
fn points_below_the_minimum_are_passed_over() {
    let cache = PromptCache::default();
    assert_eq!(cache.account(&request("a|bc"), 1024), Ok(usage(0, 0, 0)));
    assert_eq!(
        cache.account(&request("a|b|c"), 1024),
        Ok(usage(0, 2000, 0))
    );
    assert_eq!(cache.account(&request("a|bc"), 1024), Ok(usage(0, 0, 0)));
}

#[test]
fn scopes_share_nothing() {
    let cache = PromptCache::default();
    cache.account(&request_of("one", "a|"), 0).unwrap();
    assert_eq!(
        cache.account(&request_of("two", "a|"), 0),
        Ok(usage(0, 1000, 0))
    );
    assert_eq!(
        cache.account(&request_of("one", "a|"), 0),
        Ok(usage(1000, 0, 0))
    );
}

#[test]
fn points_beyond_the_limit_and_out_of_order_are_refused() {
    let cache = PromptCache::default();
    assert!(cache.account(&request("a|b|c|d|"), 0).is_ok());
    let error = cache.account(&request("a|b|c|d|e|"), 0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "A maximum of 4 blocks with cache_control may be provided. Found 5."
    );
    assert!(cache.account(&request("a!b!c|d|"), 0).is_ok());
    assert_eq!(cache.account(&request("a|b!"), 0), Err(CacheError::Order));
}
