package outcrop.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import outcrop.support.Models;
import outcrop.support.Server;
import outcrop.support.Way;
import software.amazon.awssdk.services.bedrock.model.FoundationModelDetails;
import software.amazon.awssdk.services.bedrock.model.FoundationModelSummary;
import software.amazon.awssdk.services.bedrock.model.InferenceType;
import software.amazon.awssdk.services.bedrock.model.ListFoundationModelsRequest;
import software.amazon.awssdk.services.bedrock.model.ModelModality;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

/** ListFoundationModels with its filters, and GetFoundationModel. */
class FoundationModelsTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    @Test
    void allAreListed() {
        assertTrue(all().size() > 100);
    }

    @Test
    void filters() {
        ListFoundationModelsRequest.Builder request = ListFoundationModelsRequest.builder();
        check(request.byProvider("Anthropic").build(), model -> model.providerName().equals("Anthropic"));
        check(
                request.byInferenceType(InferenceType.PROVISIONED).build(),
                model -> model.providerName().equals("Anthropic")
                        && model.inferenceTypesSupported().contains(InferenceType.PROVISIONED));
        check(
                ListFoundationModelsRequest.builder()
                        .byOutputModality(ModelModality.EMBEDDING)
                        .build(),
                model -> model.outputModalities().contains(ModelModality.EMBEDDING));
    }

    @Test
    void aFilterThatIsNoneIsRefused() {
        String message = refused(
                ValidationException.class,
                400,
                () -> SERVER.clients().control.listFoundationModels(request -> request.byOutputModality("SMELL")));
        assertTrue(message.contains("Value 'SMELL' at 'byOutputModality'"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {Models.HAIKU_3, Models.MODEL_ARN})
    void oneIsToldOfByIdAndByArn(String name) {
        FoundationModelDetails details = SERVER.clients()
                .control
                .getFoundationModel(request -> request.modelIdentifier(name))
                .modelDetails();
        assertEquals(Models.HAIKU_3, details.modelId());
        assertEquals(Models.MODEL_ARN, details.modelArn());
    }

    private static List<FoundationModelSummary> all() {
        return SERVER.clients().control.listFoundationModels(request -> {}).modelSummaries();
    }

    /** Requires that a filter finds what it describes, and all of it. */
    private static void check(ListFoundationModelsRequest request, Predicate<FoundationModelSummary> matches) {
        List<FoundationModelSummary> found =
                Way.join(SERVER.clients().controlAsync.listFoundationModels(request)).modelSummaries();
        assertFalse(found.isEmpty());
        assertEquals(all().stream().filter(matches).toList(), found);
    }
}
