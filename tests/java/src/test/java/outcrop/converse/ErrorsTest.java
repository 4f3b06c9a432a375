package outcrop.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;
import static outcrop.support.Parts.conversation;
import static outcrop.support.Parts.user;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import outcrop.support.Models;
import outcrop.support.Server;
import outcrop.support.Streams;
import outcrop.support.Way;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ImageFormat;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Typed errors, before a stream and within one. */
class ErrorsTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    /** The ways to be refused. */
    enum Call {
        SYNC,
        ASYNC,
        STREAMED;

        void call(ConverseRequest.Builder request) {
            if (this == STREAMED) {
                Streams.fold(SERVER, request.build());
            } else {
                Way.valueOf(name()).converse(SERVER, request.build());
            }
        }

        String invalid(ConverseRequest.Builder request) {
            return refused(ValidationException.class, 400, () -> call(request));
        }
    }

    @ParameterizedTest
    @EnumSource
    void modelsAreKnown(Call call) {
        ConverseRequest.Builder request = conversation(user("Hello"));
        assertEquals("The provided model identifier is invalid.", call.invalid(request.modelId(Models.UNKNOWN)));
        String profileOnly = call.invalid(request.modelId(Models.SONNET_MODEL));
        assertTrue(profileOnly.contains("with on-demand throughput isn’t supported"), profileOnly);
        request.modelId(Models.RETIRED);
        String retired = refused(ResourceNotFoundException.class, 404, () -> call.call(request));
        assertTrue(retired.contains("reached the end of its life"), retired);
    }

    @ParameterizedTest
    @EnumSource
    void everyBrokenConstraintIsNamed(Call call) {
        String message = call.invalid(conversation(user("Hello"))
                .inferenceConfig(config -> config.maxTokens(0).temperature(2f)));
        assertTrue(message.startsWith("2 validation errors detected: "), message);
        assertTrue(
                message.contains("Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1"),
                message);
        assertTrue(message.contains("at 'inferenceConfig.temperature' failed to satisfy constraint: "), message);
    }

    @ParameterizedTest
    @EnumSource
    void conversationsAreHeldToTheirRules(Call call) {
        String message =
                call.invalid(conversation(user(ContentBlock.fromText("Hello"), ContentBlock.fromText(""))));
        assertEquals(
                "The text field in the ContentBlock object at messages.0.content.1 is blank. "
                        + "Add text to the text field, and try again.",
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {Models.NOVA_LITE, Models.SONNET})
    void errorsWithinAStreamAreTyped(String model) {
        ContentBlock image = ContentBlock.fromImage(block -> block.format(ImageFormat.PNG)
                .source(source -> source.bytes(SdkBytes.fromUtf8String("these bytes are no image"))));
        ConverseRequest request = conversation(user(ContentBlock.fromText("What is this?"), image))
                .modelId(model)
                .build();
        ValidationException error =
                assertThrows(ValidationException.class, () -> Streams.fold(SERVER, request));
        assertTrue(error.getMessage().contains("does not match the expected type image/png"), error.getMessage());
        Streams.fold(SERVER, conversation(user("Hello")).build());
    }
}
