package invoke

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"github.com/aws/smithy-go"
	"outcrop/tests/support"
)

const metrics = "amazon-bedrock-invocationMetrics"

func TestEveryFamilyAnswersInItsOwnWords(t *testing.T) {
	clients := support.Start(t)
	for _, family := range support.Families(t) {
		t.Run(family.Family, func(t *testing.T) {
			answer, err := clients.Runtime.InvokeModel(t.Context(), &bedrockruntime.InvokeModelInput{
				ModelId: aws.String(family.Model), Body: family.Body,
			})
			if family.Refused != "" {
				var refusal smithy.APIError
				if !errors.As(err, &refusal) || refusal.ErrorMessage() != family.Refused {
					t.Fatalf("not refused as expected: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			told := decode[map[string]json.RawMessage](t, answer.Body)[family.Answer]
			if len(told) == 0 || !bytes.Contains(told, []byte(family.Says)) {
				t.Errorf("%s", answer.Body)
			}
		})
	}
}

func TestEveryFamilyStreamsOrSaysThatItDoesNot(t *testing.T) {
	clients := support.Start(t)
	for _, family := range support.Families(t) {
		if family.Refused != "" {
			continue
		}
		t.Run(family.Family, func(t *testing.T) {
			answer, err := clients.Runtime.InvokeModelWithResponseStream(t.Context(),
				&bedrockruntime.InvokeModelWithResponseStreamInput{
					ModelId: aws.String(family.Model), Body: family.Body,
				})
			if !family.Streams {
				refusal := support.Refused[*types.ValidationException](t, err, 400)
				if refusal.ErrorMessage() != "The model is unsupported for streaming." {
					t.Error(refusal.ErrorMessage())
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			expectChunks(t, family, chunksOf(t, answer.GetStream()))
		})
	}
}

func chunksOf(t *testing.T, stream *bedrockruntime.InvokeModelWithResponseStreamEventStream) []string {
	t.Helper()
	defer stream.Close()
	var chunks []string
	for event := range stream.Events() {
		chunks = append(chunks, string(event.(*types.ResponseStreamMemberChunk).Value.Bytes))
	}
	if err := stream.Err(); err != nil {
		t.Fatal(err)
	}
	return chunks
}

func expectChunks(t *testing.T, family support.Family, chunks []string) {
	t.Helper()
	for index, chunk := range chunks {
		if strings.Contains(chunk, metrics) != (index == len(chunks)-1) {
			t.Errorf("metrics in chunk %d of %d: %s", index, len(chunks), chunk)
		}
	}
	if !strings.Contains(strings.Join(chunks, ""), family.Says) {
		t.Errorf("%q", chunks)
	}
}
