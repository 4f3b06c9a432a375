// CountTokens says what an answer's usage says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ConverseCommand, CountTokensCommand, ValidationException } from "@aws-sdk/client-bedrock-runtime";
import { withServer } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { SONNET, SONNET_MODEL } from "../../support/models.js";
import { tool, user } from "../../support/parts.js";

withServer("counting tokens", (clients) => {
  test("a conversation", async () => {
    const messages = [user("How many tokens are these?")];
    for (const rest of [{}, { system: [{ text: "Be brief." }] }, { toolConfig: { tools: [tool("get_time")] } }]) {
      const answer = await clients.runtime.send(new ConverseCommand({ modelId: SONNET, messages, ...rest }));
      const input = { converse: { messages, ...rest } };
      const counted = await clients.runtime.send(new CountTokensCommand({ modelId: SONNET_MODEL, input }));
      assert.equal(counted.inputTokens, answer.usage.inputTokens);
    }
  });

  test("a native body", async () => {
    const messages = [{ role: "user", content: "How many tokens are these?" }];
    const body = JSON.stringify({ anthropic_version: "bedrock-2023-05-31", max_tokens: 100, messages });
    const input = { invokeModel: { body: new TextEncoder().encode(body) } };
    const native = await clients.runtime.send(new CountTokensCommand({ modelId: SONNET_MODEL, input }));
    const converse = { messages: [user("How many tokens are these?")] };
    const counted = await clients.runtime.send(
      new CountTokensCommand({ modelId: SONNET_MODEL, input: { converse } }),
    );
    assert.equal(native.inputTokens, counted.inputTokens);
  });

  test("profiles do not count", async () => {
    const input = { converse: { messages: [user("Hello")] } };
    const call = clients.runtime.send(new CountTokensCommand({ modelId: SONNET, input }));
    await refused(call, ValidationException, 400, "The provided model doesn't support counting tokens.");
  });
});
