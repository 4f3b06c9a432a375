"""The models that the tests ask, each named for what it is here."""

# Everything: tools, images, documents, reasoning, prompt caching. Only through a profile.
SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
SONNET_MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0"
# On demand, without a prompt cache.
HAIKU_3 = "anthropic.claude-3-haiku-20240307-v1:0"
# On demand; reads images, documents and video.
NOVA_LITE = "amazon.nova-lite-v1:0"
# Text only.
NOVA_MICRO = "amazon.nova-micro-v1:0"
# A body of its own, and no tools.
TITAN_TEXT = "amazon.titan-text-express-v1"
TITAN_EMBED = "amazon.titan-embed-text-v2:0"
TITAN_EMBED_1 = "amazon.titan-embed-text-v1"
COHERE_EMBED = "cohere.embed-english-v3"
COHERE_EMBED_4 = "us.cohere.embed-v4:0"
# Only through a profile.
DEEPSEEK_R1 = "deepseek.r1-v1:0"
# At its end of life.
RETIRED = "anthropic.claude-v1"
# No such thing.
UNKNOWN = "acme.chat-v1:0"
