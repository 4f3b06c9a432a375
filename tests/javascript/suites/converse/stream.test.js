// ConverseStream: the order of its events, and that they come to the whole answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { checkOrder, collect, fold, kinds } from "../../support/events.js";
import { SONNET } from "../../support/models.js";
import { tool, user } from "../../support/parts.js";

const REQUEST = { modelId: SONNET, messages: [user("Count to ten, please.")] };

overBothProtocols("streams", (clients) => {
  /** @param {import("@aws-sdk/client-bedrock-runtime").ConverseStreamCommandInput} request */
  const stream = async (request) => collect((await clients.runtime.send(new ConverseStreamCommand(request))).stream);

  test("events are in order", async () => {
    const events = await stream(REQUEST);
    checkOrder(events);
    const deltas = kinds(events).filter((kind) => kind === "contentBlockDelta").length;
    assert.ok(deltas > 1, "a text comes in several pieces");
    assert.ok(!kinds(events).includes("contentBlockStart"), "texts do not start");
  });

  test("events come to the whole answer", async () => {
    for (const request of [
      REQUEST,
      { ...REQUEST, inferenceConfig: { maxTokens: 3 } },
      { ...REQUEST, messages: [user("Use get_time for Oslo.")], toolConfig: { tools: [tool("get_time")] } },
    ]) {
      const folded = fold(await stream(request));
      const whole = await clients.runtime.send(new ConverseCommand(request));
      assert.equal(folded.stopReason, whole.stopReason);
      assert.equal(folded.usage.inputTokens, whole.usage.inputTokens);
      assert.equal(folded.usage.outputTokens, whole.usage.outputTokens);
      assert.deepEqual(folded.output, whole.output);
    }
  });

  test("a tool's call starts with its name", async () => {
    const toolConfig = { tools: [tool("get_time")] };
    const events = await stream({ ...REQUEST, messages: [user("Use get_time.")], toolConfig });
    const [start] = events.flatMap((event) => event.contentBlockStart ?? []);
    assert.equal(start.start.toolUse.name, "get_time");
    assert.match(start.start.toolUse.toolUseId, /^tooluse_/);
  });

  test("reasoning ends with one signature", async () => {
    const additionalModelRequestFields = { thinking: { type: "enabled", budget_tokens: 1024 } };
    const events = await stream({ ...REQUEST, inferenceConfig: { maxTokens: 2048 }, additionalModelRequestFields });
    checkOrder(events);
    const reasoning = events.flatMap((event) => event.contentBlockDelta?.delta.reasoningContent ?? []);
    assert.ok(reasoning.length > 1);
    assert.ok(reasoning.slice(0, -1).every((part) => part.text));
    assert.ok(reasoning.at(-1).signature);
  });

  test("a stream can be left, and others go on", async () => {
    const left = await clients.runtime.send(new ConverseStreamCommand(REQUEST));
    for await (const event of left.stream) if (event.contentBlockDelta) break;
    checkOrder(await stream(REQUEST));
  });

  test("streams run beside each other", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => stream(REQUEST)));
    for (const events of all) assert.deepEqual(fold(events).output, fold(all[0]).output);
  });
});
