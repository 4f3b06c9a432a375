//! What make of server this is, where a make can do more than the API says.

use std::{sync::Arc, time::Duration};

use serde_json::Value;
use tokio::sync::OnceCell;

use crate::{error::Fault, http::Http};

/// The longest time for the list of models that tells it. A request waits for this once.
const PATIENCE: Duration = Duration::from_secs(2);

/// Bytes of a list of models that are read.
const LONGEST_LIST: usize = 8 << 20;

/// Asked for when it is first needed. Clones share what is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Make {
    llama_cpp: Arc<OnceCell<bool>>,
}

impl Make {
    /// Whether it is llama.cpp's server, as its list of models says. One that gives no list is asked again
    /// with the next request that depends on it.
    pub(super) async fn is_llama_cpp(&self, http: &Http) -> bool {
        let ask = || async {
            let asked = tokio::time::timeout(PATIENCE, http.get("/models", LONGEST_LIST)).await;
            match asked {
                Ok(Ok(list)) => Ok(names_llama_cpp(&list)),
                Ok(Err(Fault::Status { .. })) => Ok(false),
                Ok(Err(_)) | Err(_) => Err(()),
            }
        };
        self.llama_cpp
            .get_or_try_init(ask)
            .await
            .is_ok_and(|known| *known)
    }
}

fn names_llama_cpp(list: &[u8]) -> bool {
    let list: Value = serde_json::from_slice(list).unwrap_or_default();
    list["data"]
        .as_array()
        .is_some_and(|models| models.iter().any(|model| model["owned_by"] == "llamacpp"))
}
