//! Denied topics, judged by vectors: a text is about a topic if it is near to its definition or to one of its examples.

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
};

use lru::LruCache;
use outcrop_guardrails::{Verdict, policy::Topic};

use super::{
    JudgeRole,
    ask::{Asker, Failure},
};

/// Vectors of definitions and examples that are kept: those of 85 guardrails with a topic and five examples.
const MOST: NonZeroUsize = NonZeroUsize::new(512).unwrap();

/// Nearness by vectors.
pub(super) struct Similarity {
    threshold: f64,
    known: Mutex<LruCache<String, Vec<f32>>>,
}

impl Similarity {
    pub(super) fn new(threshold: f64) -> Self {
        Self {
            threshold,
            known: Mutex::new(LruCache::new(MOST)),
        }
    }

    pub(super) async fn on(
        &self,
        asker: &Asker,
        topics: &[&Topic],
        text: &str,
    ) -> Result<Verdict, Failure> {
        let described: Vec<Vec<String>> = topics.iter().map(|topic| descriptions(topic)).collect();
        let (mut known, new) = self.look_up(described.iter().flatten());
        let inputs: Vec<&str> = std::iter::once(text).chain(new.iter().copied()).collect();
        let role = JudgeRole::TopicSimilarity;
        let vectors = asker.embed(role, &inputs).await?;
        let Some((own, others)) = vectors
            .split_first()
            .filter(|_| vectors.len() == inputs.len())
        else {
            return Err(Failure::Unreadable {
                role,
                expected: "a vector for each text",
            });
        };
        self.keep(&new, others);
        known.extend(new.into_iter().zip(others.iter().cloned()));
        let near = |text: &String| {
            let vector = known.get(text.as_str());
            vector.is_some_and(|vector| cosine(own, vector) >= self.threshold)
        };
        let mut verdict = Verdict::default();
        for (topic, texts) in topics.iter().zip(&described) {
            let about = texts.iter().any(near);
            verdict.topics.insert(topic.name.clone(), about);
        }
        Ok(verdict)
    }
}

impl Similarity {
    /// The vectors that are known, and the texts whose vectors are not.
    fn look_up<'a>(
        &self,
        texts: impl Iterator<Item = &'a String>,
    ) -> (HashMap<&'a str, Vec<f32>>, Vec<&'a str>) {
        let mut kept = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut known, mut new) = (HashMap::new(), Vec::new());
        for text in texts {
            match kept.get(text) {
                Some(vector) => {
                    known.insert(text.as_str(), vector.clone());
                }
                None => new.push(text.as_str()),
            }
        }
        (known, new)
    }

    fn keep(&self, texts: &[&str], vectors: &[Vec<f32>]) {
        let mut kept = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for (text, vector) in texts.iter().zip(vectors) {
            kept.put((*text).to_owned(), vector.clone());
        }
    }
}

fn descriptions(topic: &Topic) -> Vec<String> {
    let described = format!("{}: {}", topic.name, topic.definition);
    std::iter::once(described)
        .chain(topic.examples.iter().cloned())
        .collect()
}

/// From -1 to 1; 0 for vectors that cannot be compared.
fn cosine(left: &[f32], right: &[f32]) -> f64 {
    if left.len() != right.len() {
        return 0.0;
    }
    let dot = |left: &[f32], right: &[f32]| -> f64 {
        let pairs = left.iter().zip(right);
        pairs
            .map(|(left, right)| f64::from(*left) * f64::from(*right))
            .sum()
    };
    let lengths = (dot(left, left) * dot(right, right)).sqrt();
    if lengths > 0.0 {
        dot(left, right) / lengths
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_one_direction_are_near() {
        assert!(cosine(&[1.0, 2.0], &[2.0, 4.0]) > 0.999);
        assert!(cosine(&[1.0, 0.0], &[0.0, 1.0]).abs() < 1e-9);
        assert!(cosine(&[0.0], &[1.0]).abs() < 1e-9);
        assert!(cosine(&[1.0], &[1.0, 1.0]).abs() < 1e-9);
    }
}
