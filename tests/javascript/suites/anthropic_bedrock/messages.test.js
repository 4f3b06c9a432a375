// Anthropic's client for Bedrock: whole messages.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { withServer } from "../../support/clients.js";
import { Claude, GENERATIONS, WEATHER } from "../../support/claude.js";
import { HAIKU_3, PROFILE_ARN, SONNET_MODEL } from "../../support/models.js";
import { CITIES } from "../../support/parts.js";

withServer("AnthropicBedrock", (clients) => {
  for (const [name, generation] of Object.entries(GENERATIONS)) {
    describe(`${name} models`, () => {
      /** @type {Claude} */
      let claude;
      before(() => {
        claude = new Claude(clients.server, generation);
      });

      test("a message", async () => {
        const message = await claude.create(["Tell me about marble."], { system: "You are a geologist." });
        assert.deepEqual([message.type, message.role, message.stop_reason], ["message", "assistant", "end_turn"]);
        const [block] = message.content;
        assert.match(block.type === "text" && block.text, /marble/);
        assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
      });

      test("turns", async () => {
        const first = await claude.create(["Name a rock."]);
        const second = await claude.create(["Name a rock.", first.content, "And another?"]);
        assert.ok(second.usage.input_tokens > first.usage.input_tokens);
      });

      test("a tool makes a round trip", async () => {
        const question = "Use get_weather for Oslo.";
        const called = await claude.create([question], { tools: [WEATHER] });
        assert.equal(called.stop_reason, "tool_use");
        const use = called.content.find((block) => block.type === "tool_use");
        assert.ok(CITIES.includes(/** @type {{ city: string }} */ (use.input).city));
        const last = await claude.create(
          [question, called.content, [{ type: "tool_result", tool_use_id: use.id, content: "cloudless" }]],
          { tools: [WEATHER] },
        );
        assert.equal(last.stop_reason, "end_turn");
        assert.match(JSON.stringify(last.content), /cloudless/);
      });

      test("thinking is sent back", async () => {
        const { thinking } = generation;
        const first = await claude.create(["Hello"], { thinking });
        assert.deepEqual(
          first.content.map((block) => block.type),
          ["thinking", "text"],
        );
        const second = await claude.create(["Hello", first.content, "And now?"], { thinking });
        assert.equal(second.stop_reason, "end_turn");
      });
    });
  }

  for (const model of [HAIKU_3, `global.${SONNET_MODEL}`, PROFILE_ARN]) {
    test(`${model}, its colons as they are`, async () => {
      const claude = new Claude(clients.server, { ...GENERATIONS.earlier, model });
      assert.equal((await claude.create(["Hello"])).stop_reason, "end_turn");
    });
  }
});
