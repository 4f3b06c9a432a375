package outcrop.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Parts.conversation;
import static outcrop.support.Parts.textOf;
import static outcrop.support.Parts.user;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import outcrop.support.Server;
import outcrop.support.Way;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** Texts: answers to prompts, in one turn and in several. */
class TextTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    @ParameterizedTest
    @EnumSource
    void anAnswerSpeaksOfItsPrompt(Way way) {
        ConverseRequest request = conversation(user("Tell me about basalt.")).build();
        ConverseResponse answer = way.converse(SERVER, request);
        Message message = answer.output().message();
        assertTrue(textOf(message).contains("basalt"), textOf(message));
        assertEquals(ConversationRole.ASSISTANT, message.role());
        assertEquals(StopReason.END_TURN, answer.stopReason());
        assertTrue(answer.usage().inputTokens() > 0 && answer.usage().outputTokens() > 0);
        assertEquals(
                answer.usage().inputTokens() + answer.usage().outputTokens(),
                answer.usage().totalTokens());
        assertEquals(answer.output(), way.converse(SERVER, request).output(), "the same request, the same answer");
    }

    @ParameterizedTest
    @EnumSource
    void aConversationGoesOn(Way way) {
        Message first = user("Name a rock.");
        ConverseResponse answer = way.converse(SERVER, conversation(first).build());
        Message question = user("And where is granite found?");
        ConverseResponse next = way.converse(
                SERVER, conversation(first, answer.output().message(), question).build());
        assertTrue(textOf(next.output().message()).contains("granite"));
        assertTrue(next.usage().inputTokens() > answer.usage().inputTokens());
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerObeysItsLimits(Way way) {
        ConverseRequest.Builder request =
                conversation(user("one two three")).system(SystemContentBlock.fromText("Be brief."));
        ConverseResponse limited = way.converse(
                SERVER, request.inferenceConfig(config -> config.maxTokens(2)).build());
        assertEquals(StopReason.MAX_TOKENS, limited.stopReason());
        assertEquals(2, limited.usage().outputTokens());
        ConverseResponse stopped = way.converse(
                SERVER, request.inferenceConfig(config -> config.stopSequences("three")).build());
        assertEquals(StopReason.STOP_SEQUENCE, stopped.stopReason());
    }

    @Test
    void manyRequestsShareAConnection() {
        List<CompletableFuture<ConverseResponse>> answers = IntStream.range(0, 40)
                .mapToObj(number -> conversation(user("Tell me about rock-" + number + ".")).build())
                .map(SERVER.clients().runtimeAsync::converse)
                .toList();
        for (int number = 0; number < answers.size(); number++) {
            String text = textOf(Way.join(answers.get(number)).output().message());
            assertTrue(text.contains("rock-" + number + "."), text);
        }
    }
}
