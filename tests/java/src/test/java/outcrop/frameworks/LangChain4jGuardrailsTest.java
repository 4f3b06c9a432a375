package outcrop.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.bedrock.BedrockChatResponseMetadata;
import dev.langchain4j.model.bedrock.BedrockGuardrailConfiguration;
import dev.langchain4j.model.bedrock.BedrockGuardrailConfiguration.ProcessingMode;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.bedrock.GuardrailAssessment;
import dev.langchain4j.model.bedrock.GuardrailAssessment.Action;
import dev.langchain4j.model.bedrock.GuardrailAssessment.Policy;
import dev.langchain4j.model.bedrock.GuardrailAssessmentSummary;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import outcrop.support.Models;
import outcrop.support.Server;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.GuardrailPiiEntityConfig;
import software.amazon.awssdk.services.bedrock.model.GuardrailPiiEntityType;
import software.amazon.awssdk.services.bedrock.model.GuardrailSensitiveInformationAction;
import software.amazon.awssdk.services.bedrock.model.GuardrailWordConfig;

/** langchain4j's chat models with a guardrail. */
class LangChain4jGuardrailsTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    private static String identifier;
    private static String version;

    /** How a model is asked. */
    enum Way {
        WHOLE,
        SYNC,
        ASYNC;

        ChatResponse ask(String text) throws Exception {
            return switch (this) {
                case WHOLE -> whole(text);
                case SYNC -> streamed(text, ProcessingMode.SYNC);
                case ASYNC -> streamed(text, ProcessingMode.ASYNC);
            };
        }
    }

    /** It blocks one word in prompts and another in answers, and masks addresses in answers. */
    @BeforeAll
    static void createGuardrail() {
        BedrockClient control = SERVER.clients().control;
        identifier = control.createGuardrail(request -> request.name("langchain4j")
                        .blockedInputMessaging("No question.")
                        .blockedOutputsMessaging("No answer.")
                        .wordPolicyConfig(words -> words.wordsConfig(word("granite", true), word("basalt", false)))
                        .sensitiveInformationPolicyConfig(policy -> policy.piiEntitiesConfig(
                                GuardrailPiiEntityConfig.builder()
                                        .type(GuardrailPiiEntityType.EMAIL)
                                        .action(GuardrailSensitiveInformationAction.ANONYMIZE)
                                        .inputEnabled(false)
                                        .outputEnabled(true)
                                        .build())))
                .guardrailId();
        version = control.createGuardrailVersion(request -> request.guardrailIdentifier(identifier))
                .version();
    }

    @ParameterizedTest
    @EnumSource
    void promptsAreBlocked(Way way) throws Exception {
        ChatResponse response = way.ask("What is granite?");
        assertEquals("No question.", response.aiMessage().text());
        assertEquals(FinishReason.CONTENT_FILTER, response.finishReason());
        assertEquals(0, response.tokenUsage().totalTokenCount());
        GuardrailAssessmentSummary summary = summary(response);
        assertIs(Policy.WORD, "granite", Action.BLOCKED, summary.inputAssessments());
    }

    @ParameterizedTest
    @EnumSource(names = "ASYNC", mode = EnumSource.Mode.EXCLUDE)
    void answersAreBlocked(Way way) throws Exception {
        ChatResponse response = way.ask("What is basalt?");
        assertEquals("No answer.", response.aiMessage().text());
        assertEquals(FinishReason.CONTENT_FILTER, response.finishReason());
        assertIs(Policy.WORD, "basalt", Action.BLOCKED, summary(response).outputAssessments());
    }

    /** Text goes out before it is assessed, and what was told of the answer ends with the message. */
    @Test
    void asynchronousAnswersAreCutOff() throws Exception {
        ChatResponse response = Way.ASYNC.ask("What is basalt?");
        assertTrue(response.aiMessage().text().endsWith("No answer."), response.toString());
        assertEquals(FinishReason.CONTENT_FILTER, response.finishReason());
    }

    @ParameterizedTest
    @EnumSource(names = "ASYNC", mode = EnumSource.Mode.EXCLUDE)
    void answersAreMasked(Way way) throws Exception {
        ChatResponse response = way.ask("Write to jane@example.com");
        String text = response.aiMessage().text();
        assertTrue(text.contains("Write to {EMAIL}"), text);
        assertFalse(text.contains("jane"), text);
        assertIs(
                Policy.SENSITIVE, "EMAIL", Action.ANONYMIZED, summary(response).outputAssessments());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFinePasses(Way way) throws Exception {
        ChatResponse response = way.ask("What is marble?");
        assertTrue(response.aiMessage().text().contains("marble"), response.toString());
        assertEquals(FinishReason.STOP, response.finishReason());
    }

    private static GuardrailWordConfig word(String text, boolean ofPrompts) {
        return GuardrailWordConfig.builder()
                .text(text)
                .inputEnabled(ofPrompts)
                .outputEnabled(!ofPrompts)
                .build();
    }

    private static BedrockChatRequestParameters guarded(ProcessingMode mode) {
        return BedrockChatRequestParameters.builder()
                .guardrailConfiguration(BedrockGuardrailConfiguration.builder()
                        .guardrailIdentifier(identifier)
                        .guardrailVersion(version)
                        .streamProcessingMode(mode)
                        .build())
                .build();
    }

    private static ChatResponse whole(String text) {
        BedrockChatModel model = BedrockChatModel.builder()
                .client(SERVER.clients().runtime)
                .modelId(Models.NOVA_LITE)
                .defaultRequestParameters(guarded(null))
                .build();
        return model.chat(dev.langchain4j.data.message.UserMessage.from(text));
    }

    private static ChatResponse streamed(String text, ProcessingMode mode) throws Exception {
        BedrockStreamingChatModel model = BedrockStreamingChatModel.builder()
                .client(SERVER.clients().runtimeAsync)
                .modelId(Models.NOVA_LITE)
                .defaultRequestParameters(guarded(mode))
                .build();
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        StringBuffer parts = new StringBuffer();
        model.chat(text, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.append(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        });
        ChatResponse response = complete.get(20, TimeUnit.SECONDS);
        assertEquals(parts.toString(), response.aiMessage().text());
        return response;
    }

    private static GuardrailAssessmentSummary summary(ChatResponse response) {
        return assertInstanceOf(BedrockChatResponseMetadata.class, response.metadata())
                .guardrailAssessmentSummary();
    }

    /** There is one, and it is this one. */
    private static void assertIs(Policy policy, String name, Action action, List<GuardrailAssessment> assessments) {
        assertEquals(1, assessments.size(), assessments.toString());
        GuardrailAssessment only = assessments.get(0);
        assertEquals(policy, only.policy());
        assertEquals(name, only.name());
        assertEquals(action, only.action());
    }
}
