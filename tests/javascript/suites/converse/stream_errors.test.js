// Errors within a stream: what a model refuses arrives as an exception after a 200.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ConverseStreamCommand, ValidationException } from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { checkOrder, collect } from "../../support/events.js";
import { NOVA_LITE, SONNET } from "../../support/models.js";
import { user } from "../../support/parts.js";

const BYTES = new TextEncoder().encode("these bytes are no image");
const QUESTION = user("What is this?", { image: { format: "png", source: { bytes: BYTES } } });
const MISMATCH =
  "The model returned the following errors: The detected file MIME type text/plain does not match the expected type " +
  "image/png. Reformat your input and try again.";

overBothProtocols("errors within streams", (clients) => {
  /**
   * All events, or the error that takes their place: the SDK looks at the first event before it gives the stream.
   *
   * @param {string} modelId
   * @param {import("../../support/parts.js").Message} message
   */
  const stream = async (modelId, message) => {
    const answer = await clients.runtime.send(new ConverseStreamCommand({ modelId, messages: [message] }));
    return collect(answer.stream);
  };

  for (const modelId of [NOVA_LITE, SONNET]) {
    test(`a refusal of ${modelId} is typed`, async () => {
      await assert.rejects(stream(modelId, QUESTION), (error) => {
        assert.ok(error instanceof ValidationException, String(error));
        assert.equal(error.message, MISMATCH);
        assert.equal(error.$response.statusCode, 200);
        return true;
      });
    });
  }

  test("the connection goes on afterwards", async () => {
    for (let round = 0; round < 3; round += 1) await assert.rejects(stream(SONNET, QUESTION));
    checkOrder(await stream(SONNET, user("Hello")));
  });
});
