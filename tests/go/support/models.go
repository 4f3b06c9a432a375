package support

// The models that the tests ask, each named for what it is here.
const (
	// Sonnet can do everything: tools, images, reasoning. Only through a profile.
	Sonnet      = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
	SonnetModel = "anthropic.claude-sonnet-4-5-20250929-v1:0"
	// Haiku3 is served on demand.
	Haiku3     = "anthropic.claude-3-haiku-20240307-v1:0"
	NovaLite   = "amazon.nova-lite-v1:0"
	TitanEmbed = "amazon.titan-embed-text-v2:0"
	// Retired is at its end of life.
	Retired = "anthropic.claude-v1"
	// Unknown is no model.
	Unknown = "acme.chat-v1:0"

	ModelARN   = "arn:aws:bedrock:us-east-1::foundation-model/" + Haiku3
	ProfileARN = "arn:aws:bedrock:us-east-1:000000000000:inference-profile/" + Sonnet
)
