// Clients for a server, made the way their users make them.

import { after, before, describe } from "node:test";
import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";
import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { BedrockClient } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { CREDENTIALS, REGION } from "./offline.js";
import { Server } from "./server.js";

const TIMEOUT = 20_000;

/**
 * @typedef {object} Clients
 * @property {Server} server
 * @property {BedrockRuntimeClient} runtime
 * @property {BedrockClient} control
 */

/**
 * The AWS SDK's clients. The runtime's speaks HTTP/2 from its first byte unless it is given another handler.
 *
 * @param {Server} server
 * @param {import("@aws-sdk/client-bedrock-runtime").BedrockRuntimeClientConfig} [config]
 */
export function aws(server, config) {
  const common = { endpoint: server.url, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 };
  return {
    runtime: new BedrockRuntimeClient({ ...common, ...config }),
    control: new BedrockClient({ ...common, requestHandler: http1() }),
  };
}

/** The SDK's handler of HTTP/1.1. */
export function http1() {
  return new NodeHttpHandler({ requestTimeout: TIMEOUT });
}

/**
 * Anthropic's client for Bedrock.
 *
 * @param {Server} server
 * @param {Record<string, string>} [defaultHeaders]
 */
export function anthropic(server, defaultHeaders) {
  return new AnthropicBedrock({
    defaultHeaders,
    baseURL: server.url,
    awsRegion: REGION,
    awsAccessKey: CREDENTIALS.accessKeyId,
    awsSecretKey: CREDENTIALS.secretAccessKey,
    timeout: TIMEOUT,
    maxRetries: 0,
  });
}

/**
 * The AI SDK's provider.
 *
 * @param {Server} server
 */
export function vercel(server) {
  return createAmazonBedrock({ baseURL: server.url, region: REGION, ...CREDENTIALS });
}

/**
 * A suite with a server of its own. What it is given is filled in before its first test.
 *
 * @param {string} name
 * @param {(clients: Clients) => void} suite
 * @param {{ flags?: string[], requestHandler?: () => NodeHttpHandler }} [options]
 */
export function withServer(name, suite, { flags = [], requestHandler } = {}) {
  describe(name, () => {
    const clients = /** @type {Clients} */ ({});
    before(async () => {
      clients.server = await Server.start(...flags);
      Object.assign(clients, aws(clients.server, requestHandler && { requestHandler: requestHandler() }));
    });
    after(async () => {
      clients.runtime?.destroy();
      clients.control?.destroy();
      await clients.server?.stop();
    });
    suite(clients);
  });
}

/**
 * A suite that runs over HTTP/2 with prior knowledge, as the SDK does by itself, and over HTTP/1.1.
 *
 * @param {string} name
 * @param {(clients: Clients) => void} suite
 */
export function overBothProtocols(name, suite) {
  withServer(`${name} over HTTP/2`, suite);
  withServer(`${name} over HTTP/1.1`, suite, { requestHandler: http1 });
}
