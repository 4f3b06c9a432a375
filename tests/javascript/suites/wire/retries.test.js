// Throttling, and that clients come back after it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RateLimitError } from "@anthropic-ai/sdk";
import { ConverseCommand, ConverseStreamCommand, ThrottlingException } from "@aws-sdk/client-bedrock-runtime";
import { anthropic, aws, http1, withServer } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { HeldRequest } from "../../support/held.js";
import { HAIKU_3 } from "../../support/models.js";
import { textOf, user } from "../../support/parts.js";

const MESSAGE = "Too many requests, please wait before trying again.";
const REQUEST = { modelId: HAIKU_3, messages: [user("Hello")] };

withServer(
  "a server that answers one request at a time",
  (clients) => {
    test("a throttled request is typed", async () => {
      const held = await HeldRequest.to(clients.server);
      await refused(clients.runtime.send(new ConverseCommand(REQUEST)), ThrottlingException, 429, MESSAGE);
      await refused(clients.runtime.send(new ConverseStreamCommand(REQUEST)), ThrottlingException, 429, MESSAGE);
      await held.finish();
    });

    for (const [name, requestHandler] of Object.entries({ "HTTP/2": undefined, "HTTP/1.1": http1() })) {
      test(`the SDK comes back over ${name}`, async () => {
        const { runtime } = aws(clients.server, { maxAttempts: 4, requestHandler });
        const held = await HeldRequest.to(clients.server);
        const statuses = [];
        runtime.middlewareStack.add(
          (next) => async (input) => {
            const result = await next(input);
            const { statusCode } = /** @type {{ statusCode: number }} */ (result.response);
            // The first refusal frees the place.
            if (statuses.push(statusCode) === 1) await held.finish();
            return result;
          },
          { step: "deserialize", priority: "low" },
        );
        const answer = await runtime.send(new ConverseCommand(REQUEST));
        runtime.destroy();
        assert.match(textOf(answer), /Hello/);
        assert.equal(statuses[0], 429);
        assert.equal(statuses.at(-1), 200);
        assert.equal(answer.$metadata.attempts, statuses.length);
      });
    }

    test("Anthropic's client types it", async () => {
      const held = await HeldRequest.to(clients.server);
      const messages = [{ role: /** @type {const} */ ("user"), content: "Hello" }];
      const call = anthropic(clients.server).messages.create({ model: HAIKU_3, max_tokens: 100, messages });
      await assert.rejects(call, RateLimitError);
      await held.finish();
    });
  },
  { flags: ["--max-in-flight", "1"] },
);
