use std::sync::Arc;

use outcrop_catalogue::Catalogue;

use super::*;
use crate::canned::media::{detect, media_seconds};

fn request(prompts: &[&str]) -> VideoRequest {
    let shots = prompts.iter().map(|prompt| VideoShot {
        prompt: (*prompt).to_owned(),
        images: Vec::new(),
        seed: 42,
    });
    let catalogue = Catalogue::builtin().unwrap();
    VideoRequest {
        model: Arc::clone(catalogue.model("amazon.nova-reel-v1:1").unwrap()),
        caller: crate::Caller {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        },
        shots: shots.collect(),
        seconds_per_shot: 6,
        width: 1280,
        height: 720,
        frames_per_second: 24,
        loops: false,
    }
}

/// The numbers of a table's entries, of those that have one number each.
fn entries(file: &[u8], table: &[u8], header: usize) -> Vec<u32> {
    let at = file.windows(4).position(|window| window == table).unwrap();
    let number = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
    let count = usize::try_from(number(at + header)).unwrap();
    (1..=count)
        .map(|entry| number(at + header + entry * 4))
        .collect()
}

#[test]
fn videos_have_the_asked_length_and_pictures() {
    let file = film(&request(&["a lighthouse", "a windmill"])).unwrap();
    assert_eq!(detect(&file), "video/mp4");
    assert!((media_seconds(&file) - 12.0).abs() < 1e-9);
    let sizes = entries(&file, b"stsz", 12);
    assert_eq!(sizes.len(), 2 * 6 * 24);
    let keys = entries(&file, b"stss", 8);
    assert_eq!(keys.iter().step_by(12).collect::<Vec<_>>(), [&1, &145]);
    // The pictures are where the file says, and are all of its last box.
    let place = usize::try_from(entries(&file, b"stco", 8)[0]).unwrap();
    assert_eq!(&file[place - 4..place], b"mdat");
    let all: u32 = sizes.iter().sum();
    assert_eq!(file.len() - place, usize::try_from(all).unwrap());
    assert!(file.len() < 300_000, "{} bytes", file.len());
}

#[test]
fn videos_follow_from_what_is_asked() {
    let plain = request(&["a lighthouse"]);
    let film = |request| film(&request).unwrap();
    assert_eq!(film(plain.clone()), film(plain.clone()));
    let mut seeded = plain.clone();
    seeded.shots[0].seed = 43;
    let mut illustrated = plain.clone();
    illustrated.shots[0].images.push(vec![1, 2, 3]);
    for other in [seeded, illustrated, request(&["a windmill"])] {
        assert_ne!(film(plain.clone()), film(other));
    }
}

#[test]
fn a_loop_ends_as_it_begins() {
    let places = |loops| (0..5).map(move |moved| place(moved, 5, loops));
    assert!(places(false).eq(0..5));
    assert!(places(true).eq([0, 1, 2, 1, 0]));
    let plain = request(&["a lighthouse"]);
    let looped = VideoRequest {
        loops: true,
        ..plain.clone()
    };
    assert_ne!(film(&plain), film(&looped));
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    for (width, height) in [(0, 720), (1280, 721), (100_000, 100_000), (4096, 2160)] {
        let mut request = request(&["a lighthouse"]);
        (request.width, request.height) = (width, height);
        assert_eq!(film(&request), Err(VideoError::Size { width, height }));
    }
    let mut long = request(&["a lighthouse"]);
    long.seconds_per_shot = u32::MAX;
    assert!(matches!(film(&long), Err(VideoError::Length { .. })));
    assert!(matches!(
        film(&request(&[])),
        Err(VideoError::Length { .. })
    ));
    let mut fast = request(&["a lighthouse"]);
    fast.frames_per_second = 0;
    assert!(matches!(film(&fast), Err(VideoError::Length { .. })));
}
