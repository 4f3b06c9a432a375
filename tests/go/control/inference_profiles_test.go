package control

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrock"
	"github.com/aws/aws-sdk-go-v2/service/bedrock/types"
	"outcrop/tests/support"
)

func ids(profiles []types.InferenceProfileSummary) []string {
	var ids []string
	for _, profile := range profiles {
		ids = append(ids, *profile.InferenceProfileId)
	}
	return ids
}

func TestPagesComeToTheWholeList(t *testing.T) {
	clients := support.Start(t)
	whole, err := clients.Control.ListInferenceProfiles(t.Context(), &bedrock.ListInferenceProfilesInput{
		MaxResults: aws.Int32(1000),
	})
	if err != nil {
		t.Fatal(err)
	}
	var paged []string
	pages := bedrock.NewListInferenceProfilesPaginator(clients.Control, &bedrock.ListInferenceProfilesInput{
		MaxResults: aws.Int32(7),
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		paged = append(paged, ids(page.InferenceProfileSummaries)...)
	}
	if len(paged) <= 7 || !slices.Equal(paged, ids(whole.InferenceProfileSummaries)) {
		t.Errorf("%v are not %v", paged, ids(whole.InferenceProfileSummaries))
	}
}

func TestAProfileIsToldOfByIDAndByARN(t *testing.T) {
	clients := support.Start(t)
	for _, name := range []string{support.Sonnet, support.ProfileARN} {
		profile, err := clients.Control.GetInferenceProfile(t.Context(), &bedrock.GetInferenceProfileInput{
			InferenceProfileIdentifier: aws.String(name),
		})
		if err != nil {
			t.Fatal(err)
		}
		if *profile.InferenceProfileId != support.Sonnet || profile.Status != types.InferenceProfileStatusActive {
			t.Errorf("%s is %s, %s", name, *profile.InferenceProfileId, profile.Status)
		}
		if len(profile.Models) == 0 || profile.CreatedAt == nil {
			t.Errorf("%+v", profile)
		}
	}
}

func TestABrokenPageIsRefused(t *testing.T) {
	clients := support.Start(t)
	for _, input := range []*bedrock.ListInferenceProfilesInput{
		{MaxResults: aws.Int32(0)},
		{NextToken: aws.String("forged")},
	} {
		_, err := clients.Control.ListInferenceProfiles(t.Context(), input)
		support.Refused[*types.ValidationException](t, err, 400)
	}
}
