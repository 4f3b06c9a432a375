// InvokeModel with Anthropic's Messages body.

import assert from "node:assert/strict";
import { test } from "node:test";
import { InvokeModelCommand, ValidationException } from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { SONNET } from "../../support/models.js";
import { CITIES } from "../../support/parts.js";

const TOOL = {
  name: "get_weather",
  input_schema: { type: "object", properties: { city: { type: "string", enum: CITIES } }, required: ["city"] },
};

overBothProtocols("Anthropic's body", (clients) => {
  /** @param {object} body */
  const invoke = async (body) => {
    const request = { anthropic_version: "bedrock-2023-05-31", max_tokens: 500, ...body };
    const answer = await clients.runtime.send(
      new InvokeModelCommand({ modelId: SONNET, body: JSON.stringify(request) }),
    );
    assert.equal(answer.contentType, "application/json");
    return JSON.parse(answer.body.transformToString());
  };

  test("the answer is a message", async () => {
    const answer = await invoke({ messages: [{ role: "user", content: "Tell me about marble." }] });
    assert.deepEqual([answer.type, answer.role, answer.stop_reason], ["message", "assistant", "end_turn"]);
    assert.match(answer.id, /^msg_bdrk_/);
    assert.match(answer.content[0].text, /marble/);
    assert.ok(answer.usage.input_tokens > 0 && answer.usage.output_tokens > 0);
  });

  test("a tool makes a round trip", async () => {
    const question = { role: "user", content: "Use get_weather for Oslo." };
    const called = await invoke({ messages: [question], tools: [TOOL] });
    assert.equal(called.stop_reason, "tool_use");
    const use = called.content.at(-1);
    assert.match(use.id, /^toolu_bdrk_/);
    assert.ok(CITIES.includes(use.input.city));
    const result = { role: "user", content: [{ type: "tool_result", tool_use_id: use.id, content: "cloudless" }] };
    const last = await invoke({
      messages: [question, { role: "assistant", content: called.content }, result],
      tools: [TOOL],
    });
    assert.equal(last.stop_reason, "end_turn");
    assert.match(last.content[0].text, /cloudless/);
  });

  test("broken bodies are refused", async () => {
    await refused(invoke({}), ValidationException, 400, /messages/);
    const call = clients.runtime.send(new InvokeModelCommand({ modelId: SONNET, body: "{" }));
    await refused(
      call,
      ValidationException,
      400,
      "Malformed input request, please reformat your input and try again.",
    );
  });
});
