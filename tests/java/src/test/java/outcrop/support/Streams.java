package outcrop.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** ConverseStream, asked what Converse would be asked. */
public final class Streams {
    private Streams() {}

    /** The same request to ConverseStream. */
    public static ConverseStreamRequest streamed(ConverseRequest request) {
        return ConverseStreamRequest.builder()
                .modelId(request.modelId())
                .messages(request.messages())
                .inferenceConfig(request.inferenceConfig())
                .toolConfig(request.toolConfig())
                .build();
    }

    /** All events of the answer. */
    public static List<ConverseStreamOutput> collect(BedrockRuntimeAsyncClient client, ConverseStreamRequest request) {
        List<ConverseStreamOutput> events = new CopyOnWriteArrayList<>();
        ConverseStreamResponseHandler handler = ConverseStreamResponseHandler.builder()
                .subscriber(events::add)
                .build();
        Way.join(client.converseStream(request, handler));
        return events;
    }

    /** What the answer comes to. */
    public static Fold fold(Server server, ConverseRequest request) {
        return new Fold(collect(server.clients().runtimeAsync, streamed(request)));
    }
}
