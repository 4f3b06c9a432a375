// Package converse tests Converse, ConverseStream and CountTokens.
package converse

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

func ask(t *testing.T, clients support.Clients, input *bedrockruntime.ConverseInput) *bedrockruntime.ConverseOutput {
	t.Helper()
	if input.ModelId == nil {
		input.ModelId = aws.String(support.Sonnet)
	}
	answer, err := clients.Runtime.Converse(t.Context(), input)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func conversation(messages ...types.Message) *bedrockruntime.ConverseInput {
	return &bedrockruntime.ConverseInput{Messages: messages}
}

func TestAnAnswerSpeaksOfItsPrompt(t *testing.T) {
	clients := support.Start(t)
	answer := ask(t, clients, conversation(support.User("Tell me about basalt.")))
	message := support.MessageOf(t, answer.Output)
	if text := support.TextOf(message); !strings.Contains(text, "basalt") {
		t.Errorf("the answer is %q", text)
	}
	if message.Role != types.ConversationRoleAssistant || answer.StopReason != types.StopReasonEndTurn {
		t.Errorf("%s stops with %s", message.Role, answer.StopReason)
	}
	input, output, total := *answer.Usage.InputTokens, *answer.Usage.OutputTokens, *answer.Usage.TotalTokens
	if input <= 0 || output <= 0 || total != input+output {
		t.Errorf("%d + %d = %d tokens", input, output, total)
	}
	again := ask(t, clients, conversation(support.User("Tell me about basalt.")))
	if support.TextOf(support.MessageOf(t, again.Output)) != support.TextOf(message) {
		t.Error("the same request gets another answer")
	}
}

func TestAConversationGoesOn(t *testing.T) {
	clients := support.Start(t)
	first := support.User("Name a rock.")
	answer := ask(t, clients, conversation(first))
	question := support.User("And where is granite found?")
	next := ask(t, clients, conversation(first, support.MessageOf(t, answer.Output), question))
	if text := support.TextOf(support.MessageOf(t, next.Output)); !strings.Contains(text, "granite") {
		t.Errorf("the answer is %q", text)
	}
	if *next.Usage.InputTokens <= *answer.Usage.InputTokens {
		t.Errorf("%d tokens after %d", *next.Usage.InputTokens, *answer.Usage.InputTokens)
	}
}

func TestAnAnswerObeysItsLimits(t *testing.T) {
	clients := support.Start(t)
	input := conversation(support.User("one two three"))
	input.System = []types.SystemContentBlock{&types.SystemContentBlockMemberText{Value: "Be brief."}}
	input.InferenceConfig = &types.InferenceConfiguration{MaxTokens: aws.Int32(2)}
	limited := ask(t, clients, input)
	if limited.StopReason != types.StopReasonMaxTokens || *limited.Usage.OutputTokens != 2 {
		t.Errorf("%s after %d tokens", limited.StopReason, *limited.Usage.OutputTokens)
	}
	input.InferenceConfig = &types.InferenceConfiguration{StopSequences: []string{"three"}}
	if stopped := ask(t, clients, input); stopped.StopReason != types.StopReasonStopSequence {
		t.Errorf("it stops with %s", stopped.StopReason)
	}
}
