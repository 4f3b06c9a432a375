package outcrop.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/** The two kinds of clients, whose operations are the same. */
public enum Way {
    SYNC,
    ASYNC;

    public ConverseResponse converse(Server server, ConverseRequest request) {
        return this == SYNC
                ? server.clients().runtime.converse(request)
                : join(server.clients().runtimeAsync.converse(request));
    }

    public InvokeModelResponse invoke(Server server, InvokeModelRequest request) {
        return this == SYNC
                ? server.clients().runtime.invokeModel(request)
                : join(server.clients().runtimeAsync.invokeModel(request));
    }

    public CountTokensResponse count(Server server, CountTokensRequest request) {
        return this == SYNC
                ? server.clients().runtime.countTokens(request)
                : join(server.clients().runtimeAsync.countTokens(request));
    }

    /** What the asynchronous call comes to, or the error that the synchronous one would throw. */
    public static <T> T join(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException error) {
            if (error.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw error;
        }
    }
}
