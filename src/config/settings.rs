//! The settings of the server, each declared once.

use std::{
    net::SocketAddr,
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
    time::Duration,
};

use outcrop_backends::ModelMap;

use super::{
    declare::{Setting, settings},
    judge::{JudgeFailure, JudgeFormat, ServedModel, Share},
    value::{Address, Count, LogFormat, LogLevel, Names, Pace, Region, Secret, Size, Value},
};

settings! {
    "Listening" {
        /// Address of the plaintext port, which speaks HTTP/1.1 and HTTP/2 with prior knowledge.
        /// Port 0 takes a free port; the line on standard output says which.
        listen: SocketAddr = "127.0.0.1:4566";
        /// Address of the TLS port. Without it there is none.
        /// boto3 sends Bedrock API keys over TLS only.
        tls_listen: Option<SocketAddr>;
        /// File with the certificate chain of the TLS port, in PEM. Needs `tls_key`.
        /// Without it a certificate is generated, signed by an authority of its own whose certificate clients can trust.
        tls_cert: Option<PathBuf>;
        /// File with the private key of `tls_cert`, in PEM.
        tls_key: Option<PathBuf>;
        /// Further host names and addresses that the generated certificate is valid for.
        /// It always covers localhost, the loopback addresses and that of `tls_listen`.
        tls_names: Names = "";
        /// Folder that keeps the generated authority, so that clients have to trust it only once.
        /// Without it: `outcrop/tls` in the platform's folder for application data.
        tls_dir: Option<PathBuf>;
    }
    "Bedrock" {
        /// Region of callers whose credentials name none. ARNs are made with it, and it decides which profiles there are.
        /// A request that is signed, or has an API key, is for the region of its credentials.
        region: Region = "us-east-1";
        /// File with further models, or changes to the known ones. `docs/models.md` describes its format.
        models: Option<PathBuf>;
    }
    "State" {
        /// Folder that keeps what requests make: guardrails, profiles, jobs and all other resources, in one file.
        /// Without it: `outcrop` in the platform's folder for application data.
        state: Option<PathBuf>;
        /// `PostgreSQL` database that keeps them instead, `postgres://USER:PASSWORD@HOST/NAME`. Several servers may share it.
        /// With `?sslmode=require` the connection is encrypted.
        database_url: Option<Secret>;
        /// Whether what requests make ends with the server. Nothing is written to disk then.
        ephemeral: bool = "false";
        /// Time that a resource stays in each state that it leaves by itself, such as `Creating` or `InProgress`.
        /// With 0s nobody sees it in one, which is what tests need.
        lifecycle_pace: Pace = "0s";
    }
    "Jobs" {
        /// Folder behind `s3://` locations: `s3://bucket/key` is the file `bucket/key` in it. Buckets are made by making their folders.
        /// Without it: `outcrop/s3` in the platform's folder for application data. Batch jobs and asynchronous invocations read
        /// and write there, and requests that leave content in S3 get it from there.
        s3_root: Option<PathBuf>;
        /// S3 endpoint behind `s3://` locations in place of the folder, such as `http://localhost:9000` for `MinIO`.
        s3_endpoint: Option<Address>;
        /// Access key that the endpoint is asked with. Without one, requests have no signature, as for public buckets.
        s3_access_key_id: Option<Secret>;
        /// Secret of `s3_access_key_id`. The environment variable keeps it out of the list of processes.
        s3_secret_access_key: Option<Secret>;
        /// Session token, where the access key is a temporary one.
        s3_session_token: Option<Secret>;
        /// Batch jobs and asynchronous invocations that are worked at at once. Further ones wait.
        batch_jobs: NonZeroUsize = "4";
        /// Records of one batch job that are under way at once.
        batch_records: NonZeroUsize = "8";
    }
    "Model invocation logs" {
        /// Folder with the log groups that `PutModelInvocationLoggingConfiguration` names: a file of JSON lines for each.
        /// Without it: `outcrop/cloudwatch` in the platform's folder for application data. `docs/invocation_logs.md` tells more.
        cloudwatch_root: Option<PathBuf>;
        /// Size that the files of one log group may have together. The oldest events go when it is reached.
        cloudwatch_limit: Size = "256MiB";
        /// Time that a log record waits for others that are delivered with it. With 0s each is delivered at once.
        invocation_log_delay: Pace = "5s";
        /// Memory that log records may take until they are delivered. What comes beyond it is lost, counted and told in the log.
        invocation_log_queue: Size = "64MiB";
    }
    "Backend" {
        /// Address of a server that speaks chat completions, such as `http://localhost:11434/v1`.
        /// It answers in place of the canned engine. Needs the names of its models: `backend_model`, `backend_embedding_model`,
        /// `model_map` or routes. Several backends are tables of the configuration file, which `docs/backends.md` describes.
        backend: Option<Address>;
        /// Key that the backend asks for. The environment variable keeps it out of the list of processes.
        backend_api_key: Option<Secret>;
        /// File with the key, in place of `backend_api_key`.
        backend_api_key_file: Option<PathBuf>;
        /// Model of the backend that answers: its name, or PATTERN=NAME entries separated by commas.
        /// Patterns are for Bedrock's model ids, `*` stands for any text, and the first that fits counts; a name alone is for
        /// every model. A model that nothing fits is answered with an error.
        backend_model: ModelMap = "";
        /// Model of the backend that embeds, in the same form as `backend_model`.
        backend_embedding_model: ModelMap = "";
        /// Model of the backend that draws, in the same form as `backend_model`.
        backend_image_model: ModelMap = "";
        /// Model of the backend that orders documents, in the same form as `backend_model`.
        backend_rerank_model: ModelMap = "";
        /// File that says which models answer, in the form that `AWSim` reads: `[invoke]` and `[embed]`.
        /// Its entries are merged over defaults. `docs/backends.md` describes it.
        model_map: Option<PathBuf>;
        /// Time allowed for the backend's answer to begin, waiting for a turn and retries included.
        backend_timeout: Duration = "5m";
        /// Time that the backend may be silent once its answer has begun.
        backend_idle_timeout: Duration = "2m";
        /// Requests that the backend gets at once, open streams included.
        backend_concurrency: NonZeroUsize = "64";
        /// Requests that may wait for their turn. Further ones are throttled (429).
        backend_queue: Count = "256";
        /// Further tries of a request that the backend has not begun to answer.
        backend_retries: Count = "2";
    }
    "Guardrails" {
        /// Model that judges content filters on texts in place of the lexicon: its name, or MODEL@BACKEND for that of `[backends.BACKEND]`.
        /// `docs/guardrails.md` tells how judges are asked. Backends that only judge leave the canned engine in its place.
        guardrail_filter_judge: Option<ServedModel>;
        /// How the judges of content filters are asked: as Llama Guard, as `ShieldGemma`, or for JSON as any model that chats.
        /// With `auto` the name of the model decides.
        guardrail_judge_format: JudgeFormat = "auto";
        /// Model that judges denied topics in place of shared words.
        guardrail_topic_judge: Option<ServedModel>;
        /// Model that embeds, so that nearness to a topic's definition and examples decides on denied topics.
        /// `guardrail_topic_judge` comes before it.
        guardrail_topic_embeddings: Option<ServedModel>;
        /// Cosine similarity from which on a text is about a topic, with `guardrail_topic_embeddings`. It depends on the model.
        guardrail_topic_similarity: Share = "0.6";
        /// Model that scores contextual grounding and relevance in place of shared words.
        guardrail_grounding_judge: Option<ServedModel>;
        /// Model that sees, and judges content filters on images, which are never found without it.
        guardrail_image_judge: Option<ServedModel>;
        /// Time allowed for each verdict, waiting for a turn included.
        guardrail_judge_timeout: Duration = "30s";
        /// Verdicts that are asked for at once. Further ones wait.
        guardrail_judge_concurrency: NonZeroUsize = "8";
        /// What happens where a judge gives no verdict: the request fails with an `error` that names the setting, or the
        /// `rules` decide and the log says so.
        guardrail_judge_failure: JudgeFailure = "error";
    }
    "Limits" {
        /// Connections that may be open at once. Further ones wait to be accepted.
        max_connections: NonZeroUsize = "16384";
        /// Requests that may be open at once on one HTTP/2 connection.
        http2_max_streams: NonZeroU32 = "256";
        /// Time allowed for a request's head to arrive, and for a TLS handshake.
        header_deadline: Duration = "10s";
        /// Time after which a connection without a request is closed, and one whose client has stopped reading its response.
        idle_timeout: Duration = "2m";
        /// Requests that may be answered at once, open streams included. Further ones are throttled (429).
        max_in_flight: NonZeroUsize = "16384";
        /// Memory that the bodies of all requests may take together.
        /// Requests beyond it wait for a moment, and are then answered 503.
        body_memory: Size = "512MiB";
        /// Time allowed for a request's body to arrive.
        body_deadline: Duration = "1m";
        /// Time allowed for an answer to begin.
        answer_deadline: Duration = "10m";
        /// Time that an answer's stream may be silent before it is ended with an exception.
        stream_idle_timeout: Duration = "5m";
        /// Time allowed for running requests to finish after SIGTERM or SIGINT. A second signal ends the server at once.
        shutdown_grace: Duration = "30s";
    }
    "Telemetry" {
        /// Address of an OpenTelemetry collector that speaks OTLP over HTTP with protobuf, such as `http://localhost:4318`.
        /// It gets traces and metrics. The standard variable `OTEL_EXPORTER_OTLP_ENDPOINT` sets it too. `docs/metrics.md` tells more.
        otlp_endpoint: Option<Address>;
    }
    "Logging" {
        /// Form of the log on standard error.
        log_format: LogFormat = "pretty";
        /// What is logged: a level, or a list of levels by module.
        /// Prompts and answers are logged at no level.
        log_level: LogLevel = "info";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::TABLE;

    #[test]
    fn every_default_is_a_value_of_its_setting() {
        for setting in TABLE {
            if let Some(default) = setting.default {
                assert!((setting.accepts)(default), "{}: {default}", setting.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_cannot_be_set_by_kubernetes() {
        let names: HashSet<_> = TABLE.iter().map(|setting| setting.name).collect();
        assert_eq!(names.len(), TABLE.len());
        // A service named `outcrop` puts OUTCROP_PORT and OUTCROP_SERVICE_* into every pod.
        assert!(
            !names
                .iter()
                .any(|name| name.starts_with("port") || name.starts_with("service"))
        );
        assert!(!names.contains("config"));
    }
}
