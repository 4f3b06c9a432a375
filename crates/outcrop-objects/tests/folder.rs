//! What only a folder has: messages that name it, and links.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test, too"
)]

use bytes::Bytes;
use outcrop_objects::{Objects, ObjectsError, S3Uri};

fn at(key: &str) -> S3Uri {
    S3Uri::new("bucket", key).unwrap()
}

#[tokio::test]
async fn messages_name_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let objects = Objects::folder(root.path());
    let error = objects.get(&at("key"), 1).await.unwrap_err().to_string();
    let bucket = root.path().join("bucket");
    assert!(
        error.contains(&format!("make the folder {}", bucket.display())),
        "{error}"
    );
    std::fs::create_dir(bucket).unwrap();
    let error = objects.get(&at("key"), 1).await.unwrap_err().to_string();
    assert!(
        error.contains("s3://bucket/key") && error.contains(root.path().to_str().unwrap()),
        "{error}"
    );
}

#[tokio::test]
async fn locations_made_without_checks_cannot_leave_the_folder() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("secret"), "secret").unwrap();
    std::fs::create_dir_all(root.path().join("root/bucket")).unwrap();
    let objects = Objects::folder(root.path().join("root"));
    for (bucket, key) in [
        ("bucket", "../../secret"),
        ("..", "secret"),
        ("bucket", "/etc/passwd"),
        ("", "../secret"),
    ] {
        let uri = S3Uri {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
        };
        assert!(
            matches!(objects.get(&uri, 100).await, Err(ObjectsError::Uri(_))),
            "{uri}"
        );
        assert!(
            matches!(
                objects.put(&uri, Bytes::new()).await,
                Err(ObjectsError::Uri(_))
            ),
            "{uri}"
        );
    }
    for key in ["%2e%2e/%2e%2e/secret", "..%2f..%2fsecret"] {
        assert!(
            matches!(
                objects.get(&at(key), 100).await,
                Err(ObjectsError::NoSuchKey { .. })
            ),
            "{key}"
        );
    }
}

#[cfg(unix)]
#[tokio::test]
async fn links_out_of_the_bucket_are_not_followed() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().unwrap();
    let (bucket, outside) = (root.path().join("bucket"), root.path().join("outside"));
    std::fs::create_dir_all(bucket.join("inside")).unwrap();
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("secret"), "secret").unwrap();
    std::fs::write(bucket.join("inside/file"), "file").unwrap();
    symlink(&outside, bucket.join("folder")).unwrap();
    symlink(outside.join("secret"), bucket.join("file")).unwrap();
    symlink(outside.join("new"), bucket.join("dangling")).unwrap();
    symlink(bucket.join("inside"), bucket.join("link")).unwrap();
    let objects = Objects::folder(root.path());
    for key in [
        "folder/secret",
        "file",
        "folder/new",
        "dangling",
        "dangling/x",
    ] {
        assert!(
            matches!(
                objects.get(&at(key), 100).await,
                Err(ObjectsError::AccessDenied { .. })
            ),
            "{key}"
        );
        assert!(
            matches!(
                objects.put(&at(key), Bytes::new()).await,
                Err(ObjectsError::AccessDenied { .. })
            ),
            "{key}"
        );
        assert!(
            matches!(
                objects.upload(&at(key)).await,
                Err(ObjectsError::AccessDenied { .. })
            ),
            "{key}"
        );
    }
    assert_eq!(objects.get(&at("link/file"), 100).await.unwrap(), "file");
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 1);
}
