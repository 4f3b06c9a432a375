package converse

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

var results = map[string]string{"get_weather": "31 degrees and dusty", "get_time": "five past noon"}

// call is a way to ask.
type call func(*testing.T, support.Clients, *bedrockruntime.ConverseInput) (types.Message, types.StopReason)

var ways = map[string]call{
	"whole": func(t *testing.T, clients support.Clients, input *bedrockruntime.ConverseInput) (types.Message, types.StopReason) {
		t.Helper()
		answer := ask(t, clients, input)
		return support.MessageOf(t, answer.Output), answer.StopReason
	},
	"streamed": func(t *testing.T, clients support.Clients, input *bedrockruntime.ConverseInput) (types.Message, types.StopReason) {
		t.Helper()
		folded := stream(t, clients, input)
		return folded.Message, folded.StopReason
	},
}

// runAgent runs tools until the model stops asking for them. It gives the answers.
func runAgent(t *testing.T, clients support.Clients, way call, prompt string) []types.Message {
	t.Helper()
	messages, answers := []types.Message{support.User(prompt)}, []types.Message(nil)
	for range 5 {
		input := conversation(messages...)
		input.ToolConfig = support.Tools("get_weather", "get_time")
		answer, reason := way(t, clients, input)
		answers = append(answers, answer)
		uses := support.ToolUses(answer)
		if (reason == types.StopReasonToolUse) != (len(uses) > 0) {
			t.Fatalf("%d calls, and it stops with %s", len(uses), reason)
		}
		if len(uses) == 0 {
			return answers
		}
		var blocks []types.ContentBlock
		for _, use := range uses {
			blocks = append(blocks, support.ToolResult(use, results[*use.Name]))
		}
		messages = append(messages, answer, support.UserBlocks(blocks...))
	}
	t.Fatal("the agent does not end")
	return nil
}

// checkCalls requires calls of these tools, each with an input that satisfies its schema.
func checkCalls(t *testing.T, message types.Message, names ...string) {
	t.Helper()
	var called, ids []string
	for _, use := range support.ToolUses(message) {
		data, err := use.Input.MarshalSmithyDocument()
		if err != nil {
			t.Fatal(err)
		}
		var input struct{ City string }
		if err := json.Unmarshal(data, &input); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(support.Cities, input.City) {
			t.Errorf("%s is called for %q", *use.Name, input.City)
		}
		called, ids = append(called, *use.Name), append(ids, *use.ToolUseId)
	}
	if !slices.Equal(called, names) {
		t.Errorf("%v are called", called)
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != len(names) {
		t.Errorf("the calls have the ids %v", ids)
	}
}

func TestAToolLoopEnds(t *testing.T) {
	clients := support.Start(t)
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			answers := runAgent(t, clients, way, "Use get_weather for Rome.")
			checkCalls(t, answers[0], "get_weather")
			if text := support.TextOf(answers[1]); len(answers) != 2 || !strings.Contains(text, "31 degrees") {
				t.Errorf("after %d answers: %q", len(answers), text)
			}
		})
	}
}

func TestToolsAreCalledInParallel(t *testing.T) {
	clients := support.Start(t)
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			answers := runAgent(t, clients, way, "Use get_weather and get_time for Oslo.")
			checkCalls(t, answers[0], "get_weather", "get_time")
			for _, result := range results {
				if text := support.TextOf(answers[len(answers)-1]); !strings.Contains(text, result) {
					t.Errorf("%q does not tell of %q", text, result)
				}
			}
		})
	}
}

func TestAToolCanBeForced(t *testing.T) {
	clients := support.Start(t)
	input := conversation(support.User("Hello"))
	input.ToolConfig = support.Tools("get_weather", "get_time")
	input.ToolConfig.ToolChoice = &types.ToolChoiceMemberTool{Value: types.SpecificToolChoice{Name: aws.String("get_time")}}
	checkCalls(t, support.MessageOf(t, ask(t, clients, input).Output), "get_time")
	input.ToolConfig.ToolChoice = &types.ToolChoiceMemberAny{}
	if answer := ask(t, clients, input); answer.StopReason != types.StopReasonToolUse {
		t.Errorf("it stops with %s", answer.StopReason)
	}
}
