//! The stem of an English word, roughly: enough for forms of one word to meet.

/// Endings and what stands for them, the longest first. The rest of the word has at least three letters.
const ENDINGS: &[(&str, &str)] = &[
    ("izations", "iz"),
    ("ization", "iz"),
    ("ations", "at"),
    ("ation", "at"),
    ("ments", "ment"),
    ("ities", "it"),
    ("ically", "ic"),
    ("ings", ""),
    ("ing", ""),
    ("ors", "or"),
    ("ies", "y"),
    ("ied", "y"),
    ("ity", "it"),
    ("ely", ""),
    ("ly", ""),
    ("ers", "er"),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
];

/// The stem of `word`, which is in lower case. Words with digits or letters beyond ASCII stay as they are.
pub(crate) fn stem(word: &str) -> String {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.ends_with("ss") {
        return word.to_owned();
    }
    for (ending, instead) in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= 3
        {
            return single(&format!("{rest}{instead}"));
        }
    }
    word.to_owned()
}

/// `running` is a form of `run`: the doubled consonant goes.
fn single(stem: &str) -> String {
    let bytes = stem.as_bytes();
    match bytes {
        [.., before, last] if before == last && !b"aeiouls".contains(last) && bytes.len() > 3 => {
            stem.get(..stem.len() - 1).unwrap_or(stem).to_owned()
        }
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            ["invest", "invests", "investing"],
            ["stock", "stocks", "stocked"],
            ["run", "runs", "running"],
            ["kill", "kills", "killing"],
            ["policy", "policies", "policies"],
            ["expire", "expires", "expired"],
        ] {
            let stems: Vec<_> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
        assert_eq!(stem("größe"), "größe");
        assert_eq!(stem("class"), "class");
    }
}
