// The AI SDK on Converse and ConverseStream, whose answers it holds to schemas of its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { APICallError, generateText, Output, streamText } from "ai";
import { z } from "zod";
import { vercel, withServer } from "../../support/clients.js";
import { collect } from "../../support/events.js";
import { HAIKU_3, NOVA_LITE, PROFILE_ARN, SONNET, UNKNOWN } from "../../support/models.js";

const PROMPT = "Tell me about basalt.";
const ROCK = z.object({ name: z.string(), kind: z.enum(["igneous", "sedimentary"]), hardness: z.number() });
const THINKING = { bedrock: { reasoningConfig: { type: "enabled", budgetTokens: 1024 } } };

withServer("the AI SDK", (clients) => {
  /** @param {string} id */
  const model = (id) => vercel(clients.server)(id);
  const common = { prompt: PROMPT, maxRetries: 0 };

  for (const id of [HAIKU_3, NOVA_LITE, SONNET, PROFILE_ARN]) {
    test(`a text of ${id}`, async () => {
      const answer = await generateText({ model: model(id), ...common });
      assert.match(answer.text, /basalt/);
      assert.equal(answer.finishReason, "stop");
      assert.ok(answer.usage.inputTokens > 0 && answer.usage.outputTokens > 0);
    });

    test(`a stream of ${id}`, async () => {
      const stream = streamText({ model: model(id), ...common });
      const texts = await collect(stream.textStream);
      assert.ok(texts.length > 1);
      assert.equal(texts.join(""), (await generateText({ model: model(id), ...common })).text);
      assert.equal(await stream.finishReason, "stop");
      assert.ok((await stream.usage).outputTokens > 0);
    });
  }

  test("reasoning", async () => {
    const request = { model: model(SONNET), ...common, providerOptions: THINKING };
    const answer = await generateText(request);
    assert.ok(answer.reasoningText);
    const kinds = (await collect(streamText(request).fullStream)).map((part) => part.type);
    assert.ok(kinds.indexOf("reasoning-end") < kinds.indexOf("text-start"));
    assert.ok(kinds.includes("reasoning-delta") && !kinds.includes("error"));
  });

  for (const id of [SONNET, NOVA_LITE]) {
    test(`structured output of ${id}`, async () => {
      const { output } = await generateText({ model: model(id), ...common, output: Output.object({ schema: ROCK }) });
      assert.deepEqual(ROCK.parse(output), output);
    });
  }

  test("errors are typed", async () => {
    await assert.rejects(generateText({ model: model(UNKNOWN), ...common }), (error) => {
      assert.ok(APICallError.isInstance(error), String(error));
      assert.equal(error.statusCode, 400);
      assert.equal(error.message, "The provided model identifier is invalid.");
      return true;
    });
  });

  test("errors within a stream are told", async () => {
    const image = { type: /** @type {const} */ ("image"), image: Buffer.from("no image"), mediaType: "image/png" };
    const errors = [];
    const stream = streamText({
      model: model(NOVA_LITE),
      messages: [{ role: "user", content: [{ type: "text", text: "What is this?" }, image] }],
      maxRetries: 0,
      onError: ({ error }) => void errors.push(error),
    });
    await stream.consumeStream();
    assert.equal(errors.length, 1);
    assert.match(errors[0].message, /does not match the expected type image\/png/);
  });
});
