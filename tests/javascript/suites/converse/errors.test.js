// Typed errors before a stream.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ConverseCommand,
  ConverseStreamCommand,
  ResourceNotFoundException,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { RETIRED, SONNET, SONNET_MODEL, UNKNOWN } from "../../support/models.js";
import { user } from "../../support/parts.js";

overBothProtocols("errors", (clients) => {
  /** @typedef {import("@aws-sdk/client-bedrock-runtime").ConverseCommandInput} Input */
  const operations = {
    Converse: (/** @type {Input} */ input) => clients.runtime.send(new ConverseCommand(input)),
    ConverseStream: (/** @type {Input} */ input) => clients.runtime.send(new ConverseStreamCommand(input)),
  };

  for (const [name, call] of Object.entries(operations)) {
    const ask = (/** @type {Partial<Input>} */ rest) => call({ modelId: SONNET, messages: [user("Hello")], ...rest });

    test(`${name} knows its models`, async () => {
      await refused(ask({ modelId: UNKNOWN }), ValidationException, 400, "The provided model identifier is invalid.");
      await refused(
        ask({ modelId: SONNET_MODEL }),
        ValidationException,
        400,
        `Invocation of model ID ${SONNET_MODEL} with on-demand throughput isn’t supported. Retry your request with ` +
          "the ID or ARN of an inference profile that contains this model.",
      );
      await refused(ask({ modelId: RETIRED }), ResourceNotFoundException, 404, /reached the end of its life/);
    });

    test(`${name} names every broken constraint`, async () => {
      const broken = ask({ inferenceConfig: { maxTokens: 0, temperature: 2 } });
      const error = await refused(broken, ValidationException, 400, /^2 validation errors detected: /);
      assert.ok(
        error.message.includes(
          "Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: " +
            "Member must have value greater than or equal to 1",
        ),
      );
      assert.ok(error.message.includes("at 'inferenceConfig.temperature'"), error.message);
    });

    test(`${name} holds conversations to their rules`, async () => {
      await refused(
        ask({ messages: [user("Hello", "")] }),
        ValidationException,
        400,
        "The text field in the ContentBlock object at messages.0.content.1 is blank. Add text to the text field, " +
          "and try again.",
      );
      const toolUse = { toolUseId: "tooluse_1", name: "get_time", input: {} };
      await refused(
        ask({ messages: [user("Now?"), { role: "assistant", content: [{ toolUse }] }, user("Well?")] }),
        ValidationException,
        400,
        /toolConfig|Expected toolResult blocks at messages\.2\.content/,
      );
    });
  }
});
