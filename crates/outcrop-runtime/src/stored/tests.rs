use std::sync::{Arc, Mutex};

use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, ImageBlock, ImageFormat, ImageSource, Message, ToolResultBlock,
    ToolResultContentBlock, VideoBlock, VideoSource,
};
use futures_util::future::BoxFuture;
use outcrop_catalogue::Catalogue;
use serde_json::{Value, json};

use super::*;

/// Objects whose contents are their own locations, of which `s3://b/none` is not there. Notes what is asked.
#[derive(Default)]
struct Echoes {
    asked: Mutex<Vec<(String, u64)>>,
    held: Arc<()>,
}

impl StoredObjects for Echoes {
    fn get<'a>(&'a self, uri: &'a str, limit: u64) -> BoxFuture<'a, Result<Fetched, StoredError>> {
        self.asked.lock().unwrap().push((uri.to_owned(), limit));
        Box::pin(async move {
            if uri == "s3://b/none" {
                return Err(StoredError::NotFound(format!("{uri} does not exist")));
            }
            let hold = Box::new(Arc::clone(&self.held));
            let bytes = uri.as_bytes().to_vec();
            Ok(Fetched { bytes, hold })
        })
    }
}

fn model(id: &str) -> Model {
    let catalogue = Catalogue::builtin().unwrap();
    Model::clone(catalogue.model(id).unwrap())
}

fn location(uri: &str) -> S3Location {
    let bucket_owner = Some("123456789012".to_owned());
    let uri = uri.to_owned();
    S3Location { bucket_owner, uri }
}

fn image(uri: &str) -> ImageBlock {
    ImageBlock {
        error: None,
        format: ImageFormat::Png,
        source: ImageSource::S3Location(location(uri)),
    }
}

fn messages(uri: &str) -> Vec<Message> {
    let video = VideoBlock {
        format: "mp4".to_owned(),
        source: VideoSource::S3Location(location("s3://b/v")),
    };
    let result = ToolResultBlock {
        content: vec![ToolResultContentBlock::Image(image(uri))],
        status: None,
        tool_use_id: "t".to_owned(),
        r#type: None,
    };
    let content = vec![
        ContentBlock::Text("What is this?".to_owned()),
        ContentBlock::Video(video),
        ContentBlock::ToolResult(result),
    ];
    let role = ConversationRole::User;
    vec![Message { content, role }]
}

#[tokio::test]
async fn blocks_get_their_bytes_and_memory_is_given_back() {
    let objects = Echoes::default();
    let mut messages = messages("s3://b/i");
    let mut stock = Stock::default();
    let nova = model("amazon.nova-lite-v1:0");
    stock.fill(&objects, &nova, &mut messages).await.unwrap();
    let [
        _,
        ContentBlock::Video(video),
        ContentBlock::ToolResult(result),
    ] = &messages[0].content[..]
    else {
        panic!("{messages:?}");
    };
    assert_eq!(video.source.as_bytes().unwrap().as_ref(), b"s3://b/v");
    let image = result.content[0].as_image().unwrap();
    assert_eq!(image.source.as_bytes().unwrap().as_ref(), b"s3://b/i");
    let asked = objects.asked.lock().unwrap();
    let expected = [
        ("s3://b/v".to_owned(), 1 << 30),
        ("s3://b/i".to_owned(), (2 << 30) - 8),
    ];
    assert_eq!(*asked, expected);
    assert_eq!(Arc::strong_count(&objects.held), 3);
    drop(stock);
    assert_eq!(Arc::strong_count(&objects.held), 1);
}

#[tokio::test]
async fn what_cannot_be_fetched_is_refused() {
    let objects = Echoes::default();
    let mut stock = Stock::default();
    let nova = model("amazon.nova-lite-v1:0");
    let mut missing = messages("s3://b/none");
    let refused = stock.fill(&objects, &nova, &mut missing).await;
    let text = "The provided S3 URI does not exist: s3://b/none does not exist. Correct the URI and try again.";
    assert_eq!(refused, Err(EngineError::Validation(text.to_owned())));
    let claude = model("anthropic.claude-sonnet-4-5-20250929-v1:0");
    let taken = stock
        .fetch(&objects, &claude, &location("s3://b/d"), 99)
        .await;
    assert_eq!(taken.as_deref(), Ok(&b"s3://b/d"[..]));
    let other = model("meta.llama3-2-11b-instruct-v1:0");
    let refused = stock
        .fill(&objects, &other, &mut messages("s3://b/i"))
        .await;
    let text = "This model doesn't support the s3Uri field. Remove s3Uri and try again.";
    assert_eq!(refused, Err(EngineError::Validation(text.to_owned())));
    let owner = S3Location {
        bucket_owner: Some("me".to_owned()),
        uri: "s3://b/i".to_owned(),
    };
    let refused = stock.fetch(&objects, &nova, &owner, 9).await;
    assert!(refused.is_err_and(|error| error.to_string().contains("bucketOwner")));
}

/// A body after the contents of its objects have been put into it.
async fn filled(id: &str, body: &Value) -> Option<Value> {
    let (objects, body) = (Echoes::default(), body.to_string());
    let mut stock = Stock::default();
    let filled = stock.fill_body(&objects, &model(id), body.as_bytes()).await;
    filled
        .unwrap()
        .map(|body| serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn bodies_get_the_contents_of_their_objects() {
    let location = json!({"s3Location": {"uri": "s3://b/k"}});
    let nova = "amazon.nova-2-multimodal-embeddings-v1:0";
    let body = |kind: &str, content: Value| json!({"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": {kind: content}});
    let contents = "czM6Ly9iL2s=";
    let image = body("image", json!({"format": "png", "source": location}));
    let expected = body(
        "image",
        json!({"format": "png", "source": {"bytes": contents}}),
    );
    assert_eq!(filled(nova, &image).await, Some(expected));
    let text = body("text", json!({"truncationMode": "END", "source": location}));
    let expected = body(
        "text",
        json!({"truncationMode": "END", "value": "s3://b/k"}),
    );
    assert_eq!(filled(nova, &text).await, Some(expected));
    let marengo = "twelvelabs.marengo-embed-3-0-v1:0";
    let named = |source: Value| json!({"inputType": "multi_input", "multi_input": {"mediaSources": [{"mediaType": "image", "name": "a"}, source]}});
    let expected = named(json!({"base64String": contents}));
    assert_eq!(
        filled(marengo, &named(location.clone())).await,
        Some(expected)
    );
    let flat = json!({"inputType": "image", "mediaSource": location});
    let expected = json!({"inputType": "image", "mediaSource": {"base64String": contents}});
    assert_eq!(
        filled("twelvelabs.marengo-embed-2-7-v1:0", &flat).await,
        Some(expected)
    );
    assert_eq!(
        filled(nova, &body("text", json!({"value": "s3Location"}))).await,
        None
    );
}
