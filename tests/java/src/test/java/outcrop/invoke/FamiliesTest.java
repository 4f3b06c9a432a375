package outcrop.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import outcrop.support.Family;
import outcrop.support.Server;
import outcrop.support.Way;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Each case of tests/families.json, through InvokeModel and through its stream. */
class FamiliesTest {
    private static final String METRICS = "amazon-bedrock-invocationMetrics";

    @RegisterExtension
    static final Server SERVER = new Server();

    @ParameterizedTest
    @MethodSource("outcrop.support.Family#answered")
    void wholeAnswers(Family family) {
        String body = Way.SYNC.invoke(SERVER, request(family)).body().asUtf8String();
        JsonNode told = JsonNode.parser().parse(body).field(family.text("answer")).orElseThrow();
        assertTrue(told.toString().contains(family.says()), body);
    }

    @ParameterizedTest
    @MethodSource("outcrop.support.Family#streaming")
    void streams(Family family) {
        List<String> chunks = stream(family);
        List<String> before = chunks.subList(0, chunks.size() - 1);
        assertTrue(before.stream().noneMatch(chunk -> chunk.contains(METRICS)), before.toString());
        assertTrue(chunks.get(before.size()).contains(METRICS), chunks.toString());
        assertTrue(String.join("", chunks).contains(family.says()), chunks.toString());
    }

    @ParameterizedTest
    @MethodSource("outcrop.support.Family#notStreaming")
    void whatDoesNotStreamSaysSo(Family family) {
        assertEquals(
                "The model is unsupported for streaming.",
                refused(ValidationException.class, 400, () -> stream(family)));
    }

    @ParameterizedTest
    @MethodSource("outcrop.support.Family#refused")
    void whatIsNotAnsweredSaysWhy(Family family) {
        AwsServiceException error =
                assertThrows(AwsServiceException.class, () -> Way.SYNC.invoke(SERVER, request(family)));
        assertEquals(family.text("refused"), error.awsErrorDetails().errorMessage());
    }

    private static InvokeModelRequest request(Family family) {
        return InvokeModelRequest.builder()
                .modelId(family.model())
                .body(family.body())
                .build();
    }

    private static List<String> stream(Family family) {
        List<ResponseStream> chunks = new CopyOnWriteArrayList<>();
        InvokeModelWithResponseStreamResponseHandler handler =
                InvokeModelWithResponseStreamResponseHandler.builder().subscriber(chunks::add).build();
        Way.join(SERVER.clients().runtimeAsync.invokeModelWithResponseStream(
                request -> request.modelId(family.model()).body(family.body()), handler));
        return chunks.stream()
                .map(chunk -> ((PayloadPart) chunk).bytes().asUtf8String())
                .toList();
    }
}
