package outcrop.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The binary under test, as a child process. */
final class Binary implements AutoCloseable {
    private static final long START_DEADLINE_SECONDS = 30;
    private static final long STOP_DEADLINE_SECONDS = 15;
    private static final String READY = "outcrop listening on ";

    private final Process process;
    private final URI uri;
    private final Clients clients;

    private Binary(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
        this.clients = new Clients(uri);
    }

    /** Starts the binary that OUTCROP_BIN names, on a free port, and waits for its ready line. */
    static Binary start(List<String> flags) {
        String program = System.getenv("OUTCROP_BIN");
        if (program == null) {
            throw new IllegalStateException("start the tests with tests/java/run, or set OUTCROP_BIN");
        }
        List<String> command = new ArrayList<>(List.of(program, "serve", "--ephemeral", "--listen", "127.0.0.1:0", "--log-level", "warn"));
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("OUTCROP_"));
        try {
            Process process = builder.start();
            return new Binary(process, ready(process));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    URI uri() {
        return uri;
    }

    Clients clients() {
        return clients;
    }

    /** Ends the server as a supervisor does, and requires that it ends well. */
    @Override
    public void close() {
        clients.close();
        process.destroy();
        boolean stopped = process.onExit()
                .thenApply(ended -> true)
                .completeOnTimeout(false, STOP_DEADLINE_SECONDS, TimeUnit.SECONDS)
                .join();
        if (!stopped) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not stop");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("the server ended with " + process.exitValue());
        }
    }

    /** The address in the ready line. */
    private static URI ready(Process process) {
        String line = CompletableFuture.supplyAsync(() -> firstLine(process.inputReader()))
                .completeOnTimeout("nothing in time", START_DEADLINE_SECONDS, TimeUnit.SECONDS)
                .join();
        if (!line.startsWith(READY + "http://")) {
            process.destroyForcibly();
            throw new IllegalStateException("no ready line, but " + line);
        }
        return URI.create(line.substring(READY.length()));
    }

    private static String firstLine(BufferedReader output) {
        try {
            return String.valueOf(output.readLine());
        } catch (IOException error) {
            return error.toString();
        }
    }
}
