package support

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/document"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
)

// Collect is all events of a stream, and the error that ended it.
func Collect(output *bedrockruntime.ConverseStreamOutput) ([]types.ConverseStreamOutput, error) {
	stream := output.GetStream()
	defer stream.Close()
	var events []types.ConverseStreamOutput
	for event := range stream.Events() {
		events = append(events, event)
	}
	return events, stream.Err()
}

// Folded is what a stream comes to.
type Folded struct {
	Message    types.Message
	StopReason types.StopReason
	Usage      types.TokenUsage
	// Deltas is how many pieces the content came in.
	Deltas int
}

// fold is a stream that is being read.
type fold struct {
	Folded
	t *testing.T
	// kinds are the names of the events, each once where several follow each other.
	kinds []string
	// inputs are the inputs of calls, by block.
	inputs map[int]string
}

// Fold requires messageStart, blocks one after another with rising indexes, messageStop, metadata; nothing else. It
// gives the answer that Converse would have given.
func Fold(t *testing.T, events []types.ConverseStreamOutput) Folded {
	t.Helper()
	folding := fold{t: t, inputs: map[int]string{}}
	for _, event := range events {
		folding.add(event)
	}
	if len(folding.kinds) < 2 || folding.kinds[0] != "messageStart" {
		t.Fatalf("the stream does not start: %v", folding.kinds)
	}
	if !slices.Equal(folding.kinds[len(folding.kinds)-2:], []string{"messageStop", "metadata"}) {
		t.Fatalf("the stream does not end: %v", folding.kinds)
	}
	if folding.open() {
		t.Fatal("the last block does not stop")
	}
	return folding.Folded
}

func (f *fold) add(event types.ConverseStreamOutput) {
	f.t.Helper()
	switch event := event.(type) {
	case *types.ConverseStreamOutputMemberMessageStart:
		f.kind("messageStart")
		f.Message.Role = event.Value.Role
	case *types.ConverseStreamOutputMemberContentBlockStart:
		f.begin(int(*event.Value.ContentBlockIndex), event.Value.Start)
		f.kind("contentBlockStart")
	case *types.ConverseStreamOutputMemberContentBlockDelta:
		f.delta(int(*event.Value.ContentBlockIndex), event.Value.Delta)
		f.kind("contentBlockDelta")
	case *types.ConverseStreamOutputMemberContentBlockStop:
		f.stop(int(*event.Value.ContentBlockIndex))
		f.kind("contentBlockStop")
	case *types.ConverseStreamOutputMemberMessageStop:
		f.kind("messageStop")
		f.StopReason = event.Value.StopReason
	case *types.ConverseStreamOutputMemberMetadata:
		f.kind("metadata")
		f.Usage = *event.Value.Usage
	default:
		f.t.Fatalf("an event of an unexpected kind: %#v", event)
	}
}

func (f *fold) kind(name string) {
	if len(f.kinds) == 0 || f.kinds[len(f.kinds)-1] != name {
		f.kinds = append(f.kinds, name)
	}
}

// open says whether a block has begun and has not stopped.
func (f *fold) open() bool {
	last := f.kinds[len(f.kinds)-1]
	return last == "contentBlockStart" || last == "contentBlockDelta"
}

func (f *fold) begin(index int, start types.ContentBlockStart) {
	f.t.Helper()
	use, ok := start.(*types.ContentBlockStartMemberToolUse)
	if !ok || f.open() || index != len(f.Message.Content) {
		f.t.Fatalf("block %d starts after %v with %#v", index, f.kinds, start)
	}
	block := types.ToolUseBlock{Name: use.Value.Name, ToolUseId: use.Value.ToolUseId}
	f.Message.Content = append(f.Message.Content, &types.ContentBlockMemberToolUse{Value: block})
}

func (f *fold) delta(index int, delta types.ContentBlockDelta) {
	f.t.Helper()
	f.Deltas++
	if !f.open() {
		f.Message.Content = append(f.Message.Content, &types.ContentBlockMemberText{})
	}
	if index != len(f.Message.Content)-1 {
		f.t.Fatalf("a delta of block %d, of %d", index, len(f.Message.Content))
	}
	switch delta := delta.(type) {
	case *types.ContentBlockDeltaMemberText:
		f.Message.Content[index].(*types.ContentBlockMemberText).Value += delta.Value
	case *types.ContentBlockDeltaMemberToolUse:
		f.inputs[index] += *delta.Value.Input
	default:
		f.t.Fatalf("a delta of an unexpected kind: %#v", delta)
	}
}

func (f *fold) stop(index int) {
	f.t.Helper()
	if index != len(f.Message.Content)-1 {
		f.t.Fatalf("block %d stops, of %d", index, len(f.Message.Content))
	}
	use, ok := f.Message.Content[index].(*types.ContentBlockMemberToolUse)
	if !ok {
		return
	}
	var input map[string]any
	if err := json.Unmarshal([]byte(f.inputs[index]), &input); err != nil {
		f.t.Fatalf("the input %q: %v", f.inputs[index], err)
	}
	use.Value.Input = document.NewLazyDocument(input)
}
