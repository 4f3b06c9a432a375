use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use crate::testing::Server;

const PATH: &str = "/use-case-for-model-access";

#[tokio::test]
async fn the_form_is_handed_in_once_for_all_regions() {
    let server = Server::new(Duration::ZERO);
    let none = server.get(PATH).await;
    assert_eq!(
        none.error(),
        (
            404,
            "ResourceNotFoundException",
            "You have not filled out the request form. Fill out the form before getting access."
        )
    );
    for form in ["eyJjb21wYW55IjoiUm9jayJ9", "eyJjb21wYW55IjoiU3RvbmUifQ=="] {
        let answer = server.post(PATH, json!({ "formData": form })).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        for region in ["us-east-1", "eu-west-1"] {
            let seen = server
                .ask_from(region, Method::GET, PATH, Value::Null)
                .await;
            assert_eq!(seen.ok(), json!({ "formData": form }), "{region}");
        }
    }
    let short = server.post(PATH, json!({ "formData": "cm9jaw==" })).await;
    assert_eq!(short.refusal(), (400, "ValidationException"));
}
