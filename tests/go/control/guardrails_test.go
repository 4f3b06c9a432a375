package control

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrock"
	"github.com/aws/aws-sdk-go-v2/service/bedrock/types"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	runtimetypes "github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

func guardrail(name string) *bedrock.CreateGuardrailInput {
	return &bedrock.CreateGuardrailInput{
		Name:                    aws.String(name),
		BlockedInputMessaging:   aws.String("No."),
		BlockedOutputsMessaging: aws.String("Not that."),
		WordPolicyConfig: &types.GuardrailWordPolicyConfig{
			WordsConfig: []types.GuardrailWordConfig{{Text: aws.String("granite")}},
		},
		Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("rocks")}},
	}
}

func TestGuardrailsComeHaveVersionsAndGo(t *testing.T) {
	control := support.Start(t).Control
	made, err := control.CreateGuardrail(t.Context(), guardrail("rocks"))
	if err != nil {
		t.Fatal(err)
	}
	draft, err := control.GetGuardrail(t.Context(), &bedrock.GetGuardrailInput{GuardrailIdentifier: made.GuardrailArn})
	if err != nil {
		t.Fatal(err)
	}
	if draft.Status != types.GuardrailStatusReady || *draft.WordPolicy.Words[0].Text != "granite" {
		t.Errorf("%v: %v", draft.Status, draft.WordPolicy)
	}
	version, err := control.CreateGuardrailVersion(t.Context(), &bedrock.CreateGuardrailVersionInput{GuardrailIdentifier: made.GuardrailId})
	if err != nil || *version.Version != "1" {
		t.Fatal(version, err)
	}
	_, err = control.CreateGuardrail(t.Context(), guardrail("rocks"))
	support.Refused[*types.ConflictException](t, err, 400)
	_, err = control.DeleteGuardrail(t.Context(), &bedrock.DeleteGuardrailInput{GuardrailIdentifier: made.GuardrailId})
	if err != nil {
		t.Fatal(err)
	}
	_, err = control.GetGuardrail(t.Context(), &bedrock.GetGuardrailInput{GuardrailIdentifier: made.GuardrailId})
	support.Refused[*types.ResourceNotFoundException](t, err, 404)
}

// The answer has members that are null, as the service's has.
func TestGuardrailsAreApplied(t *testing.T) {
	clients := support.Start(t)
	made, err := clients.Control.CreateGuardrail(t.Context(), guardrail("applied"))
	if err != nil {
		t.Fatal(err)
	}
	apply := func(text string) *bedrockruntime.ApplyGuardrailOutput {
		block := &runtimetypes.GuardrailContentBlockMemberText{Value: runtimetypes.GuardrailTextBlock{Text: aws.String(text)}}
		answer, err := clients.Runtime.ApplyGuardrail(t.Context(), &bedrockruntime.ApplyGuardrailInput{
			GuardrailIdentifier: made.GuardrailId,
			GuardrailVersion:    aws.String("DRAFT"),
			Source:              runtimetypes.GuardrailContentSourceInput,
			Content:             []runtimetypes.GuardrailContentBlock{block},
		})
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	blocked := apply("What is granite?")
	assessment := blocked.Assessments[0]
	if blocked.Action != runtimetypes.GuardrailActionGuardrailIntervened || *blocked.Outputs[0].Text != "No." ||
		*assessment.WordPolicy.CustomWords[0].Match != "granite" || assessment.TopicPolicy != nil {
		t.Errorf("%v: %v", blocked.Action, assessment)
	}
	fine := apply("What is the time?")
	if fine.Action != runtimetypes.GuardrailActionNone || len(fine.Outputs) != 0 || fine.Assessments[0].WordPolicy != nil {
		t.Errorf("%v: %v", fine.Action, fine.Outputs)
	}
}

func TestPagesOfGuardrailsComeToTheWholeList(t *testing.T) {
	control := support.Start(t).Control
	made := map[string]bool{}
	for number := range 5 {
		guardrail, err := control.CreateGuardrail(t.Context(), guardrail(fmt.Sprintf("page-%d", number)))
		if err != nil {
			t.Fatal(err)
		}
		made[*guardrail.GuardrailId] = true
	}
	pages := bedrock.NewListGuardrailsPaginator(control, &bedrock.ListGuardrailsInput{MaxResults: aws.Int32(2)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, summary := range page.Guardrails {
			if !made[*summary.Id] {
				t.Errorf("%s is listed twice, or was never made", *summary.Id)
			}
			delete(made, *summary.Id)
		}
	}
	if len(made) != 0 {
		t.Errorf("not listed: %v", made)
	}
}
