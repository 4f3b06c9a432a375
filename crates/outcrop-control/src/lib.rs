//! Handlers of Amazon Bedrock's control plane, one file per operation.
