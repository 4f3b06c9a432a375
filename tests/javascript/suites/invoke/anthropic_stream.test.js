// InvokeModelWithResponseStream with Anthropic's Messages body: one event of Anthropic's in every chunk.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { collect } from "../../support/events.js";
import { SONNET, UNKNOWN } from "../../support/models.js";

const METRICS = "amazon-bedrock-invocationMetrics";
const BODY = JSON.stringify({
  anthropic_version: "bedrock-2023-05-31",
  max_tokens: 500,
  messages: [{ role: "user", content: "Tell me about marble." }],
});

overBothProtocols("Anthropic's stream", (clients) => {
  const stream = async () => {
    const command = new InvokeModelWithResponseStreamCommand({ modelId: SONNET, body: BODY });
    const answer = await clients.runtime.send(command);
    assert.equal(answer.contentType, "application/json");
    const decoder = new TextDecoder();
    return (await collect(answer.body)).map((event) => JSON.parse(decoder.decode(event.chunk.bytes)));
  };

  test("events are in order", async () => {
    const kinds = (await stream()).map((event) => event.type);
    assert.deepEqual(
      kinds.filter((kind, index) => kind !== kinds[index - 1]),
      [
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
      ],
    );
  });

  test("deltas come to the whole text", async () => {
    const texts = (await stream()).flatMap((event) => event.delta?.text ?? []);
    const answer = await clients.runtime.send(new InvokeModelCommand({ modelId: SONNET, body: BODY }));
    assert.ok(texts.length > 1);
    assert.equal(texts.join(""), JSON.parse(answer.body.transformToString()).content[0].text);
  });

  test("the last chunk has the metrics", async () => {
    const events = await stream();
    const metrics = events.map((event) => event[METRICS]);
    const { usage } = events.find((event) => event.type === "message_delta");
    assert.ok(metrics.slice(0, -1).every((found) => found === undefined));
    assert.equal(metrics.at(-1).outputTokenCount, usage.output_tokens);
    assert.ok(metrics.at(-1).inputTokenCount > 0);
    assert.ok(metrics.at(-1).firstByteLatency <= metrics.at(-1).invocationLatency);
  });

  test("an unknown model is refused before the stream", async () => {
    const call = clients.runtime.send(new InvokeModelWithResponseStreamCommand({ modelId: UNKNOWN, body: BODY }));
    await refused(call, ValidationException, 400, "The provided model identifier is invalid.");
  });
});
