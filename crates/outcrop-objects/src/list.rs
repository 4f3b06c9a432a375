//! Listing what a prefix has.

use std::{collections::BTreeMap, time::SystemTime};

use futures_util::TryStreamExt;
use object_store::{ObjectMeta, path::Path};

use crate::{Objects, ObjectsError, S3Uri};

/// An object, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it is.
    pub uri: S3Uri,
    /// Bytes.
    pub size: u64,
    /// When it was written.
    pub modified: SystemTime,
}

/// Some of the objects that a prefix has, in the order of their keys' bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The objects.
    pub objects: Vec<Listed>,
    /// Whether there are more: ask for those after the last one.
    pub more: bool,
}

impl Objects {
    /// At most `limit` objects whose keys start with the location's key, letter by letter as in S3, after the key
    /// `after`. Memory grows with `limit`, not with what is there.
    pub async fn list(
        &self,
        prefix: &S3Uri,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page, ObjectsError> {
        let located = self.located(prefix).await?;
        // The library's prefixes are whole parts of a path.
        let parent = prefix.key.rsplit_once('/').map_or("", |(parent, _)| parent);
        let parent = Path::parse(parent).map_err(|error| located.failed(&error.into()))?;
        let offset = after.and_then(|after| Path::parse(after).ok());
        let parent = (!parent.as_ref().is_empty()).then_some(&parent);
        let mut found = match &offset {
            Some(offset) => located.store.list_with_offset(parent, offset),
            None => located.store.list(parent),
        };
        let mut smallest: BTreeMap<String, ObjectMeta> = BTreeMap::new();
        while let Some(meta) = found
            .try_next()
            .await
            .map_err(|error| located.failed(&error))?
        {
            let key = meta.location.as_ref();
            if key.starts_with(&prefix.key) && after.is_none_or(|after| key > after) {
                smallest.insert(key.to_owned(), meta);
                if located.sorted && smallest.len() > limit {
                    break;
                }
                if smallest.len() > limit.saturating_add(1) {
                    smallest.pop_last();
                }
            }
        }
        let more = smallest.len() > limit;
        let listed = |(key, meta): (String, ObjectMeta)| Listed {
            uri: S3Uri {
                bucket: prefix.bucket.clone(),
                key,
            },
            size: meta.size,
            modified: meta.last_modified.into(),
        };
        Ok(Page {
            objects: smallest.into_iter().take(limit).map(listed).collect(),
            more,
        })
    }
}
