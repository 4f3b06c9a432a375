package control

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/bedrock"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/smithy-go"
	"outcrop/tests/support"
)

func TestWhatIsNotServedSaysSo(t *testing.T) {
	clients := support.Start(t)
	_, control := clients.Control.ListCustomModels(t.Context(), &bedrock.ListCustomModelsInput{})
	_, runtime := clients.Runtime.ListAsyncInvokes(t.Context(), &bedrockruntime.ListAsyncInvokesInput{})
	for name, err := range map[string]error{"ListCustomModels": control, "ListAsyncInvokes": runtime} {
		refusal := support.Refused[smithy.APIError](t, err, 501)
		if refusal.ErrorCode() != "UnsupportedOperationException" || !strings.Contains(refusal.ErrorMessage(), name) {
			t.Errorf("%s: %s", refusal.ErrorCode(), refusal.ErrorMessage())
		}
	}
}
