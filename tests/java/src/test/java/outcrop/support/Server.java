package outcrop.support;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The server that the tests of a class ask. Classes that want the same flags share one, which stops after all tests. */
public final class Server implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Server.class);

    private final List<String> flags;
    private Binary binary;

    /** A server with these flags. */
    public Server(String... flags) {
        this.flags = List.of(flags);
    }

    /** Its plaintext port. */
    public URI uri() {
        return binary.uri();
    }

    /** The SDK's clients of it. */
    public Clients clients() {
        return binary.clients();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        binary = store.getOrComputeIfAbsent(flags, Binary::start, Binary.class);
    }
}
