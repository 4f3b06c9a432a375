package support

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/bedrock"
	"github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
)

const timeout = 20 * time.Second

// Clients are the SDK's clients of one running server.
type Clients struct {
	// URL is the server's plaintext port.
	URL     string
	Runtime *bedrockruntime.Client
	Control *bedrock.Client
}

// Start runs a server until the test ends. Its clients do not retry.
func Start(t *testing.T, flags ...string) Clients {
	t.Helper()
	url := start(t, flags...)
	config := Config(url)
	return Clients{
		URL:     url,
		Runtime: bedrockruntime.NewFromConfig(config),
		Control: bedrock.NewFromConfig(config),
	}
}

// Config is the configuration of a client that does not retry. Nothing of the user's own is in it.
func Config(url string) aws.Config {
	return aws.Config{
		Region:       "us-east-1",
		BaseEndpoint: aws.String(url),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			// Twelve digits as the access key's id name the account.
			return aws.Credentials{AccessKeyID: "123456789012", SecretAccessKey: "secret"}, nil
		}),
		HTTPClient:       awshttp.NewBuildableClient().WithTimeout(timeout),
		RetryMaxAttempts: 1,
	}
}
