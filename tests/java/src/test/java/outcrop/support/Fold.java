package outcrop.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlockStart;

/**
 * What the events of a stream come to. They have to be messageStart, blocks one after another with rising indexes,
 * messageStop and metadata, and nothing else.
 */
public final class Fold {
    public final Message message;
    public final StopReason stopReason;
    public final TokenUsage usage;

    private final List<ContentBlock> content = new ArrayList<>();
    // The block that has begun and has not stopped.
    private final List<String> pieces = new ArrayList<>();
    private ToolUseBlockStart call;
    private int deltas;

    Fold(List<ConverseStreamOutput> events) {
        int size = events.size();
        assertTrue(size > 3, () -> events.toString());
        MessageStartEvent start = assertInstanceOf(MessageStartEvent.class, events.get(0));
        events.subList(1, size - 2).forEach(this::add);
        assertTrue(call == null && pieces.isEmpty(), "the last block stops");
        message = Message.builder().role(start.role()).content(content).build();
        stopReason = assertInstanceOf(MessageStopEvent.class, events.get(size - 2)).stopReason();
        usage = assertInstanceOf(ConverseStreamMetadataEvent.class, events.get(size - 1)).usage();
    }

    /** How many pieces the content came in. */
    public int deltas() {
        return deltas;
    }

    private void add(ConverseStreamOutput event) {
        if (event instanceof ContentBlockStartEvent start) {
            assertEquals(content.size(), start.contentBlockIndex());
            assertTrue(call == null && pieces.isEmpty(), "a block starts once, before its deltas");
            call = start.start().toolUse();
        } else if (event instanceof ContentBlockDeltaEvent delta) {
            assertEquals(content.size(), delta.contentBlockIndex());
            pieces.add(call == null ? delta.delta().text() : delta.delta().toolUse().input());
            deltas++;
        } else {
            ContentBlockStopEvent stop = assertInstanceOf(ContentBlockStopEvent.class, event);
            assertEquals(content.size(), stop.contentBlockIndex());
            assertFalse(call == null && pieces.isEmpty(), "what stops has begun");
            content.add(finished());
            call = null;
            pieces.clear();
        }
    }

    private ContentBlock finished() {
        String whole = String.join("", pieces);
        if (call == null) {
            return ContentBlock.fromText(whole);
        }
        return ContentBlock.fromToolUse(ToolUseBlock.builder()
                .name(call.name())
                .toolUseId(call.toolUseId())
                .type(call.typeAsString())
                .input(Documents.of(JsonNode.parser().parse(whole)))
                .build());
    }
}
