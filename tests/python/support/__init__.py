"""What the suites share: the server under test, clients for it, and the parts of requests."""
