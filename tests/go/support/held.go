package support

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

const heldBody = `{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}`

// Held is a request whose body is not all there yet, so that it takes a place of the server.
type Held struct {
	connection net.Conn
	reader     *bufio.Reader
}

// Hold sends the head of a request and waits until the server asks for the body: the request has its place then.
func Hold(t *testing.T, clients Clients) Held {
	t.Helper()
	connection, err := net.DialTimeout("tcp", strings.TrimPrefix(clients.URL, "http://"), timeout)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	_ = connection.SetDeadline(time.Now().Add(timeout))
	fmt.Fprintf(connection, "POST /model/%s/converse HTTP/1.1\r\nhost: test\r\nconnection: close\r\n"+
		"content-type: application/json\r\ncontent-length: %d\r\nexpect: 100-continue\r\n\r\n", Haiku3, len(heldBody))
	held := Held{connection, bufio.NewReader(connection)}
	held.expect(t, http.StatusContinue)
	return held
}

// Finish sends the rest, and reads the answer up to its end.
func (h Held) Finish(t *testing.T) {
	t.Helper()
	fmt.Fprint(h.connection, heldBody)
	h.expect(t, http.StatusOK)
}

func (h Held) expect(t *testing.T, status int) {
	t.Helper()
	answer, err := http.ReadResponse(h.reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != status {
		t.Fatalf("status %d, and %v", answer.StatusCode, err)
	}
}
