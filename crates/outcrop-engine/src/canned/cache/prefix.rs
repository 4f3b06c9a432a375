//! A request as the cache sees it: a chain of blocks, some of them followed by a cache point.

use std::time::Duration;

use crate::canned::chance::hash128;

/// How long a prefix lives after it was last used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ttl {
    /// The default.
    #[default]
    FiveMinutes,
    /// `ttl: "1h"`.
    OneHour,
}

impl Ttl {
    /// The same as a time span.
    #[must_use]
    pub fn duration(self) -> Duration {
        match self {
            Self::FiveMinutes => Duration::from_mins(5),
            Self::OneHour => Duration::from_hours(1),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Of everything up to the end of this block.
    pub(super) hash: u128,
    /// Tokens up to the end of this block.
    pub(super) total: u64,
    /// The cache point right after this block.
    pub(super) point: Option<Ttl>,
}

/// The blocks of one request in the order tools, system, messages.
#[derive(Debug, Clone)]
pub struct Prefix {
    hash: u128,
    total: u64,
    blocks: Vec<Block>,
}

impl Prefix {
    /// An empty request of `scope`: what must be equal before anything can be shared (account, region, model).
    #[must_use]
    pub fn new(scope: &[&str]) -> Self {
        let hash = scope
            .iter()
            .fold(0, |hash, part| chain(hash, part.as_bytes()));
        Self {
            hash,
            total: 0,
            blocks: Vec::new(),
        }
    }

    /// Adds a block: its canonical bytes, `kind` included (tool, role of the message), and what it counts for.
    pub fn push(&mut self, kind: &str, content: &[u8], tokens: u64) {
        self.hash = chain(chain(self.hash, kind.as_bytes()), content);
        self.total += tokens;
        self.blocks.push(Block {
            hash: self.hash,
            total: self.total,
            point: None,
        });
    }

    /// Puts a cache point after the last block. One before every block has nothing to cache.
    pub fn point(&mut self, ttl: Ttl) {
        if let Some(last) = self.blocks.last_mut() {
            last.point = Some(ttl);
        }
    }

    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }
}

fn chain(hash: u128, bytes: &[u8]) -> u128 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the halves are taken apart"
    )]
    let (low, high) = (hash as u64, (hash >> 64) as u64);
    hash128(bytes, low ^ high.rotate_left(32))
}
