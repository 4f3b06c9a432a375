package support

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/document"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
)

// User is a message of the user: one text.
func User(text string) types.Message {
	return UserBlocks(&types.ContentBlockMemberText{Value: text})
}

// UserBlocks is a message of the user.
func UserBlocks(blocks ...types.ContentBlock) types.Message {
	return types.Message{Role: types.ConversationRoleUser, Content: blocks}
}

// MessageOf is the message of an answer.
func MessageOf(t *testing.T, output types.ConverseOutput) types.Message {
	t.Helper()
	message, ok := output.(*types.ConverseOutputMemberMessage)
	if !ok {
		t.Fatalf("no message: %#v", output)
	}
	return message.Value
}

// TextOf is the texts of a message, joined.
func TextOf(message types.Message) string {
	var text strings.Builder
	for _, block := range message.Content {
		if block, ok := block.(*types.ContentBlockMemberText); ok {
			text.WriteString(block.Value)
		}
	}
	return text.String()
}

// ToolUses is the tool calls of a message.
func ToolUses(message types.Message) []types.ToolUseBlock {
	var uses []types.ToolUseBlock
	for _, block := range message.Content {
		if block, ok := block.(*types.ContentBlockMemberToolUse); ok {
			uses = append(uses, block.Value)
		}
	}
	return uses
}

// ToolResult is the result of a call.
func ToolResult(use types.ToolUseBlock, text string) types.ContentBlock {
	return &types.ContentBlockMemberToolResult{Value: types.ToolResultBlock{
		ToolUseId: use.ToolUseId,
		Content:   []types.ToolResultContentBlock{&types.ToolResultContentBlockMemberText{Value: text}},
	}}
}

// Cities are what the tools can be asked about.
var Cities = []string{"Oslo", "Rome"}

// Tools are tools that want to know a city.
func Tools(names ...string) *types.ToolConfiguration {
	schema := map[string]any{
		"type":       "object",
		"properties": map[string]any{"city": map[string]any{"type": "string", "enum": Cities}},
		"required":   []string{"city"},
	}
	config := &types.ToolConfiguration{}
	for _, name := range names {
		config.Tools = append(config.Tools, &types.ToolMemberToolSpec{Value: types.ToolSpecification{
			Name:        aws.String(name),
			Description: aws.String("Looks something up for a city."),
			InputSchema: &types.ToolInputSchemaMemberJson{Value: document.NewLazyDocument(schema)},
		}})
	}
	return config
}
