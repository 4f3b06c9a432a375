package outcrop.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Parts.conversation;
import static outcrop.support.Parts.textOf;
import static outcrop.support.Parts.user;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import outcrop.support.Models;
import outcrop.support.Server;
import outcrop.support.Streams;
import outcrop.support.Way;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;

/** All the ways to name a model. */
class ModelIdsTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    @ParameterizedTest
    @ValueSource(
            strings = {
                Models.HAIKU_3,
                Models.SONNET,
                "global." + Models.SONNET_MODEL,
                Models.MODEL_ARN,
                Models.PROFILE_ARN
            })
    void everyKindOfName(String name) {
        ConverseRequest request = conversation(user("Hello")).modelId(name).build();
        String text = textOf(Way.SYNC.converse(SERVER, request).output().message());
        assertTrue(text.contains("Hello"), text);
        assertEquals(text, textOf(Way.ASYNC.converse(SERVER, request).output().message()));
        assertEquals(text, textOf(Streams.fold(SERVER, request).message));
    }
}
