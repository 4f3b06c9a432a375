//! Embeddings from hashed features: what is alike shares features, and so points the same way.

#![expect(clippy::cast_precision_loss, reason = "sizes of requests are small")]

use super::{
    chance::hash64,
    words::{trigrams, weight, words},
};

/// Each feature lands in this many places of the vector, which keeps chance collisions from mattering in short
/// vectors.
const PLACES: u64 = 3;
/// Values are rounded to this part of one, so that their decimal form is short and stable.
const GRAIN: f64 = 1e8;

const WORD: u64 = 1;
const PAIR: u64 = 2;
const TRIGRAM: u64 = 3;
const BYTE: u64 = 4;
const CHUNK: u64 = 5;

/// The sum of an input's features.
struct Features {
    sums: Vec<f64>,
}

impl Features {
    fn new(dimensions: usize) -> Self {
        Self {
            sums: vec![0.0; dimensions],
        }
    }

    fn add(&mut self, kind: u64, feature: &[u8], weight: f64) {
        let dimensions = self.sums.len() as u64;
        if dimensions == 0 {
            return;
        }
        for place in 0..PLACES {
            let hash = hash64(feature, kind.wrapping_add(place << 8));
            let index = usize::try_from((hash >> 1) % dimensions).unwrap_or(0);
            self.sums[index] += if hash & 1 == 0 { weight } else { -weight };
        }
    }

    fn add_text(&mut self, text: &str) {
        let mut buffer = Vec::new();
        let mut previous = String::new();
        for word in words(text) {
            let weight = weight(&word);
            self.add(WORD, word.as_bytes(), weight);
            trigrams(&word, &mut buffer, |trigram| {
                let mut bytes = [0; 12];
                for (slot, character) in bytes.chunks_exact_mut(4).zip(trigram) {
                    slot.copy_from_slice(&u32::from(character).to_le_bytes());
                }
                self.add(TRIGRAM, &bytes, weight * 0.25);
            });
            if !previous.is_empty() {
                previous.push(' ');
                previous.push_str(&word);
                self.add(PAIR, previous.as_bytes(), weight * 0.4);
            }
            previous = word;
        }
    }

    /// Files that share content share chunks; files of one kind share byte frequencies.
    fn add_bytes(&mut self, bytes: &[u8]) {
        let mut frequencies = [0_u32; 256];
        for byte in bytes {
            frequencies[usize::from(*byte)] += 1;
        }
        let total = bytes.len().max(1) as f64;
        for (byte, frequency) in (0_u8..=255).zip(frequencies) {
            self.add(BYTE, &[byte], f64::from(frequency) / total);
        }
        let chunks = bytes.len().div_ceil(64).max(1) as f64;
        for chunk in bytes.chunks(64) {
            self.add(CHUNK, chunk, 1.0 / chunks.sqrt());
        }
    }

    fn into_vector(mut self, normalize: bool) -> Vec<f32> {
        let mut length = self.sums.iter().map(|sum| sum * sum).sum::<f64>().sqrt();
        if length == 0.0 {
            // An input without features still has a direction, the same for all of them.
            self.add(WORD, b"", 1.0);
            length = self.sums.iter().map(|sum| sum * sum).sum::<f64>().sqrt();
        }
        let scale = if normalize && length > 0.0 {
            1.0 / length
        } else {
            1.0
        };
        let round = |sum: f64| (sum * scale * GRAIN).round() / GRAIN;
        #[expect(clippy::cast_possible_truncation, reason = "the asked precision")]
        self.sums.into_iter().map(|sum| round(sum) as f32).collect()
    }
}

/// The vector of a text, an image file, or both. Its length is one if `normalize` is set.
#[must_use]
pub fn embed(
    text: Option<&str>,
    image: Option<&[u8]>,
    dimensions: usize,
    normalize: bool,
) -> Vec<f32> {
    let mut features = Features::new(dimensions);
    if let Some(text) = text {
        features.add_text(text);
    }
    if let Some(image) = image {
        features.add_bytes(image);
    }
    features.into_vector(normalize)
}

/// The cosine of the angle between two vectors; 0 when one of them has no length.
#[must_use]
pub fn similarity(left: &[f32], right: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter()
            .zip(b)
            .map(|(a, b)| f64::from(*a) * f64::from(*b))
            .sum()
    };
    let lengths = (dot(left, left) * dot(right, right)).sqrt();
    if lengths == 0.0 {
        0.0
    } else {
        dot(left, right) / lengths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, dimensions: usize) -> Vec<f32> {
        embed(Some(text), None, dimensions, true)
    }

    #[test]
    fn vectors_have_the_asked_size_and_length_one() {
        for dimensions in [1, 256, 384, 512, 1024, 1536, 3072] {
            for input in [
                "",
                "!",
                "hello",
                "The quick brown fox jumps over the lazy dog.",
            ] {
                let vector = text(input, dimensions);
                assert_eq!(vector.len(), dimensions);
                let length: f32 = vector.iter().map(|value| value * value).sum();
                assert!(
                    (length - 1.0).abs() < 1e-4,
                    "{input:?} in {dimensions}: {length}"
                );
            }
        }
        assert!(text("hello", 0).is_empty());
    }

    #[test]
    fn vectors_never_change() {
        let vector = text("hello world", 256);
        assert_eq!(vector, text("hello world", 256));
        let spelled: String = serde_json::json!(vector).to_string();
        assert_eq!(hash64(spelled.as_bytes(), 0), 2_202_616_091_501_796_642);
    }

    #[test]
    fn the_document_that_answers_a_question_is_nearest() {
        let documents = [
            "Paris is the capital and largest city of France.",
            "The mitochondrion is the powerhouse of the cell.",
            "A recipe for sourdough bread needs flour, water and salt.",
            "Rust guarantees memory safety without a garbage collector.",
            "The Great Barrier Reef lies off the coast of Queensland, Australia.",
        ];
        let questions = [
            "What is the capital city of France?",
            "What does the mitochondrion do in cells?",
            "How do I bake bread with sourdough?",
            "Which language is memory safe without garbage collection?",
            "Where is the Great Barrier Reef?",
        ];
        for dimensions in [256, 1024] {
            for (place, question) in questions.iter().enumerate() {
                let asked = text(question, dimensions);
                let score = |document: &str| similarity(&asked, &text(document, dimensions));
                let best = (0..documents.len())
                    .max_by(|a, b| score(documents[*a]).total_cmp(&score(documents[*b])));
                assert_eq!(best, Some(place), "{question} in {dimensions}");
            }
        }
    }

    #[test]
    fn images_that_share_content_are_nearer() {
        let image: Vec<u8> = (0..4000_u32).map(|place| (place * 7 % 251) as u8).collect();
        let mut edited = image.clone();
        edited.truncate(3600);
        let other: Vec<u8> = (0..4000_u32)
            .map(|place| (place * place % 199) as u8)
            .collect();
        let vector = |bytes: &[u8]| embed(None, Some(bytes), 1024, true);
        assert!(
            similarity(&vector(&image), &vector(&edited))
                > similarity(&vector(&image), &vector(&other)) + 0.2
        );
    }
}
