package invoke

import (
	"math"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"outcrop/tests/support"
)

func embed(t *testing.T, clients support.Clients, text string) []float64 {
	t.Helper()
	answer, err := clients.Runtime.InvokeModel(t.Context(), &bedrockruntime.InvokeModelInput{
		ModelId: aws.String(support.TitanEmbed),
		Body:    []byte(`{"inputText":"` + text + `","dimensions":256}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	return decode[struct{ Embedding []float64 }](t, answer.Body).Embedding
}

func dot(one, other []float64) float64 {
	sum := 0.0
	for index, value := range one {
		sum += value * other[index]
	}
	return sum
}

func TestEmbeddingsAreUnitVectorsNearerForTextsThatAreAlike(t *testing.T) {
	clients := support.Start(t)
	query := embed(t, clients, "How do I reset my password?")
	near := embed(t, clients, "I forgot my password and want to reset it.")
	far := embed(t, clients, "Granite is an igneous rock with large crystals.")
	if len(query) != 256 || math.Abs(dot(query, query)-1) > 1e-3 {
		t.Errorf("%d dimensions, of length² %f", len(query), dot(query, query))
	}
	if dot(query, near) <= dot(query, far) {
		t.Errorf("%f is not nearer than %f", dot(query, near), dot(query, far))
	}
}
