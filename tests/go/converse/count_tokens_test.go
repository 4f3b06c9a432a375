package converse

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

func TestTokensAreCountedAsTheyAreUsed(t *testing.T) {
	clients := support.Start(t)
	body := `{"anthropic_version":"bedrock-2023-05-31","max_tokens":100,` +
		`"messages":[{"role":"user","content":"How many tokens are these?"}]}`
	messages := []types.Message{support.User("How many tokens are these?")}
	answer := ask(t, clients, conversation(messages...))
	for name, input := range map[string]types.CountTokensInput{
		"a conversation": &types.CountTokensInputMemberConverse{Value: types.ConverseTokensRequest{Messages: messages}},
		"a native body":  &types.CountTokensInputMemberInvokeModel{Value: types.InvokeModelTokensRequest{Body: []byte(body)}},
	} {
		t.Run(name, func(t *testing.T) {
			counted, err := clients.Runtime.CountTokens(t.Context(), &bedrockruntime.CountTokensInput{
				ModelId: aws.String(support.SonnetModel), Input: input,
			})
			if err != nil {
				t.Fatal(err)
			}
			if *counted.InputTokens != *answer.Usage.InputTokens {
				t.Errorf("%d are counted, %d used", *counted.InputTokens, *answer.Usage.InputTokens)
			}
		})
	}
}
