package outcrop.support;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrock.BedrockAsyncClient;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * The SDK's clients of a server. They do not retry. The synchronous ones speak HTTP/1.1; the asynchronous one of the
 * runtime speaks HTTP/2 from its first byte.
 */
public final class Clients implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    public final BedrockRuntimeClient runtime;
    public final BedrockRuntimeAsyncClient runtimeAsync;
    public final BedrockClient control;
    public final BedrockAsyncClient controlAsync;

    Clients(URI uri) {
        Consumer<ClientOverrideConfiguration.Builder> once =
                config -> config.retryStrategy(AwsRetryStrategy.doNotRetry());
        runtime = configure(BedrockRuntimeClient.builder(), uri, once).build();
        runtimeAsync = configure(BedrockRuntimeAsyncClient.builder(), uri, once).build();
        control = configure(BedrockClient.builder(), uri, once).build();
        controlAsync = configure(BedrockAsyncClient.builder(), uri, once).build();
    }

    /** A builder of clients of the server, which has nothing of the user's own. */
    public static <B extends AwsClientBuilder<B, C>, C> B configure(
            B builder, URI uri, Consumer<ClientOverrideConfiguration.Builder> config) {
        // Twelve digits as the access key's id name the account.
        AwsBasicCredentials credentials = AwsBasicCredentials.create("123456789012", "secret");
        return builder.endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(config.andThen(common -> common.apiCallTimeout(TIMEOUT)));
    }

    @Override
    public void close() {
        runtime.close();
        runtimeAsync.close();
        control.close();
        controlAsync.close();
    }
}
