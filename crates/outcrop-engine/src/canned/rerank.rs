//! Relevance by overlap: how much of what the query asks for a document mentions.

#![expect(clippy::cast_precision_loss, reason = "counts of words are small")]

use std::collections::{HashMap, HashSet};

use super::words::{trigrams, weight, words};

/// The part of a score that whole words make; the rest is shared runs of three characters, by which other forms
/// of a word count too.
const WORDS_SHARE: f64 = 0.8;

/// The relevance of each document to `query`, from 0 to 1, best first; equal ones in the order of the request.
#[must_use]
pub fn rerank<D: AsRef<str>>(query: &str, documents: &[D]) -> Vec<(usize, f32)> {
    let documents: Vec<Bag> = documents
        .iter()
        .map(|document| Bag::new(document.as_ref()))
        .collect();
    let query = Bag::new(query);
    let rarity = rarity(&query, &documents);
    let mut scores: Vec<_> = documents
        .iter()
        .map(|document| score(&query, document, &rarity))
        .enumerate()
        .collect();
    scores.sort_by(|(_, left), (_, right)| right.total_cmp(left));
    scores
}

/// What a text consists of.
struct Bag {
    words: Vec<String>,
    known: HashSet<String>,
    trigrams: HashSet<[char; 3]>,
}

impl Bag {
    fn new(text: &str) -> Self {
        let mut bag = Self {
            words: Vec::new(),
            known: HashSet::new(),
            trigrams: HashSet::new(),
        };
        let mut buffer = Vec::new();
        for word in words(text) {
            if bag.known.insert(word.clone()) {
                trigrams(&word, &mut buffer, |trigram| {
                    bag.trigrams.insert(trigram);
                });
                bag.words.push(word);
            }
        }
        bag
    }
}

/// The weight of each word of the query: high for telling words that few documents have.
fn rarity<'a>(query: &'a Bag, documents: &[Bag]) -> HashMap<&'a str, f64> {
    let total = documents.len() as f64;
    let weigh = |word: &'a String| {
        let having = documents
            .iter()
            .filter(|document| document.known.contains(word))
            .count() as f64;
        (
            word.as_str(),
            weight(word) * (1.0 + (1.0 + total) / (1.0 + having)).ln(),
        )
    };
    query.words.iter().map(weigh).collect()
}

fn score(query: &Bag, document: &Bag, rarity: &HashMap<&str, f64>) -> f32 {
    // In the query's order: the sum of floats depends on it.
    let sum = |words: &mut dyn Iterator<Item = &String>| -> f64 {
        words
            .map(|word| rarity.get(word.as_str()).copied().unwrap_or(0.0))
            .sum()
    };
    let total = sum(&mut query.words.iter());
    if total == 0.0 {
        return 0.0;
    }
    let shared = sum(&mut query
        .words
        .iter()
        .filter(|word| document.known.contains(*word)));
    let alike = query.trigrams.intersection(&document.trigrams).count() as f64;
    let share = WORDS_SHARE * shared / total
        + (1.0 - WORDS_SHARE) * alike / query.trigrams.len().max(1) as f64;
    // A longer document that mentions the same is a little less to the point.
    let focus = 1.0 - 0.05 * (1.0 - 1.0 / (1.0 + document.words.len() as f64 / 64.0));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "scores are single precision in the API"
    )]
    let score = ((share * focus * 1e7).round() / 1e7) as f32;
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENTS: [&str; 4] = [
        "Carson City is the capital city of the American state of Nevada.",
        "The Northern Mariana Islands are in the Pacific Ocean. Their capital is Saipan.",
        "Washington, D.C. is the capital of the United States of America.",
        "Capital punishment has existed in the United States since before it was a country.",
    ];

    #[test]
    fn the_best_document_comes_first() {
        let ranked = rerank("What is the capital of the United States?", &DOCUMENTS);
        assert_eq!(ranked[0].0, 2);
        assert_eq!(
            rerank("Which city is capital of Nevada?", &DOCUMENTS)[0].0,
            0
        );
        assert!(ranked.iter().all(|(_, score)| (0.0..=1.0).contains(score)));
        assert!(ranked.is_sorted_by(|left, right| left.1 >= right.1));
    }

    #[test]
    fn the_same_document_scores_highest_and_another_language_lowest() {
        let ranked = rerank(DOCUMENTS[1], &DOCUMENTS);
        assert_eq!(ranked[0].0, 1);
        assert!(ranked[0].1 > 0.9);
        assert_eq!(rerank("Сколько стоит хлеб", &DOCUMENTS)[0].1.to_bits(), 0);
    }

    #[test]
    fn equal_documents_keep_their_order() {
        let ranked = rerank("anything", &["same", "same", "same"]);
        assert_eq!(
            ranked.iter().map(|(index, _)| *index).collect::<Vec<_>>(),
            [0, 1, 2]
        );
        assert!(rerank::<&str>("anything", &[]).is_empty());
        assert_eq!(rerank("", &["x"])[0].1.to_bits(), 0);
    }
}
