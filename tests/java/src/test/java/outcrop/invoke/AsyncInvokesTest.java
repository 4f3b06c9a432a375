package outcrop.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import outcrop.support.Server;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeStatus;
import software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeSummary;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeResponse;
import software.amazon.awssdk.services.bedrockruntime.model.StartAsyncInvokeResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** An asynchronous invocation, from its start to its file. */
class AsyncInvokesTest {
    private static final Path ROOT = root();

    @RegisterExtension
    static final Server SERVER = new Server("--s3-root", ROOT.toString());

    @Test
    void aVideoIsMade() throws IOException {
        GetAsyncInvokeResponse told = ended(start("s3://bucket/videos").invocationArn());
        assertEquals(AsyncInvokeStatus.COMPLETED, told.status(), told.failureMessage());
        String folder = told.outputDataConfig().s3OutputDataConfig().s3Uri();
        byte[] video = Files.readAllBytes(ROOT.resolve(folder.substring("s3://".length())).resolve("output.mp4"));
        assertEquals("ftyp", new String(video, 4, 4, StandardCharsets.ISO_8859_1));
        List<AsyncInvokeSummary> listed = SERVER.clients().runtime.listAsyncInvokesPaginator(request -> {})
                .asyncInvokeSummaries().stream().toList();
        assertTrue(listed.stream().anyMatch(summary -> summary.invocationArn().equals(told.invocationArn())));
    }

    @Test
    void aBucketThatIsNotThereIsRefused() {
        String message = refused(ValidationException.class, 400, () -> start("s3://nowhere"));
        assertEquals("Invalid Output Config/Credentials", message);
    }

    private static StartAsyncInvokeResponse start(String location) {
        Document input = Document.mapBuilder().putString("prompt", "a car").putString("resolution", "540p").build();
        return SERVER.clients().runtime.startAsyncInvoke(request -> request.modelId("luma.ray-v2:0")
                .modelInput(input)
                .outputDataConfig(output -> output.s3OutputDataConfig(s3 -> s3.s3Uri(location))));
    }

    /** Asks as programs do, until the invocation has ended. */
    private static GetAsyncInvokeResponse ended(String arn) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            GetAsyncInvokeResponse told =
                    SERVER.clients().runtime.getAsyncInvoke(request -> request.invocationArn(arn));
            if (told.status() != AsyncInvokeStatus.IN_PROGRESS) {
                return told;
            }
            assertTrue(Instant.now().isBefore(deadline), "it does not end");
        }
    }

    private static Path root() {
        try {
            Path root = Files.createTempDirectory("outcrop-");
            Files.createDirectory(root.resolve("bucket"));
            return root;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
