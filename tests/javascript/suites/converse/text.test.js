// Texts: answers to prompts, in one turn and in several.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { SONNET } from "../../support/models.js";
import { textOf, user } from "../../support/parts.js";

overBothProtocols("texts", (clients) => {
  /** @param {import("../../support/parts.js").Message[]} messages */
  const ask = (...messages) => clients.runtime.send(new ConverseCommand({ modelId: SONNET, messages }));

  test("an answer speaks of its prompt", async () => {
    const answer = await ask(user("Tell me about basalt."));
    assert.match(textOf(answer), /basalt/);
    assert.equal(answer.output.message.role, "assistant");
    assert.equal(answer.stopReason, "end_turn");
    assert.ok(answer.metrics.latencyMs >= 0);
    const { inputTokens, outputTokens, totalTokens } = answer.usage;
    assert.ok(inputTokens > 0 && outputTokens > 0);
    assert.equal(totalTokens, inputTokens + outputTokens);
  });

  test("the same request gets the same answer", async () => {
    const [one, other] = await Promise.all([ask(user("Tell me about slate.")), ask(user("Tell me about slate."))]);
    assert.deepEqual(one.output, other.output);
    assert.deepEqual(one.usage, other.usage);
    assert.notEqual(one.$metadata.requestId, other.$metadata.requestId);
  });

  test("a conversation goes on", async () => {
    const first = user("Name a rock.");
    const answer = await ask(first);
    const next = await ask(first, answer.output.message, user("And where is granite found?"));
    assert.match(textOf(next), /granite/);
    assert.ok(next.usage.inputTokens > answer.usage.inputTokens);
  });

  test("an answer obeys its limits", async () => {
    const request = { modelId: SONNET, messages: [user("one two three")], system: [{ text: "Be brief." }] };
    const limited = await clients.runtime.send(new ConverseCommand({ ...request, inferenceConfig: { maxTokens: 2 } }));
    assert.equal(limited.stopReason, "max_tokens");
    assert.equal(limited.usage.outputTokens, 2);
    const inferenceConfig = { stopSequences: ["three"] };
    const stopped = await clients.runtime.send(new ConverseCommand({ ...request, inferenceConfig }));
    assert.equal(stopped.stopReason, "stop_sequence");
  });

  test("many requests share a connection", async () => {
    const rocks = Array.from({ length: 40 }, (_, number) => `rock-${number}`);
    const answers = await Promise.all(rocks.map((rock) => ask(user(`Tell me about ${rock}.`))));
    answers.forEach((answer, number) => assert.match(textOf(answer), new RegExp(`\\b${rocks[number]}\\b`)));
  });
});
