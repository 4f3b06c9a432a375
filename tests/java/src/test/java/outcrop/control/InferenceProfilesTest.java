package outcrop.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import outcrop.support.Models;
import outcrop.support.Server;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.GetInferenceProfileResponse;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileStatus;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileSummary;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

/** ListInferenceProfiles page by page, and GetInferenceProfile. */
class InferenceProfilesTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    @Test
    void pagesComeToTheWholeList() {
        BedrockClient control = SERVER.clients().control;
        List<InferenceProfileSummary> whole =
                control.listInferenceProfiles(request -> request.maxResults(1000)).inferenceProfileSummaries();
        List<InferenceProfileSummary> paged =
                control.listInferenceProfilesPaginator(request -> request.maxResults(7)).stream()
                        .peek(page -> assertTrue(page.inferenceProfileSummaries().size() <= 7))
                        .flatMap(page -> page.inferenceProfileSummaries().stream())
                        .toList();
        assertTrue(paged.size() > 7);
        assertEquals(whole, paged);
    }

    @ParameterizedTest
    @ValueSource(strings = {Models.SONNET, Models.PROFILE_ARN})
    void oneIsToldOfByIdAndByArn(String name) {
        GetInferenceProfileResponse profile = SERVER.clients()
                .control
                .getInferenceProfile(request -> request.inferenceProfileIdentifier(name));
        assertEquals(Models.SONNET, profile.inferenceProfileId());
        assertEquals(InferenceProfileStatus.ACTIVE, profile.status());
        assertNotNull(profile.createdAt());
        assertFalse(profile.models().isEmpty());
    }

    @Test
    void aBrokenPageIsRefused() {
        BedrockClient control = SERVER.clients().control;
        String message = refused(
                ValidationException.class,
                400,
                () -> control.listInferenceProfiles(request -> request.maxResults(0)));
        assertTrue(message.contains("Value '0' at 'maxResults' failed to satisfy constraint"), message);
        refused(
                ValidationException.class,
                400,
                () -> control.listInferenceProfiles(request -> request.nextToken("forged")));
    }
}
