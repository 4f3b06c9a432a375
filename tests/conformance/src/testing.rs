//! Exchanges for the unit tests of this crate.

use http::Method;

use crate::{answer::Answer, client::Outgoing, constraint::table::Table, recording::Exchange};

/// An exchange with a Nova model that was recorded completely.
pub(crate) fn exchange(operation: &str, request: &str, answer: &str) -> Exchange {
    Exchange {
        file: "own/fixture.json".to_owned(),
        operation: operation.to_owned(),
        model: "us.amazon.nova-lite-v1:0".to_owned(),
        provider: "amazon".to_owned(),
        flags: Vec::new(),
        request: Outgoing {
            method: Method::POST,
            path: "/model/us.amazon.nova-lite-v1%3A0/converse".to_owned(),
            headers: Vec::new(),
            body: request.to_owned().into(),
        },
        answer: json(answer),
        keeps_order: true,
        day: Some(20_260_501),
    }
}

/// A successful JSON answer.
pub(crate) fn json(body: &str) -> Answer {
    Answer {
        status: 200,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.to_owned().into(),
    }
}

/// A small constraint table with every kind of shape.
pub(crate) fn table() -> Table {
    let text = r#"{
      "operations": [ { "name": "CreateThing", "method": "POST", "uri": "/things/{id}", "query": [], "input": "CreateThing" } ],
      "shapes": {
        "CreateThing": { "type": "structure", "members": {
          "id": { "target": "Id", "required": true, "in": "label" },
          "count": { "target": "Integer", "range": [1, 5] },
          "dry": { "target": "Boolean", "in": "query:dryRun" },
          "kind": { "target": "Kind" },
          "labels": { "target": "Labels" },
          "source": { "target": "Source" },
          "tags": { "target": "Tags", "required": true } } },
        "Id": { "type": "string", "length": [2, 4], "pattern": "[a-z]+" },
        "Kind": { "type": "string", "enum": ["RED", "BLUE"] },
        "Labels": { "type": "map", "key": { "target": "String", "length": [1, 3] }, "value": { "target": "String" } },
        "Source": { "type": "union", "members": { "text": { "target": "String" }, "bytes": { "target": "Blob" } } },
        "Tag": { "type": "structure", "members": {
          "key": { "target": "String", "required": true }, "value": { "target": "String" } } },
        "Tags": { "type": "list", "length": [1, 2], "unique": true, "member": { "target": "Tag" } } } }"#;
    Table::parse(text).expect("a table")
}
