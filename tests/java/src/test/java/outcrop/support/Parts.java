package outcrop.support;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/** The parts that Converse requests and answers are made of. */
public final class Parts {
    /** What the tools can be asked about. */
    public static final List<String> CITIES = List.of("Oslo", "Rome");

    private Parts() {}

    /** A message of the user. */
    public static Message user(ContentBlock... blocks) {
        return Message.builder().role(ConversationRole.USER).content(blocks).build();
    }

    /** A message of the user: one text. */
    public static Message user(String text) {
        return user(ContentBlock.fromText(text));
    }

    /** A request to the model that can do everything. */
    public static ConverseRequest.Builder conversation(Message... messages) {
        return ConverseRequest.builder().modelId(Models.SONNET).messages(messages);
    }

    /** The texts of a message, joined. */
    public static String textOf(Message message) {
        return message.content().stream()
                .flatMap(block -> Stream.ofNullable(block.text()))
                .collect(Collectors.joining());
    }

    /** The tool calls of a message. */
    public static List<ToolUseBlock> toolUses(Message message) {
        return message.content().stream()
                .flatMap(block -> Stream.ofNullable(block.toolUse()))
                .toList();
    }

    /** The result of a call. */
    public static ContentBlock toolResult(ToolUseBlock use, String text) {
        return ContentBlock.fromToolResult(ToolResultBlock.builder()
                .toolUseId(use.toolUseId())
                .content(ToolResultContentBlock.fromText(text))
                .build());
    }

    /** Tools that want to know a city. */
    public static ToolConfiguration tools(String... names) {
        List<Document> cities = CITIES.stream().map(Document::fromString).toList();
        Document city = Document.mapBuilder().putString("type", "string").putList("enum", cities).build();
        Document schema = Document.mapBuilder()
                .putString("type", "object")
                .putMap("properties", properties -> properties.putDocument("city", city))
                .putList("required", List.of(Document.fromString("city")))
                .build();
        List<Tool> tools = Stream.of(names)
                .map(name -> Tool.builder()
                        .toolSpec(tool -> tool.name(name)
                                .description("Looks something up for a city.")
                                .inputSchema(input -> input.json(schema)))
                        .build())
                .toList();
        return ToolConfiguration.builder().tools(tools).build();
    }
}
