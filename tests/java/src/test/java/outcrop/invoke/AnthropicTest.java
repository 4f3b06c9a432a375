package outcrop.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import outcrop.support.Models;
import outcrop.support.Server;
import outcrop.support.Way;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** InvokeModel and InvokeModelWithResponseStream with Anthropic's Messages body. */
class AnthropicTest {
    private static final String METRICS = "amazon-bedrock-invocationMetrics";
    private static final String BODY = """
            {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 500,
             "messages": [{"role": "user", "content": "Tell me about marble."}]}""";

    @RegisterExtension
    static final Server SERVER = new Server();

    @ParameterizedTest
    @EnumSource
    void theAnswerIsAMessage(Way way) {
        InvokeModelResponse answer = way.invoke(SERVER, request(Models.SONNET, BODY));
        assertEquals("application/json", answer.contentType());
        JsonNode message = JsonNode.parser().parse(answer.body().asUtf8String());
        assertEquals("message", text(message, "type"));
        assertEquals("end_turn", text(message, "stop_reason"));
        assertTrue(text(message, "id").startsWith("msg_bdrk_"));
        assertTrue(content(message).contains("marble"), content(message));
    }

    @Test
    void theStreamComesToTheMessage() {
        List<JsonNode> events = stream();
        List<String> kinds = new ArrayList<>();
        for (JsonNode event : events) {
            if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(text(event, "type"))) {
                kinds.add(text(event, "type"));
            }
        }
        assertEquals(
                List.of(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop"),
                kinds);
        String streamed = events.stream()
                .filter(event -> text(event, "type").equals("content_block_delta"))
                .map(event -> text(event.field("delta").orElseThrow(), "text"))
                .collect(Collectors.joining());
        InvokeModelResponse whole = SERVER.clients().runtime.invokeModel(request(Models.SONNET, BODY));
        assertEquals(content(JsonNode.parser().parse(whole.body().asUtf8String())), streamed);
    }

    @Test
    void theLastChunkHasTheMetrics() {
        List<JsonNode> events = stream();
        int last = events.size() - 1;
        assertFalse(events.subList(0, last).stream().anyMatch(event -> event.field(METRICS).isPresent()));
        JsonNode metrics = events.get(last).field(METRICS).orElseThrow();
        assertTrue(number(metrics, "inputTokenCount") > 0 && number(metrics, "outputTokenCount") > 0);
        assertTrue(number(metrics, "firstByteLatency") <= number(metrics, "invocationLatency"));
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreTyped(Way way) {
        InvokeModelRequest unknown = request(Models.UNKNOWN, BODY);
        assertEquals(
                "The provided model identifier is invalid.",
                refused(ValidationException.class, 400, () -> way.invoke(SERVER, unknown)));
        assertEquals(
                "Malformed input request, please reformat your input and try again.",
                refused(ValidationException.class, 400, () -> way.invoke(SERVER, request(Models.SONNET, "{"))));
    }

    private static InvokeModelRequest request(String model, String body) {
        return InvokeModelRequest.builder()
                .modelId(model)
                .body(SdkBytes.fromUtf8String(body))
                .build();
    }

    /** The events of Anthropic's, one in each chunk. */
    private static List<JsonNode> stream() {
        List<ResponseStream> chunks = new CopyOnWriteArrayList<>();
        InvokeModelWithResponseStreamResponseHandler handler =
                InvokeModelWithResponseStreamResponseHandler.builder().subscriber(chunks::add).build();
        Way.join(SERVER.clients().runtimeAsync.invokeModelWithResponseStream(
                request -> request.modelId(Models.SONNET).body(SdkBytes.fromUtf8String(BODY)), handler));
        return chunks.stream()
                .map(chunk -> JsonNode.parser().parse(((PayloadPart) chunk).bytes().asUtf8String()))
                .toList();
    }

    private static String text(JsonNode object, String member) {
        return object.field(member).orElseThrow().text();
    }

    private static long number(JsonNode object, String member) {
        return Long.parseLong(object.field(member).orElseThrow().asNumber());
    }

    private static String content(JsonNode message) {
        return text(message.field("content").orElseThrow().asArray().get(0), "text");
    }
}
