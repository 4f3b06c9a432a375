//! A schema of its own for each test, on the server that `OUTCROP_TEST_POSTGRES` names.

use tokio_postgres::{Client, NoTls};

pub(crate) struct Schema {
    name: String,
    /// The server's URL with the schema in it.
    pub(crate) url: String,
    pub(crate) client: Client,
}

impl Schema {
    /// `None`, with a message, where there is no server.
    pub(crate) async fn new() -> Option<Self> {
        let Ok(url) = std::env::var("OUTCROP_TEST_POSTGRES") else {
            println!("skipped: OUTCROP_TEST_POSTGRES has no URL; .ci/postgres COMMAND sets it");
            return None;
        };
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client
            .batch_execute(&format!("create schema {name}; set search_path = {name}"))
            .await
            .unwrap();
        let separator = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{separator}application_name={name}&options=-csearch_path%3D{name}");
        Some(Self { name, url, client })
    }

    /// Ends every connection of the stores, as a restart of the server does.
    pub(crate) async fn disconnect_stores(&self) -> i64 {
        let sql = "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = $1";
        self.client
            .query_one(sql, &[&self.name])
            .await
            .unwrap()
            .get(0)
    }

    pub(crate) async fn drop(self) {
        self.client
            .batch_execute(&format!("drop schema {} cascade", self.name))
            .await
            .unwrap();
    }
}
