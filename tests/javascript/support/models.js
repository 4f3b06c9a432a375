// The models that the tests ask, each named for what it is here.

/** Everything: tools, images, reasoning. Only through a profile. */
export const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
export const SONNET_MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";
/** On demand. */
export const HAIKU_3 = "anthropic.claude-3-haiku-20240307-v1:0";
export const NOVA_LITE = "amazon.nova-lite-v1:0";
export const TITAN_EMBED = "amazon.titan-embed-text-v2:0";
/** At its end of life. */
export const RETIRED = "anthropic.claude-v1";
/** No such thing. */
export const UNKNOWN = "acme.chat-v1:0";

export const MODEL_ARN = `arn:aws:bedrock:us-east-1::foundation-model/${HAIKU_3}`;
export const PROFILE_ARN = `arn:aws:bedrock:us-east-1:000000000000:inference-profile/${SONNET}`;
