// Package control tests the control plane.
package control

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrock"
	"github.com/aws/aws-sdk-go-v2/service/bedrock/types"
	"outcrop/tests/support"
)

func list(t *testing.T, clients support.Clients, filters *bedrock.ListFoundationModelsInput) []types.FoundationModelSummary {
	t.Helper()
	answer, err := clients.Control.ListFoundationModels(t.Context(), filters)
	if err != nil {
		t.Fatal(err)
	}
	return answer.ModelSummaries
}

func TestFoundationModelsAreListedWithFilters(t *testing.T) {
	clients := support.Start(t)
	all := list(t, clients, &bedrock.ListFoundationModelsInput{})
	if len(all) <= 100 {
		t.Errorf("there are %d", len(all))
	}
	for name, filter := range map[string]struct {
		input   bedrock.ListFoundationModelsInput
		matches func(types.FoundationModelSummary) bool
	}{
		"provider": {
			bedrock.ListFoundationModelsInput{ByProvider: aws.String("Anthropic")},
			func(model types.FoundationModelSummary) bool { return *model.ProviderName == "Anthropic" },
		},
		"output": {
			bedrock.ListFoundationModelsInput{ByOutputModality: types.ModelModalityEmbedding},
			func(model types.FoundationModelSummary) bool {
				return slices.Contains(model.OutputModalities, types.ModelModalityEmbedding)
			},
		},
		"inference": {
			bedrock.ListFoundationModelsInput{ByInferenceType: types.InferenceTypeProvisioned},
			func(model types.FoundationModelSummary) bool {
				return slices.Contains(model.InferenceTypesSupported, types.InferenceTypeProvisioned)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			found, matching := list(t, clients, &filter.input), 0
			for _, model := range all {
				if filter.matches(model) {
					matching++
				}
			}
			if len(found) == 0 || len(found) != matching || !filter.matches(found[0]) {
				t.Errorf("%d are found, %d match", len(found), matching)
			}
		})
	}
}

func TestAFilterThatIsNoneIsRefused(t *testing.T) {
	clients := support.Start(t)
	filters := &bedrock.ListFoundationModelsInput{ByOutputModality: "SMELL"}
	_, err := clients.Control.ListFoundationModels(t.Context(), filters)
	support.Refused[*types.ValidationException](t, err, 400)
}

func TestAModelIsToldOfByIDAndByARN(t *testing.T) {
	clients := support.Start(t)
	for _, name := range []string{support.Haiku3, support.ModelARN} {
		answer, err := clients.Control.GetFoundationModel(t.Context(), &bedrock.GetFoundationModelInput{
			ModelIdentifier: aws.String(name),
		})
		if err != nil {
			t.Fatal(err)
		}
		if *answer.ModelDetails.ModelArn != support.ModelARN || *answer.ModelDetails.ModelId != support.Haiku3 {
			t.Errorf("%s is %s", name, *answer.ModelDetails.ModelArn)
		}
	}
}
