// The AI SDK's loop of tools.

import assert from "node:assert/strict";
import { test } from "node:test";
import { generateText, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";
import { vercel, withServer } from "../../support/clients.js";
import { NOVA_LITE, SONNET } from "../../support/models.js";
import { CITIES } from "../../support/parts.js";

const inputSchema = z.object({ city: z.enum(CITIES) });
const TOOLS = {
  get_weather: tool({ description: "The weather.", inputSchema, execute: ({ city }) => `dusty in ${city}` }),
  get_time: tool({ description: "The time of day.", inputSchema, execute: ({ city }) => `noon in ${city}` }),
};

withServer("the AI SDK's tools", (clients) => {
  for (const id of [SONNET, NOVA_LITE]) {
    /** @param {string} prompt */
    const request = (prompt) => {
      return { model: vercel(clients.server)(id), prompt, tools: TOOLS, stopWhen: stepCountIs(5), maxRetries: 0 };
    };

    test(`a loop with ${id} ends`, async () => {
      const { steps, text, finishReason } = await generateText(request("Use get_weather for Oslo."));
      assert.equal(steps.length, 2);
      assert.deepEqual(
        steps[0].toolCalls.map((call) => call.toolName),
        ["get_weather"],
      );
      assert.equal(finishReason, "stop");
      assert.match(text, /dusty in (Oslo|Rome)/);
    });

    test(`a streamed loop with ${id} ends`, async () => {
      const stream = streamText(request("Use get_weather and get_time for Rome."));
      const [text, steps] = await Promise.all([stream.text, stream.steps]);
      assert.equal(steps.length, 2);
      assert.deepEqual(
        steps[0].toolCalls.map((call) => call.toolName),
        ["get_weather", "get_time"],
      );
      assert.match(text, /dusty in/);
      assert.match(text, /noon in/);
    });
  }
});
