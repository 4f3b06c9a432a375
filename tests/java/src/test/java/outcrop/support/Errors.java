package outcrop.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What the SDK makes of an error. */
public final class Errors {
    private static final String REQUEST_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private Errors() {}

    /** Requires that a call is refused with an error of this class, before any stream. Gives what the error says. */
    public static <E extends AwsServiceException> String refused(Class<E> type, int status, Executable call) {
        E error = assertThrows(type, call);
        assertEquals(status, error.statusCode());
        assertTrue(error.requestId().matches(REQUEST_ID), error.requestId());
        return error.awsErrorDetails().errorMessage();
    }
}
