// Anthropic's client for Bedrock: streams.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { withServer } from "../../support/clients.js";
import { Claude, GENERATIONS, WEATHER } from "../../support/claude.js";
import { collect } from "../../support/events.js";

withServer("AnthropicBedrock's streams", (clients) => {
  for (const [name, generation] of Object.entries(GENERATIONS)) {
    describe(`${name} models`, () => {
      /** @type {Claude} */
      let claude;
      before(() => {
        claude = new Claude(clients.server, generation);
      });

      /** @type {Record<string, [string, Partial<import("../../support/claude.js").Params>]>} */
      const requests = {
        "a text": ["Tell me about marble.", {}],
        "a limit": ["Tell me about marble.", { max_tokens: 3 }],
        "a stop sequence": ["one two three", { stop_sequences: ["three"] }],
        thinking: ["Tell me about marble.", { thinking: generation.thinking }],
        "a tool's call": ["Use get_weather for Oslo.", { tools: [WEATHER] }],
      };
      for (const [kind, [prompt, rest]] of Object.entries(requests)) {
        test(`${kind} comes to the whole message`, async () => {
          const request = claude.request([prompt], rest);
          const streamed = await claude.client.messages.stream(request).finalMessage();
          const whole = await claude.client.messages.create(request);
          assert.deepEqual(streamed.content, whole.content);
          assert.equal(streamed.stop_reason, whole.stop_reason);
          assert.equal(streamed.usage.input_tokens, whole.usage.input_tokens);
          assert.equal(streamed.usage.output_tokens, whole.usage.output_tokens);
        });
      }

      test("events are in order", async () => {
        const request = claude.request(["Tell me about marble."]);
        const stream = await claude.client.messages.create({ ...request, stream: true });
        const kinds = (await collect(stream)).map((event) => event.type);
        assert.deepEqual(kinds.slice(0, 2), ["message_start", "content_block_start"]);
        assert.deepEqual(kinds.slice(-3), ["content_block_stop", "message_delta", "message_stop"]);
        assert.ok(kinds.slice(2, -3).every((kind) => kind === "content_block_delta"));
        assert.ok(kinds.length > 6);
      });
    });
  }
});
