//! What kind of model is imported.
//!
//! The service reads it from the model's `config.json`. Here the names that the request gives say it, since a test need not
//! have weights: `s3://models/qwen2.5-7b/` is a Qwen. Whatever says nothing is a Llama.

/// One of the architectures that can be imported (the user guide's list), and what stands in for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Architecture {
    /// As `config.json` calls it. How the service writes it in `modelArchitecture` is not published.
    pub(super) name: &'static str,
    /// What it is called in names, without anything but letters and digits.
    words: &'static [&'static str],
    /// Whether it can be asked with Converse. The user guide excludes Qwen2.5, Qwen2-VL, Qwen2.5-VL and GPT-OSS; Flan and
    /// `GPTBigCode` have no chat templates.
    pub(super) instruct: bool,
    /// The foundation model that answers for it.
    pub(super) base_model: &'static str,
}

const LLAMA: Architecture = Architecture {
    name: "llama",
    words: &["llama"],
    instruct: true,
    base_model: "meta.llama3-1-8b-instruct-v1:0",
};

const QWEN: &str = "qwen.qwen3-32b-v1:0";

/// More particular names come before those that they contain.
const ARCHITECTURES: &[Architecture] = &[
    Architecture {
        name: "qwen2_5_vl",
        words: &["qwen25vl"],
        instruct: false,
        base_model: QWEN,
    },
    Architecture {
        name: "qwen2_vl",
        words: &["qwen2vl"],
        instruct: false,
        base_model: QWEN,
    },
    Architecture {
        name: "qwen3",
        words: &["qwen3"],
        instruct: true,
        base_model: QWEN,
    },
    Architecture {
        name: "qwen2",
        words: &["qwen"],
        instruct: false,
        base_model: QWEN,
    },
    Architecture {
        name: "gpt_oss",
        words: &["gptoss"],
        instruct: false,
        base_model: "openai.gpt-oss-20b-1:0",
    },
    Architecture {
        name: "mixtral",
        words: &["mixtral"],
        instruct: true,
        base_model: "mistral.mixtral-8x7b-instruct-v0:1",
    },
    Architecture {
        name: "mistral",
        words: &["mistral"],
        instruct: true,
        base_model: "mistral.mistral-7b-instruct-v0:2",
    },
    Architecture {
        name: "t5",
        words: &["flan"],
        instruct: false,
        base_model: LLAMA.base_model,
    },
    Architecture {
        name: "gpt_bigcode",
        words: &["bigcode", "starcoder"],
        instruct: false,
        base_model: LLAMA.base_model,
    },
    LLAMA,
];

/// The architecture that the name of a model says, or else its location.
pub(super) fn guess(name: &str, location: &str) -> &'static Architecture {
    [name, location]
        .into_iter()
        .find_map(said)
        .unwrap_or(&LLAMA)
}

fn said(text: &str) -> Option<&'static Architecture> {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    let text: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    ARCHITECTURES
        .iter()
        .find(|architecture| architecture.words.iter().any(|word| text.contains(word)))
}

/// Custom model units of a copy: the user guide's examples are two for 8 billion parameters and eight for 70 billion.
pub(super) fn units(name: &str, location: &str) -> i32 {
    let billions = [name, location].into_iter().find_map(billions);
    if billions.is_some_and(|billions| billions >= 30) {
        8
    } else {
        2
    }
}

/// `70` of `llama-70B`.
fn billions(text: &str) -> Option<u32> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric())
        .find_map(|part| part.strip_suffix(['b', 'B'])?.parse().ok())
}

#[cfg(test)]
mod tests {
    use outcrop_catalogue::Catalogue;

    use super::*;

    #[test]
    fn names_say_the_architecture() {
        for (name, location, expected) in [
            ("my-model", "s3://models/weights/", "llama"),
            ("my-model", "s3://models/Mistral-7B-v0.3/", "mistral"),
            ("support-mixtral", "s3://models/llama/", "mixtral"),
            ("Qwen2_5-7B", "s3://models/x/", "qwen2"),
            ("x", "s3://models/qwen2.5-vl-7b/", "qwen2_5_vl"),
            ("x", "s3://models/Qwen3-8B/", "qwen3"),
            ("gpt-oss-20b", "s3://models/x/", "gpt_oss"),
            ("flan-t5-xl", "s3://models/x/", "t5"),
        ] {
            assert_eq!(guess(name, location).name, expected, "{name} {location}");
        }
    }

    #[test]
    fn larger_models_take_more_units() {
        assert_eq!(units("x", "s3://models/llama-3-70B-instruct/"), 8);
        assert_eq!(units("llama-3-8b", "s3://models/70b/"), 2);
        assert_eq!(units("x", "s3://models/x/"), 2);
    }

    #[test]
    fn foundation_models_stand_in() {
        let catalogue = Catalogue::builtin().unwrap();
        for Architecture { base_model, .. } in ARCHITECTURES {
            assert!(catalogue.model(base_model).is_some(), "{base_model}");
        }
    }
}
