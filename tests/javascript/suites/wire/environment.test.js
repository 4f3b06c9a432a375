// Clients that are pointed at the server by the environment alone.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { withServer } from "../../support/clients.js";
import { GENERATIONS } from "../../support/claude.js";
import { HAIKU_3 } from "../../support/models.js";
import { textOf, user } from "../../support/parts.js";

const COMMAND = new ConverseCommand({ modelId: HAIKU_3, messages: [user("Hello")] });

withServer("the environment", (clients) => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  test("names the endpoint of each service", async () => {
    process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = clients.server.url;
    process.env.AWS_ENDPOINT_URL_BEDROCK = clients.server.url;
    const [runtime, control] = [new BedrockRuntimeClient(), new BedrockClient()];
    assert.match(textOf(await runtime.send(COMMAND)), /Hello/);
    assert.ok((await control.send(new ListFoundationModelsCommand({}))).modelSummaries.length > 0);
    runtime.destroy();
    control.destroy();
  });

  test("has an API key", async () => {
    process.env.AWS_ENDPOINT_URL = clients.server.url;
    process.env.AWS_BEARER_TOKEN_BEDROCK = "my-key";
    const runtime = new BedrockRuntimeClient();
    assert.match(textOf(await runtime.send(COMMAND)), /Hello/);
    runtime.destroy();
  });

  test("names the address for Anthropic's client", async () => {
    process.env.ANTHROPIC_BEDROCK_BASE_URL = clients.server.url;
    const claude = new AnthropicBedrock({ maxRetries: 0 });
    const messages = [{ role: /** @type {const} */ ("user"), content: "Hello" }];
    const message = await claude.messages.create({ model: GENERATIONS.newest.model, max_tokens: 100, messages });
    assert.equal(message.stop_reason, "end_turn");
  });
});
