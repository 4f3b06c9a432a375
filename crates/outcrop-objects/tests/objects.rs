//! What a folder and an S3 endpoint do alike.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::single_match_else,
    reason = "helpers of tests fail the test, too"
)]

mod server;

use bytes::Bytes;
use outcrop_objects::{Objects, ObjectsError, S3Uri};

fn at(key: &str) -> S3Uri {
    S3Uri::new("bucket", key).unwrap()
}

macro_rules! on_both {
    ($($test:ident)+) => {
        mod folder {
            $(#[tokio::test]
            async fn $test() {
                let root = tempfile::tempdir().unwrap();
                std::fs::create_dir(root.path().join("bucket")).unwrap();
                super::$test(outcrop_objects::Objects::folder(root.path())).await;
            })+
        }

        mod s3 {
            $(#[tokio::test]
            async fn $test() {
                let server = super::server::Server::start().await;
                super::$test(outcrop_objects::Objects::s3(server.settings()).unwrap()).await;
            })+
        }
    };
}

on_both! {
    an_object_comes_back_as_it_went
    what_is_missing_is_told
    a_limit_is_kept
    ranges_are_read
    lines_are_read
    long_lines_are_refused
    a_large_object_is_uploaded
    an_upload_given_up_leaves_nothing
    listings_are_ordered_and_paged
    a_deleted_object_is_gone
    keys_may_be_any_text
    prefixes_are_no_objects
}

async fn an_object_comes_back_as_it_went(objects: Objects) {
    let uri = at("in/batch.jsonl");
    objects
        .put(&uri, Bytes::from_static(b"first"))
        .await
        .unwrap();
    objects
        .put(&uri, Bytes::from_static(b"content\0"))
        .await
        .unwrap();
    assert_eq!(objects.get(&uri, 8).await.unwrap(), "content\0");
    let head = objects.head(&uri).await.unwrap();
    assert_eq!((head.uri, head.size), (uri, 8));
    assert!(head.modified > std::time::UNIX_EPOCH && head.modified <= std::time::SystemTime::now());
}

async fn what_is_missing_is_told(objects: Objects) {
    let missing = objects.get(&at("missing"), 10).await.unwrap_err();
    assert!(
        matches!(&missing, ObjectsError::NoSuchKey { uri, .. } if *uri == at("missing")),
        "{missing}"
    );
    assert!(matches!(
        objects.head(&at("missing")).await,
        Err(ObjectsError::NoSuchKey { .. })
    ));
    assert!(matches!(
        objects.range(&at("missing"), 0..1).await,
        Err(ObjectsError::NoSuchKey { .. })
    ));
    assert!(matches!(
        objects.lines(&at("missing"), 1).await,
        Err(ObjectsError::NoSuchKey { .. })
    ));
    let elsewhere = S3Uri::new("no-such-bucket", "key").unwrap();
    let answers = [
        objects.get(&elsewhere, 10).await.map(drop),
        objects.put(&elsewhere, Bytes::new()).await,
        objects.list(&elsewhere, None, 1).await.map(drop),
    ];
    for answer in answers {
        let error = answer.unwrap_err();
        assert!(
            matches!(&error, ObjectsError::NoSuchBucket { bucket, .. } if bucket == "no-such-bucket"),
            "{error}"
        );
    }
}

async fn a_limit_is_kept(objects: Objects) {
    objects
        .put(&at("nine"), Bytes::from_static(b"123456789"))
        .await
        .unwrap();
    assert_eq!(objects.get(&at("nine"), 9).await.unwrap().len(), 9);
    let refused = objects.get(&at("nine"), 8).await;
    assert!(matches!(
        refused,
        Err(ObjectsError::TooLarge { limit: 8, .. })
    ));
    objects.put(&at("none"), Bytes::new()).await.unwrap();
    assert_eq!(objects.get(&at("none"), 0).await.unwrap(), "");
}

async fn ranges_are_read(objects: Objects) {
    objects
        .put(&at("nine"), Bytes::from_static(b"123456789"))
        .await
        .unwrap();
    for (range, bytes) in [
        (0..3, "123"),
        (3..9, "456789"),
        (7..99, "89"),
        (9..12, ""),
        (50..60, ""),
    ] {
        assert_eq!(
            objects.range(&at("nine"), range.clone()).await.unwrap(),
            bytes,
            "{range:?}"
        );
    }
}

async fn lines_are_read(objects: Objects) {
    for (text, expected) in [
        ("", vec![]),
        ("one", vec!["one"]),
        ("one\ntwo\r\n\nfour\n", vec!["one", "two", "", "four"]),
        ("a\rb\n\r\nlast\r", vec!["a\rb", "", "last\r"]),
    ] {
        objects
            .put(&at("lines"), Bytes::from_static(text.as_bytes()))
            .await
            .unwrap();
        let (mut lines, mut found) = (objects.lines(&at("lines"), 100).await.unwrap(), Vec::new());
        while let Some(line) = lines.next().await.unwrap() {
            found.push(String::from_utf8(line.to_vec()).unwrap());
        }
        assert_eq!(found, expected, "{text:?}");
        assert_eq!(lines.next().await.unwrap(), None);
    }
    // More than one chunk.
    let many: String = (0..50_000).map(|n| format!("line {n}\n")).collect();
    objects.put(&at("many"), Bytes::from(many)).await.unwrap();
    let mut lines = objects.lines(&at("many"), 20).await.unwrap();
    for n in 0..50_000 {
        assert_eq!(lines.next().await.unwrap().unwrap(), format!("line {n}"));
    }
    assert_eq!(lines.next().await.unwrap(), None);
}

async fn long_lines_are_refused(objects: Objects) {
    for text in [
        "1234\n12345\n1\n",
        "1234\r\n12345",
        "1234\n123456789123456789",
    ] {
        objects
            .put(&at("lines"), Bytes::from_static(text.as_bytes()))
            .await
            .unwrap();
        let mut lines = objects.lines(&at("lines"), 4).await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap(), "1234");
        assert!(matches!(
            lines.next().await,
            Err(ObjectsError::TooLarge { limit: 4, .. })
        ));
        assert_eq!(lines.next().await.unwrap(), None);
    }
}

async fn a_large_object_is_uploaded(objects: Objects) {
    let mut upload = objects.upload(&at("out/large")).await.unwrap();
    let mut expected = Vec::new();
    for n in 0..130_u8 {
        let piece = vec![n; 100_000];
        expected.extend_from_slice(&piece);
        upload.write(piece.into()).await.unwrap();
    }
    assert!(matches!(
        objects.head(&at("out/large")).await,
        Err(ObjectsError::NoSuchKey { .. })
    ));
    upload.finish().await.unwrap();
    assert!(objects.get(&at("out/large"), u64::MAX).await.unwrap() == expected);
}

async fn an_upload_given_up_leaves_nothing(objects: Objects) {
    let mut upload = objects.upload(&at("out/large")).await.unwrap();
    upload.write(vec![1; 6_000_000].into()).await.unwrap();
    upload.abort().await.unwrap();
    assert_eq!(objects.list(&at(""), None, 10).await.unwrap().objects, []);
}

async fn listings_are_ordered_and_paged(objects: Objects) {
    for key in ["b/2", "b/10", "b/1/x", "ba", "a", "b-", "c"] {
        objects
            .put(&at(key), Bytes::from_static(b"x"))
            .await
            .unwrap();
    }
    let keys = async |prefix: &str, after: Option<&str>, limit| {
        let page = objects.list(&at(prefix), after, limit).await.unwrap();
        (
            page.objects
                .into_iter()
                .map(|listed| listed.uri.key)
                .collect::<Vec<_>>(),
            page.more,
        )
    };
    let found = |keys: &[&str], more| {
        (
            keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>(),
            more,
        )
    };
    assert_eq!(
        keys("", None, 10).await,
        found(&["a", "b-", "b/1/x", "b/10", "b/2", "ba", "c"], false)
    );
    assert_eq!(
        keys("b", None, 3).await,
        found(&["b-", "b/1/x", "b/10"], true)
    );
    assert_eq!(
        keys("b", Some("b/10"), 3).await,
        found(&["b/2", "ba"], false)
    );
    assert_eq!(
        keys("b/", None, 3).await,
        found(&["b/1/x", "b/10", "b/2"], false)
    );
    assert_eq!(keys("b/1", None, 2).await, found(&["b/1/x", "b/10"], false));
    assert_eq!(keys("z", None, 3).await, found(&[], false));
}

async fn a_deleted_object_is_gone(objects: Objects) {
    objects.put(&at("key"), Bytes::new()).await.unwrap();
    objects.delete(&at("key")).await.unwrap();
    assert!(matches!(
        objects.head(&at("key")).await,
        Err(ObjectsError::NoSuchKey { .. })
    ));
    objects.delete(&at("key")).await.unwrap();
}

async fn keys_may_be_any_text(objects: Objects) {
    for key in [
        "ü 🦀/名前",
        "100%",
        "%2e%2e/x",
        "a+b&c=d?e",
        "...",
        "~x",
        "a:b*\"<>|",
    ] {
        objects
            .put(&at(key), Bytes::copy_from_slice(key.as_bytes()))
            .await
            .unwrap();
        assert_eq!(objects.get(&at(key), 100).await.unwrap(), key);
        let listed = objects.list(&at(key), None, 10).await.unwrap().objects;
        assert_eq!(
            listed
                .iter()
                .map(|found| found.uri.key.as_str())
                .collect::<Vec<_>>(),
            [key]
        );
    }
}

async fn prefixes_are_no_objects(objects: Objects) {
    for key in ["", "folder/"] {
        assert!(
            matches!(
                objects.put(&at(key), Bytes::new()).await,
                Err(ObjectsError::Uri(_))
            ),
            "{key}"
        );
        assert!(
            matches!(objects.get(&at(key), 1).await, Err(ObjectsError::Uri(_))),
            "{key}"
        );
    }
}
