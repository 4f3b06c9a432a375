package outcrop.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * A case of tests/families.json, which the suites of all languages share: a model of a family, a body, and either what
 * member of the answer tells what, or how it is refused.
 */
public record Family(JsonNode row) {
    /** The suite runs in tests/java. */
    private static final Path FILE = Path.of("..", "families.json");

    public static Stream<Family> all() throws IOException {
        List<JsonNode> cases = JsonNode.parser().parse(Files.readString(FILE)).asArray();
        return cases.stream().map(Family::new);
    }

    public static Stream<Family> answered() throws IOException {
        return all().filter(family -> family.row.field("answer").isPresent());
    }

    public static Stream<Family> streaming() throws IOException {
        return answered().filter(Family::streams);
    }

    public static Stream<Family> notStreaming() throws IOException {
        return answered().filter(family -> !family.streams());
    }

    public static Stream<Family> refused() throws IOException {
        return all().filter(family -> family.row.field("refused").isPresent());
    }

    public String model() {
        return text("model");
    }

    public SdkBytes body() {
        return SdkBytes.fromUtf8String(row.field("body").orElseThrow().toString());
    }

    /** The text of a member. */
    public String text(String member) {
        return row.field(member).orElseThrow().text();
    }

    /** What the answer says; nothing where it is no text. */
    public String says() {
        return row.field("says").map(JsonNode::text).orElse("");
    }

    private boolean streams() {
        return row.field("streams").orElseThrow().asBoolean();
    }

    @Override
    public String toString() {
        return text("family");
    }
}
