package converse

import (
	"reflect"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

// stream asks what Converse would be asked.
func stream(t *testing.T, clients support.Clients, input *bedrockruntime.ConverseInput) support.Folded {
	t.Helper()
	if input.ModelId == nil {
		input.ModelId = aws.String(support.Sonnet)
	}
	answer, err := clients.Runtime.ConverseStream(t.Context(), &bedrockruntime.ConverseStreamInput{
		ModelId:         input.ModelId,
		Messages:        input.Messages,
		InferenceConfig: input.InferenceConfig,
		ToolConfig:      input.ToolConfig,
	})
	if err != nil {
		t.Fatal(err)
	}
	events, err := support.Collect(answer)
	if err != nil {
		t.Fatal(err)
	}
	return support.Fold(t, events)
}

func TestEventsComeToTheWholeAnswer(t *testing.T) {
	clients := support.Start(t)
	text := conversation(support.User("Count to ten, please."))
	limited := conversation(support.User("Count to ten, please."))
	limited.InferenceConfig = &types.InferenceConfiguration{MaxTokens: aws.Int32(3)}
	for name, input := range map[string]*bedrockruntime.ConverseInput{"a text": text, "a limit": limited} {
		t.Run(name, func(t *testing.T) {
			folded, whole := stream(t, clients, input), ask(t, clients, input)
			if message := support.MessageOf(t, whole.Output); !reflect.DeepEqual(folded.Message, message) {
				t.Errorf("%#v is not %#v", folded.Message, message)
			}
			if folded.StopReason != whole.StopReason {
				t.Errorf("%s is not %s", folded.StopReason, whole.StopReason)
			}
			if *folded.Usage.InputTokens != *whole.Usage.InputTokens ||
				*folded.Usage.OutputTokens != *whole.Usage.OutputTokens {
				t.Errorf("%v is not %v", folded.Usage, *whole.Usage)
			}
		})
	}
	if folded := stream(t, clients, text); folded.Deltas < 2 {
		t.Errorf("the text comes in %d pieces", folded.Deltas)
	}
}

func TestStreamsRunBesideEachOther(t *testing.T) {
	clients := support.Start(t)
	var streams sync.WaitGroup
	for range 20 {
		streams.Go(func() { stream(t, clients, conversation(support.User("Count to ten, please."))) })
	}
	streams.Wait()
}

func TestAStreamCanBeLeft(t *testing.T) {
	clients := support.Start(t)
	left, err := clients.Runtime.ConverseStream(t.Context(), &bedrockruntime.ConverseStreamInput{
		ModelId:  aws.String(support.Sonnet),
		Messages: []types.Message{support.User("Count to ten, please.")},
	})
	if err != nil {
		t.Fatal(err)
	}
	<-left.GetStream().Events()
	if err := left.GetStream().Close(); err != nil {
		t.Error(err)
	}
	stream(t, clients, conversation(support.User("Count to ten, please.")))
}
