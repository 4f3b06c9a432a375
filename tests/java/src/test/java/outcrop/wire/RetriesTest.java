package outcrop.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;
import static outcrop.support.Parts.conversation;
import static outcrop.support.Parts.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import outcrop.support.Clients;
import outcrop.support.Held;
import outcrop.support.Models;
import outcrop.support.Server;
import outcrop.support.Way;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** Throttling, and that clients come back after it. */
class RetriesTest {
    private static final ConverseRequest REQUEST =
            conversation(user("Hello")).modelId(Models.HAIKU_3).build();

    @RegisterExtension
    static final Server SERVER = new Server("--max-in-flight", "1");

    /** Notes the status of every attempt. The first refusal frees the server's place. */
    private record Attempts(Held held, List<Integer> statuses) implements ExecutionInterceptor {
        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            statuses.add(context.httpResponse().statusCode());
            if (statuses.size() == 1) {
                try {
                    held.finish();
                } catch (IOException error) {
                    throw new UncheckedIOException(error);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThrottledRequestIsTyped(Way way) throws IOException {
        try (Held held = new Held(SERVER)) {
            String message = refused(ThrottlingException.class, 429, () -> way.converse(SERVER, REQUEST));
            assertEquals("Too many requests, please wait before trying again.", message);
            held.finish();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalComesInTheMiddleOfSending(Way way) throws IOException {
        ConverseRequest large = conversation(user("x".repeat(20_000_000))).build();
        try (Held held = new Held(SERVER)) {
            refused(ThrottlingException.class, 429, () -> way.converse(SERVER, large));
            held.finish();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSdkComesBack(Way way) throws IOException {
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        try (Held held = new Held(SERVER)) {
            Consumer<ClientOverrideConfiguration.Builder> config = common -> common.retryStrategy(RetryMode.STANDARD)
                    .addExecutionInterceptor(new Attempts(held, statuses));
            converse(way, config);
        }
        assertEquals(429, statuses.get(0));
        assertTrue(statuses.size() > 1 && statuses.indexOf(200) == statuses.size() - 1, statuses.toString());
    }

    private static void converse(Way way, Consumer<ClientOverrideConfiguration.Builder> config) {
        if (way == Way.SYNC) {
            try (var client = Clients.configure(BedrockRuntimeClient.builder(), SERVER.uri(), config).build()) {
                client.converse(REQUEST);
            }
        } else {
            try (var client = Clients.configure(BedrockRuntimeAsyncClient.builder(), SERVER.uri(), config).build()) {
                Way.join(client.converse(REQUEST));
            }
        }
    }
}
