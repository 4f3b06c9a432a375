package outcrop.support;

/** The models that the tests ask, each named for what it is here. */
public final class Models {
    /** Everything: tools, images, reasoning. Only through a profile. */
    public static final String SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

    public static final String SONNET_MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    /** On demand. */
    public static final String HAIKU_3 = "anthropic.claude-3-haiku-20240307-v1:0";

    public static final String NOVA_LITE = "amazon.nova-lite-v1:0";
    public static final String TITAN_EMBED = "amazon.titan-embed-text-v2:0";
    /** At its end of life. */
    public static final String RETIRED = "anthropic.claude-v1";
    /** No such thing. */
    public static final String UNKNOWN = "acme.chat-v1:0";

    public static final String MODEL_ARN = "arn:aws:bedrock:us-east-1::foundation-model/" + HAIKU_3;
    public static final String PROFILE_ARN = "arn:aws:bedrock:us-east-1:000000000000:inference-profile/" + SONNET;

    private Models() {}
}
