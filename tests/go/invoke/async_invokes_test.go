package invoke

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/document"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
	"outcrop/tests/support"
)

func start(t *testing.T, clients support.Clients, location string) (*bedrockruntime.StartAsyncInvokeOutput, error) {
	t.Helper()
	return clients.Runtime.StartAsyncInvoke(t.Context(), &bedrockruntime.StartAsyncInvokeInput{
		ModelId:    aws.String("luma.ray-v2:0"),
		ModelInput: document.NewLazyDocument(map[string]string{"prompt": "a car", "resolution": "540p"}),
		OutputDataConfig: &types.AsyncInvokeOutputDataConfigMemberS3OutputDataConfig{
			Value: types.AsyncInvokeS3OutputDataConfig{S3Uri: aws.String(location)},
		},
	})
}

func TestAnAsynchronousInvocationMakesAVideo(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "bucket"), 0o755); err != nil {
		t.Fatal(err)
	}
	clients := support.Start(t, "--s3-root", root)
	started, err := start(t, clients, "s3://bucket/videos")
	if err != nil {
		t.Fatal(err)
	}
	told := ended(t, clients, started.InvocationArn)
	if told.Status != types.AsyncInvokeStatusCompleted {
		t.Fatalf("%s: %s", told.Status, aws.ToString(told.FailureMessage))
	}
	output := told.OutputDataConfig.(*types.AsyncInvokeOutputDataConfigMemberS3OutputDataConfig).Value
	folder := filepath.Join(root, strings.TrimPrefix(*output.S3Uri, "s3://"))
	video, err := os.ReadFile(filepath.Join(folder, "output.mp4"))
	if err != nil || string(video[4:8]) != "ftyp" {
		t.Fatalf("no video: %v", err)
	}
	pages := bedrockruntime.NewListAsyncInvokesPaginator(clients.Runtime, &bedrockruntime.ListAsyncInvokesInput{})
	page, err := pages.NextPage(t.Context())
	if err != nil || len(page.AsyncInvokeSummaries) != 1 {
		t.Fatalf("%v: %v", page, err)
	}
	_, err = start(t, clients, "s3://nowhere")
	refusal := support.Refused[*types.ValidationException](t, err, 400)
	if refusal.ErrorMessage() != "Invalid Output Config/Credentials" {
		t.Error(refusal.ErrorMessage())
	}
}

// ended asks as programs do, until the invocation has ended.
func ended(t *testing.T, clients support.Clients, arn *string) *bedrockruntime.GetAsyncInvokeOutput {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		told, err := clients.Runtime.GetAsyncInvoke(t.Context(), &bedrockruntime.GetAsyncInvokeInput{InvocationArn: arn})
		if err != nil {
			t.Fatal(err)
		}
		if told.Status != types.AsyncInvokeStatusInProgress {
			return told
		}
		if time.Now().After(deadline) {
			t.Fatal("it does not end")
		}
	}
}
