// Package support has what the suites share: the server under test, clients of it, and the parts of requests.
package support

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	startDeadline = 30 * time.Second
	stopDeadline  = 15 * time.Second
	ready         = "outcrop listening on "
)

// start runs the binary that OUTCROP_BIN names on a free port until the test ends. It gives the server's address.
func start(t *testing.T, flags ...string) string {
	t.Helper()
	program := os.Getenv("OUTCROP_BIN")
	if program == "" {
		t.Fatal("start the tests with tests/go/run, or set OUTCROP_BIN")
	}
	command := exec.Command(program, append([]string{"serve", "--ephemeral", "--listen", "127.0.0.1:0", "--log-level", "warn"}, flags...)...)
	command.Env = environment()
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, command) })

	lines := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(output).ReadString('\n')
		lines <- strings.TrimSpace(line)
	}()
	select {
	case line := <-lines:
		if !strings.HasPrefix(line, ready+"http://") {
			t.Fatalf("no ready line, but %q", line)
		}
		return strings.TrimPrefix(line, ready)
	case <-time.After(startDeadline):
		t.Fatal("the server is not ready")
		return ""
	}
}

// stop ends the server as a supervisor does, and requires that it ends well.
func stop(t *testing.T, command *exec.Cmd) {
	_ = command.Process.Signal(syscall.SIGTERM)
	deadline := time.AfterFunc(stopDeadline, func() { _ = command.Process.Kill() })
	defer deadline.Stop()
	if err := command.Wait(); err != nil {
		t.Errorf("the server did not end well: %v", err)
	}
}

// environment is the process's own, without what would configure the server.
func environment() []string {
	var kept []string
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "OUTCROP_") {
			kept = append(kept, entry)
		}
	}
	return kept
}
