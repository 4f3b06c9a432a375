package outcrop.control;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static outcrop.support.Errors.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import outcrop.support.Server;
import outcrop.support.Way;
import software.amazon.awssdk.services.bedrock.model.BedrockException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;

/** Operations that are not served say so. */
class NotServedTest {
    @RegisterExtension
    static final Server SERVER = new Server();

    @Test
    void ofTheControlPlane() {
        String message =
                refused(BedrockException.class, 501, () -> SERVER.clients().control.listCustomModels(request -> {}));
        assertTrue(message.contains("ListCustomModels"), message);
    }

    @Test
    void ofTheRuntime() {
        String message = refused(
                BedrockRuntimeException.class,
                501,
                () -> Way.join(SERVER.clients().runtimeAsync.listAsyncInvokes(request -> {})));
        assertTrue(message.contains("ListAsyncInvokes"), message);
    }
}
