//! Handlers of Amazon Bedrock Runtime, one file per operation.
