package outcrop.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Parts.conversation;
import static outcrop.support.Parts.textOf;
import static outcrop.support.Parts.toolUses;
import static outcrop.support.Parts.tools;
import static outcrop.support.Parts.user;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import outcrop.support.Fold;
import outcrop.support.Models;
import outcrop.support.Parts;
import outcrop.support.Server;
import outcrop.support.Streams;
import outcrop.support.Way;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/** Tools: calls, results, and loops of agents that end. */
class ToolUseTest {
    private static final Map<String, String> RESULTS =
            Map.of("get_weather", "31 degrees and dusty", "get_time", "five past noon");

    @RegisterExtension
    static final Server SERVER = new Server();

    /** The ways to ask, each for a message and why it stopped. */
    enum Ask {
        SYNC,
        ASYNC,
        STREAMED;

        Answer ask(ConverseRequest request) {
            if (this == STREAMED) {
                Fold folded = Streams.fold(SERVER, request);
                return new Answer(folded.message, folded.stopReason);
            }
            ConverseResponse whole = Way.valueOf(name()).converse(SERVER, request);
            return new Answer(whole.output().message(), whole.stopReason());
        }
    }

    record Answer(Message message, StopReason stopReason) {}

    @ParameterizedTest
    @EnumSource
    void aRoundTripEndsWithTheResult(Ask way) {
        List<Message> answers = runAgent(way, "Use get_weather for Rome.");
        checkCalls(answers.get(0), List.of("get_weather"));
        assertEquals(2, answers.size());
        assertTrue(textOf(answers.get(1)).contains("31 degrees"), textOf(answers.get(1)));
    }

    @ParameterizedTest
    @EnumSource
    void toolsAreCalledInParallel(Ask way) {
        List<Message> answers = runAgent(way, "Use get_weather and get_time for Oslo.");
        checkCalls(answers.get(0), List.of("get_weather", "get_time"));
        String text = textOf(answers.get(answers.size() - 1));
        RESULTS.values().forEach(result -> assertTrue(text.contains(result), text));
    }

    @ParameterizedTest
    @EnumSource
    void aToolCanBeForced(Ask way) {
        ToolConfiguration.Builder tools = tools("get_weather", "get_time").toBuilder();
        ConverseRequest.Builder request = conversation(user("Hello"));
        Answer one = way.ask(request.toolConfig(tools.toolChoice(ToolChoice.fromTool(tool -> tool.name("get_time")))
                        .build())
                .build());
        checkCalls(one.message(), List.of("get_time"));
        Answer any = way.ask(request.toolConfig(
                        tools.toolChoice(ToolChoice.fromAny(choice -> {})).build())
                .build());
        assertEquals(StopReason.TOOL_USE, any.stopReason());
    }

    /** Runs tools until the model stops asking for them. Gives the answers. */
    private static List<Message> runAgent(Ask way, String prompt) {
        List<Message> messages = new ArrayList<>(List.of(user(prompt)));
        List<Message> answers = new ArrayList<>();
        while (answers.size() < 5) {
            Answer answer = way.ask(ConverseRequest.builder()
                    .modelId(Models.SONNET)
                    .messages(messages)
                    .toolConfig(tools("get_weather", "get_time"))
                    .build());
            answers.add(answer.message());
            List<ToolUseBlock> uses = toolUses(answer.message());
            assertEquals(uses.isEmpty() ? StopReason.END_TURN : StopReason.TOOL_USE, answer.stopReason());
            if (uses.isEmpty()) {
                return answers;
            }
            messages.add(answer.message());
            messages.add(user(uses.stream()
                    .map(use -> Parts.toolResult(use, RESULTS.get(use.name())))
                    .toArray(ContentBlock[]::new)));
        }
        throw new AssertionError("the agent does not end: " + answers);
    }

    /** Requires calls of these tools, each with an input that satisfies its schema. */
    private static void checkCalls(Message message, List<String> names) {
        List<ToolUseBlock> uses = toolUses(message);
        assertEquals(names, uses.stream().map(ToolUseBlock::name).toList());
        Set<String> ids = new HashSet<>();
        for (ToolUseBlock use : uses) {
            String city = use.input().asMap().get("city").asString();
            assertTrue(Parts.CITIES.contains(city), city);
            assertTrue(use.toolUseId().startsWith("tooluse_") && ids.add(use.toolUseId()), use.toolUseId());
        }
    }
}
