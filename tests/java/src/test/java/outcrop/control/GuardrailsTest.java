package outcrop.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import outcrop.support.Server;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.ConflictException;
import software.amazon.awssdk.services.bedrock.model.CreateGuardrailResponse;
import software.amazon.awssdk.services.bedrock.model.GetGuardrailResponse;
import software.amazon.awssdk.services.bedrock.model.GuardrailStatus;
import software.amazon.awssdk.services.bedrock.model.GuardrailSummary;
import software.amazon.awssdk.services.bedrock.model.GuardrailWordConfig;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailResponse;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailAction;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailAssessment;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailContentSource;

/** Guardrails from their creation to their deletion. */
class GuardrailsTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    @Test
    void theyComeHaveVersionsAndGo() {
        BedrockClient control = SERVER.clients().control;
        CreateGuardrailResponse made = create(control, "rocks");
        GetGuardrailResponse draft =
                control.getGuardrail(request -> request.guardrailIdentifier(made.guardrailArn()));
        assertEquals(GuardrailStatus.READY, draft.status());
        assertEquals("granite", draft.wordPolicy().words().get(0).text());
        String version = control.createGuardrailVersion(request -> request.guardrailIdentifier(made.guardrailId()))
                .version();
        assertEquals("1", version);
        String taken = refused(ConflictException.class, 400, () -> create(control, "rocks"));
        assertTrue(taken.contains("rocks"), taken);
        control.deleteGuardrail(request -> request.guardrailIdentifier(made.guardrailId()));
        refused(
                ResourceNotFoundException.class,
                404,
                () -> control.getGuardrail(request -> request.guardrailIdentifier(made.guardrailId())));
    }

    /** The answer has members that are null, as the service's has. */
    @Test
    void theyAreApplied() {
        String id = create(SERVER.clients().control, "applied").guardrailId();
        ApplyGuardrailResponse blocked = apply(id, "What is granite?");
        assertEquals(GuardrailAction.GUARDRAIL_INTERVENED, blocked.action());
        assertEquals("No.", blocked.outputs().get(0).text());
        GuardrailAssessment assessment = blocked.assessments().get(0);
        assertEquals("granite", assessment.wordPolicy().customWords().get(0).match());
        assertNull(assessment.topicPolicy());
        assertNull(blocked.guardrailCoverage().images());
        ApplyGuardrailResponse fine = apply(id, "What is the time?");
        assertEquals(GuardrailAction.NONE, fine.action());
        assertTrue(fine.outputs().isEmpty());
    }

    private static ApplyGuardrailResponse apply(String id, String text) {
        return SERVER.clients().runtime.applyGuardrail(request -> request.guardrailIdentifier(id)
                .guardrailVersion("DRAFT")
                .source(GuardrailContentSource.INPUT)
                .content(GuardrailContentBlock.fromText(block -> block.text(text))));
    }

    @Test
    void pagesComeToTheWholeList() {
        BedrockClient control = SERVER.clients().control;
        Set<String> made = new HashSet<>();
        for (int number = 0; number < 5; number++) {
            made.add(create(control, "page-" + number).guardrailId());
        }
        List<String> listed = control.listGuardrailsPaginator(request -> request.maxResults(2)).stream()
                .peek(page -> assertTrue(page.guardrails().size() <= 2))
                .flatMap(page -> page.guardrails().stream())
                .map(GuardrailSummary::id)
                .filter(made::contains)
                .toList();
        assertEquals(5, listed.size());
        assertEquals(made, Set.copyOf(listed));
    }

    private static CreateGuardrailResponse create(BedrockClient control, String name) {
        return control.createGuardrail(request -> request.name(name)
                .blockedInputMessaging("No.")
                .blockedOutputsMessaging("Not that.")
                .wordPolicyConfig(words -> words.wordsConfig(List.of(
                        GuardrailWordConfig.builder().text("granite").build()))));
    }
}
