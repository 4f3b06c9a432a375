package outcrop.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Parts.conversation;
import static outcrop.support.Parts.tools;
import static outcrop.support.Parts.user;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import outcrop.support.Fold;
import outcrop.support.Server;
import outcrop.support.Streams;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/** ConverseStream: the order of its events, and that they come to the whole answer. */
class StreamTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    static Stream<ConverseRequest.Builder> requests() {
        return Stream.of(
                conversation(user("Count to ten, please.")),
                conversation(user("Count to ten, please.")).inferenceConfig(config -> config.maxTokens(3)),
                conversation(user("Use get_time for Oslo.")).toolConfig(tools("get_time")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void eventsComeToTheWholeAnswer(ConverseRequest.Builder request) {
        Fold folded = Streams.fold(SERVER, request.build());
        ConverseResponse whole = SERVER.clients().runtime.converse(request.build());
        assertEquals(whole.output().message(), folded.message);
        assertEquals(whole.stopReason(), folded.stopReason);
        assertEquals(whole.usage().inputTokens(), folded.usage.inputTokens());
        assertEquals(whole.usage().outputTokens(), folded.usage.outputTokens());
        assertTrue(folded.deltas() > 1, "it comes in several pieces");
    }

    @Test
    void streamsRunBesideEachOther() {
        ConverseRequest request = conversation(user("Count to ten, please.")).build();
        List<CompletableFuture<Fold>> streams = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> Streams.fold(SERVER, request)))
                .limit(20)
                .toList();
        for (CompletableFuture<Fold> stream : streams) {
            assertEquals(streams.get(0).join().message, stream.join().message);
        }
    }
}
