package outcrop.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static outcrop.support.Parts.conversation;
import static outcrop.support.Parts.user;

import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import outcrop.support.Models;
import outcrop.support.Server;
import outcrop.support.Way;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;

/** CountTokens says what an answer's usage says. */
class CountTokensTest {
    private static final String TEXT = "How many tokens are these?";
    private static final String BODY = """
            {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 100,
             "messages": [{"role": "user", "content": "%s"}]}""".formatted(TEXT);

    @RegisterExtension
    static final Server SERVER = new Server();

    @ParameterizedTest
    @EnumSource
    void aConversation(Way way) {
        check(way, input -> input.converse(converse -> converse.messages(user(TEXT))));
    }

    @ParameterizedTest
    @EnumSource
    void aNativeBody(Way way) {
        check(way, input -> input.invokeModel(invoke -> invoke.body(SdkBytes.fromUtf8String(BODY))));
    }

    private static void check(Way way, Consumer<CountTokensInput.Builder> input) {
        CountTokensRequest request = CountTokensRequest.builder()
                .modelId(Models.SONNET_MODEL)
                .input(input)
                .build();
        int used = way.converse(SERVER, conversation(user(TEXT)).build()).usage().inputTokens();
        assertEquals(used, way.count(SERVER, request).inputTokens());
    }
}
