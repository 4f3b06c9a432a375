package wire

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

func request() *bedrockruntime.ConverseInput {
	return &bedrockruntime.ConverseInput{
		ModelId: aws.String(support.Haiku3), Messages: []types.Message{support.User("Hello")},
	}
}

// observed is an HTTP client that tells of every answer's status before the SDK sees it.
type observed struct {
	inner  aws.HTTPClient
	status func(int)
}

func (o observed) Do(request *http.Request) (*http.Response, error) {
	answer, err := o.inner.Do(request)
	if err == nil {
		o.status(answer.StatusCode)
	}
	return answer, err
}

func TestAThrottledRequestIsTyped(t *testing.T) {
	clients := support.Start(t, "--max-in-flight", "1")
	held := support.Hold(t, clients)
	_, err := clients.Runtime.Converse(t.Context(), request())
	refusal := support.Refused[*types.ThrottlingException](t, err, 429)
	if *refusal.Message != "Too many requests, please wait before trying again." {
		t.Error(*refusal.Message)
	}
	held.Finish(t)
}

func TestARefusalComesInTheMiddleOfSending(t *testing.T) {
	clients := support.Start(t, "--max-in-flight", "1")
	held := support.Hold(t, clients)
	large := request()
	large.Messages = []types.Message{support.User(strings.Repeat("x", 20_000_000))}
	_, err := clients.Runtime.Converse(t.Context(), large)
	support.Refused[*types.ThrottlingException](t, err, 429)
	held.Finish(t)
}

func TestTheSDKComesBack(t *testing.T) {
	clients := support.Start(t, "--max-in-flight", "1")
	held := support.Hold(t, clients)
	var statuses []int
	config := support.Config(clients.URL)
	config.RetryMaxAttempts = 4
	config.HTTPClient = observed{config.HTTPClient, func(status int) {
		// The first refusal frees the place.
		if statuses = append(statuses, status); len(statuses) == 1 {
			held.Finish(t)
		}
	}}
	if _, err := bedrockruntime.NewFromConfig(config).Converse(t.Context(), request()); err != nil {
		t.Fatal(err)
	}
	if len(statuses) < 2 || statuses[0] != 429 || slices.Index(statuses, 200) != len(statuses)-1 {
		t.Errorf("the answers are %v", statuses)
	}
}
