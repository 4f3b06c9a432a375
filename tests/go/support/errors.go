package support

import (
	"errors"
	"regexp"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

var requestID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// Refused requires that a call was refused with an error of type E, before any stream. It gives the error.
func Refused[E smithy.APIError](t *testing.T, err error, status int) E {
	t.Helper()
	var refusal E
	if !errors.As(err, &refusal) {
		t.Fatalf("not a %T: %v", refusal, err)
	}
	var response *awshttp.ResponseError
	if !errors.As(err, &response) {
		t.Fatalf("no response: %v", err)
	}
	if response.HTTPStatusCode() != status {
		t.Fatalf("status %d: %v", response.HTTPStatusCode(), err)
	}
	if !requestID.MatchString(response.ServiceRequestID()) {
		t.Fatalf("the request has the id %q", response.ServiceRequestID())
	}
	return refusal
}
