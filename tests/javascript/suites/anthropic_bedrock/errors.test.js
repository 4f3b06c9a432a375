// Anthropic's client for Bedrock: errors have their types, and say what the service says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { APIError, BadRequestError, NotFoundError } from "@anthropic-ai/sdk";
import { withServer } from "../../support/clients.js";
import { Claude, GENERATIONS } from "../../support/claude.js";
import { RETIRED, UNKNOWN } from "../../support/models.js";

/** @type {[string, string, new (...parts: any[]) => APIError, RegExp][]} */
const REFUSALS = [
  ["an unknown model", UNKNOWN, BadRequestError, /The provided model identifier is invalid\./],
  ["a model at its end of life", RETIRED, NotFoundError, /This model version has reached the end of its life\./],
  [
    "an earlier model, in the newest version of the API",
    GENERATIONS.earlier.model,
    BadRequestError,
    /Invalid API version: 2026-10-21/,
  ],
];

withServer("AnthropicBedrock's errors", (clients) => {
  const claude = () => new Claude(clients.server, GENERATIONS.newest);

  for (const [name, model, type, message] of REFUSALS) {
    for (const stream of [false, true]) {
      test(`${name}, ${stream ? "streamed" : "whole"}`, async () => {
        const call = claude().client.messages.create({ ...claude().request(["Hello"], { model }), stream });
        await assert.rejects(call, (error) => {
          assert.ok(error instanceof type, String(error));
          assert.match(error.message, message);
          return true;
        });
      });
    }
  }

  test("a broken body", async () => {
    for (const [rest, message] of /** @type {[object, RegExp][]} */ ([
      [{ max_tokens: 0 }, /max_tokens/],
      [{ temperature: 0.5 }, /temperature: Extra inputs are not permitted/],
    ])) {
      await assert.rejects(claude().create(["Hello"], rest), (error) => {
        assert.ok(error instanceof BadRequestError, String(error));
        assert.match(error.message, message);
        return true;
      });
    }
  });

  test("a broken image", async () => {
    const data = Buffer.from("these bytes are no image").toString("base64");
    const source = { type: /** @type {const} */ ("base64"), media_type: /** @type {const} */ ("image/png"), data };
    const request = claude().request([[{ type: "image", source }]]);
    await assert.rejects(claude().client.messages.stream(request).finalMessage(), APIError);
  });
});
