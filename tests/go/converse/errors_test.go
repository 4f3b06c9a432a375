package converse

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

// operations are the ways to be refused, given what a request is made of.
func operations(clients support.Clients) map[string]func(context.Context, string, *types.InferenceConfiguration, ...types.Message) error {
	return map[string]func(context.Context, string, *types.InferenceConfiguration, ...types.Message) error{
		"Converse": func(ctx context.Context, model string, config *types.InferenceConfiguration, messages ...types.Message) error {
			_, err := clients.Runtime.Converse(ctx, &bedrockruntime.ConverseInput{
				ModelId: aws.String(model), Messages: messages, InferenceConfig: config,
			})
			return err
		},
		"ConverseStream": func(ctx context.Context, model string, config *types.InferenceConfiguration, messages ...types.Message) error {
			_, err := clients.Runtime.ConverseStream(ctx, &bedrockruntime.ConverseStreamInput{
				ModelId: aws.String(model), Messages: messages, InferenceConfig: config,
			})
			return err
		},
	}
}

func TestErrorsAreTyped(t *testing.T) {
	clients := support.Start(t)
	hello := support.User("Hello")
	for name, call := range operations(clients) {
		t.Run(name, func(t *testing.T) {
			unknown := support.Refused[*types.ValidationException](t, call(t.Context(), support.Unknown, nil, hello), 400)
			if *unknown.Message != "The provided model identifier is invalid." {
				t.Error(*unknown.Message)
			}
			profileOnly := support.Refused[*types.ValidationException](t, call(t.Context(), support.SonnetModel, nil, hello), 400)
			if !strings.Contains(*profileOnly.Message, "with on-demand throughput isn’t supported") {
				t.Error(*profileOnly.Message)
			}
			retired := support.Refused[*types.ResourceNotFoundException](t, call(t.Context(), support.Retired, nil, hello), 404)
			if !strings.Contains(*retired.Message, "reached the end of its life") {
				t.Error(*retired.Message)
			}
		})
	}
}

func TestEveryBrokenConstraintIsNamed(t *testing.T) {
	clients := support.Start(t)
	config := &types.InferenceConfiguration{MaxTokens: aws.Int32(0), Temperature: aws.Float32(2)}
	for name, call := range operations(clients) {
		t.Run(name, func(t *testing.T) {
			err := call(t.Context(), support.Sonnet, config, support.User("Hello"))
			message := *support.Refused[*types.ValidationException](t, err, 400).Message
			for _, part := range []string{
				"2 validation errors detected: ",
				"Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: " +
					"Member must have value greater than or equal to 1",
				"at 'inferenceConfig.temperature' failed to satisfy constraint: ",
			} {
				if !strings.Contains(message, part) {
					t.Errorf("%q is not in %q", part, message)
				}
			}
		})
	}
}

func TestConversationsAreHeldToTheirRules(t *testing.T) {
	clients := support.Start(t)
	text := func(value string) types.ContentBlock { return &types.ContentBlockMemberText{Value: value} }
	for name, call := range operations(clients) {
		t.Run(name, func(t *testing.T) {
			err := call(t.Context(), support.Sonnet, nil, support.UserBlocks(text("Hello"), text("")))
			expected := "The text field in the ContentBlock object at messages.0.content.1 is blank. " +
				"Add text to the text field, and try again."
			if message := *support.Refused[*types.ValidationException](t, err, 400).Message; message != expected {
				t.Error(message)
			}
		})
	}
}

func TestErrorsWithinAStreamAreTyped(t *testing.T) {
	clients := support.Start(t)
	image := &types.ContentBlockMemberImage{Value: types.ImageBlock{
		Format: types.ImageFormatPng,
		Source: &types.ImageSourceMemberBytes{Value: []byte("these bytes are no image")},
	}}
	question := support.UserBlocks(&types.ContentBlockMemberText{Value: "What is this?"}, image)
	for _, model := range []string{support.NovaLite, support.Sonnet} {
		t.Run(model, func(t *testing.T) {
			answer, err := clients.Runtime.ConverseStream(t.Context(), &bedrockruntime.ConverseStreamInput{
				ModelId: aws.String(model), Messages: []types.Message{question},
			})
			if err != nil {
				t.Fatalf("it is refused before the stream: %v", err)
			}
			_, err = support.Collect(answer)
			var refusal *types.ValidationException
			if !errors.As(err, &refusal) {
				t.Fatalf("%T: %v", err, err)
			}
			if !strings.Contains(*refusal.Message, "does not match the expected type image/png") {
				t.Error(*refusal.Message)
			}
		})
	}
}
