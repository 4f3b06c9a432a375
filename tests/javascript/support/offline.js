// Keeps the user's AWS configuration out of the tests. Loaded before anything else.

import { devNull } from "node:os";

/** Twelve digits as the access key's id name the account. */
export const ACCOUNT = "123456789012";
export const REGION = "us-east-1";
export const CREDENTIALS = { accessKeyId: ACCOUNT, secretAccessKey: "secret" };

for (const name of Object.keys(process.env)) {
  if (/^(AWS_|ANTHROPIC_|OUTCROP_(?!BIN$))/.test(name) || /_proxy$/i.test(name)) delete process.env[name];
}
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_REGION: REGION,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
});
