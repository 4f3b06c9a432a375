//! What a map has that says nothing.

/// Models that answer, each with the ids that it answers for.
pub(super) const INVOKE: &[(&str, &[&str])] = &[
    (
        "llama3.1:8b",
        &[
            "anthropic.claude-3-5-sonnet-20241022-v2:0",
            "anthropic.claude-3-5-sonnet-20240620-v1:0",
            "anthropic.claude-3-5-haiku-20241022-v1:0",
            "anthropic.claude-3-haiku-20240307-v1:0",
            "anthropic.claude-3-opus-20240229-v1:0",
            "anthropic.claude-3-sonnet-20240229-v1:0",
            "anthropic.claude-v2:1",
            "anthropic.claude-v2",
            "anthropic.claude-instant-v1",
            "meta.llama3-1-405b-instruct-v1:0",
            "meta.llama3-1-8b-instruct-v1:0",
            "amazon.titan-text-express-v1",
            "amazon.titan-text-lite-v1",
            "amazon.titan-text-premier-v1:0",
            "cohere.command-r-v1:0",
            "cohere.command-r-plus-v1:0",
            "cohere.command-text-v14",
            "cohere.command-light-text-v14",
        ],
    ),
    ("llama3.1:70b", &["meta.llama3-1-70b-instruct-v1:0"]),
    ("llama3:70b", &["meta.llama3-70b-instruct-v1:0"]),
    ("llama3:8b", &["meta.llama3-8b-instruct-v1:0"]),
    ("llama2:70b", &["meta.llama2-70b-chat-v1"]),
    ("llama2:13b", &["meta.llama2-13b-chat-v1"]),
    (
        "mistral:7b",
        &[
            "mistral.mistral-7b-instruct-v0:2",
            "mistral.mistral-large-2402-v1:0",
            "mistral.mistral-large-2407-v1:0",
        ],
    ),
    ("mixtral:8x7b", &["mistral.mixtral-8x7b-instruct-v0:1"]),
];

/// Models that embed, likewise.
pub(super) const EMBED: &[(&str, &[&str])] = &[(
    "nomic-embed-text",
    &[
        "amazon.titan-embed-text-v1",
        "amazon.titan-embed-text-v2:0",
        "amazon.titan-embed-image-v1",
        "cohere.embed-english-v3",
        "cohere.embed-multilingual-v3",
    ],
)];
