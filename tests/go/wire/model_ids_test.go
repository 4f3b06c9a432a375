// Package wire tests what lies around the operations: names of models in paths, and throttling.
package wire

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

func TestEveryKindOfName(t *testing.T) {
	clients := support.Start(t)
	messages := []types.Message{support.User("Hello")}
	for _, name := range []string{
		support.Haiku3, support.Sonnet, "global." + support.SonnetModel, support.ModelARN, support.ProfileARN,
	} {
		t.Run(strings.ReplaceAll(name, "/", " "), func(t *testing.T) {
			whole, err := clients.Runtime.Converse(t.Context(), &bedrockruntime.ConverseInput{
				ModelId: aws.String(name), Messages: messages,
			})
			if err != nil {
				t.Fatal(err)
			}
			streamed, err := clients.Runtime.ConverseStream(t.Context(), &bedrockruntime.ConverseStreamInput{
				ModelId: aws.String(name), Messages: messages,
			})
			if err != nil {
				t.Fatal(err)
			}
			events, err := support.Collect(streamed)
			if err != nil {
				t.Fatal(err)
			}
			text := support.TextOf(support.Fold(t, events).Message)
			if !strings.Contains(text, "Hello") || text != support.TextOf(support.MessageOf(t, whole.Output)) {
				t.Errorf("the answer is %q", text)
			}
		})
	}
}
