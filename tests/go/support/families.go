package support

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Family is a case of tests/families.json: a model of a family, a body, and either what member of the answer tells
// what, or how it is refused.
type Family struct {
	Family  string
	Model   string
	Body    json.RawMessage
	Answer  string
	Says    string
	Streams bool
	Refused string
}

// Families are the cases that the suites of all languages share.
func Families(t *testing.T) []Family {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	data, err := os.ReadFile(filepath.Join(filepath.Dir(here), "..", "..", "families.json"))
	if err != nil {
		t.Fatal(err)
	}
	var families []Family
	if err := json.Unmarshal(data, &families); err != nil {
		t.Fatal(err)
	}
	return families
}
