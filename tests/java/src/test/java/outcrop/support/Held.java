package outcrop.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request whose body is not all there yet, so that it takes a place of the server. */
public final class Held implements AutoCloseable {
    private static final String BODY = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";
    private static final int TIMEOUT_MS = 20_000;

    private final Socket socket;
    private final BufferedReader answer;

    /** Sends the head of a request and waits until the server asks for the body: the request has its place then. */
    public Held(Server server) throws IOException {
        socket = new Socket(server.uri().getHost(), server.uri().getPort());
        socket.setSoTimeout(TIMEOUT_MS);
        answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        send(String.join(
                "\r\n",
                "POST /model/" + Models.HAIKU_3 + "/converse HTTP/1.1",
                "host: test",
                "connection: close",
                "content-type: application/json",
                "content-length: " + BODY.length(),
                "expect: 100-continue",
                "",
                ""));
        expect("HTTP/1.1 100 ");
        answer.readLine();
    }

    /** Sends the rest, and reads the answer up to its end. */
    public void finish() throws IOException {
        send(BODY);
        expect("HTTP/1.1 200 ");
        while (answer.readLine() != null) {}
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void expect(String status) throws IOException {
        String line = answer.readLine();
        if (line == null || !line.startsWith(status)) {
            throw new IOException("the answer is " + line);
        }
    }
}
