// Package invoke tests InvokeModel and InvokeModelWithResponseStream.
package invoke

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

const body = `{"anthropic_version":"bedrock-2023-05-31","max_tokens":500,` +
	`"messages":[{"role":"user","content":"Tell me about marble."}]}`

// message is what the tests read of Anthropic's message.
type message struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	StopReason string `json:"stop_reason"`
	Content    []struct {
		Type string `json:"type"`
		Text string `json:"text"`
	} `json:"content"`
	Usage struct {
		InputTokens  int `json:"input_tokens"`
		OutputTokens int `json:"output_tokens"`
	} `json:"usage"`
}

// event is what the tests read of Anthropic's events.
type event struct {
	Type  string `json:"type"`
	Delta struct {
		Text string `json:"text"`
	} `json:"delta"`
	Metrics *struct {
		InputTokenCount   int `json:"inputTokenCount"`
		OutputTokenCount  int `json:"outputTokenCount"`
		InvocationLatency int `json:"invocationLatency"`
		FirstByteLatency  int `json:"firstByteLatency"`
	} `json:"amazon-bedrock-invocationMetrics"`
}

func decode[T any](t *testing.T, data []byte) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func invoke(t *testing.T, clients support.Clients) message {
	t.Helper()
	answer, err := clients.Runtime.InvokeModel(t.Context(), &bedrockruntime.InvokeModelInput{
		ModelId: aws.String(support.Sonnet), Body: []byte(body),
	})
	if err != nil {
		t.Fatal(err)
	}
	if *answer.ContentType != "application/json" {
		t.Errorf("the answer is %s", *answer.ContentType)
	}
	return decode[message](t, answer.Body)
}

func TestTheAnswerIsAMessage(t *testing.T) {
	answer := invoke(t, support.Start(t))
	if answer.Type != "message" || answer.StopReason != "end_turn" || !strings.HasPrefix(answer.ID, "msg_bdrk_") {
		t.Errorf("%+v", answer)
	}
	if len(answer.Content) != 1 || !strings.Contains(answer.Content[0].Text, "marble") {
		t.Errorf("%+v", answer.Content)
	}
	if answer.Usage.InputTokens <= 0 || answer.Usage.OutputTokens <= 0 {
		t.Errorf("%+v", answer.Usage)
	}
}

func TestTheStreamComesToTheMessage(t *testing.T) {
	clients := support.Start(t)
	answer, err := clients.Runtime.InvokeModelWithResponseStream(t.Context(), &bedrockruntime.InvokeModelWithResponseStreamInput{
		ModelId: aws.String(support.Sonnet), Body: []byte(body),
	})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	var text strings.Builder
	var last event
	for chunk := range answer.GetStream().Events() {
		if last.Metrics != nil {
			t.Error("the metrics are not in the last chunk")
		}
		last = decode[event](t, chunk.(*types.ResponseStreamMemberChunk).Value.Bytes)
		kinds = append(kinds, last.Type)
		text.WriteString(last.Delta.Text)
	}
	if err := answer.GetStream().Close(); err != nil {
		t.Fatal(err)
	}
	whole := invoke(t, clients)
	if text.String() != whole.Content[0].Text {
		t.Errorf("%q is not %q", text.String(), whole.Content[0].Text)
	}
	if last.Metrics == nil || last.Metrics.OutputTokenCount != whole.Usage.OutputTokens ||
		last.Metrics.InputTokenCount != whole.Usage.InputTokens ||
		last.Metrics.FirstByteLatency > last.Metrics.InvocationLatency {
		t.Errorf("%+v", last.Metrics)
	}
	order := []string{
		"message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop",
	}
	if deltas := len(kinds) - len(order) + 1; deltas < 2 || !slices.Equal(slices.Compact(kinds), order) {
		t.Errorf("%d deltas in %v", deltas, kinds)
	}
}

func TestErrorsAreTyped(t *testing.T) {
	clients := support.Start(t)
	for model, body := range map[string]string{support.Unknown: body, support.Sonnet: "{"} {
		_, err := clients.Runtime.InvokeModel(t.Context(), &bedrockruntime.InvokeModelInput{
			ModelId: aws.String(model), Body: []byte(body),
		})
		support.Refused[*types.ValidationException](t, err, 400)
		_, err = clients.Runtime.InvokeModelWithResponseStream(t.Context(), &bedrockruntime.InvokeModelWithResponseStreamInput{
			ModelId: aws.String(model), Body: []byte(body),
		})
		support.Refused[*types.ValidationException](t, err, 400)
	}
}
