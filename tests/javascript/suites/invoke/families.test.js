// Each case of tests/families.json, through InvokeModel and through its stream.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BedrockRuntimeServiceException,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { withServer } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { FAMILIES } from "../../support/families.js";

const METRICS = "amazon-bedrock-invocationMetrics";

withServer("every family", (clients) => {
  for (const { family, model, body, answer, says, streams, refused: refusal } of FAMILIES) {
    const request = { modelId: model, body: JSON.stringify(body) };
    const invoke = () => clients.runtime.send(new InvokeModelCommand(request));
    const stream = () => clients.runtime.send(new InvokeModelWithResponseStreamCommand(request));

    if (refusal) {
      test(`${family} is refused`, async () => {
        const error = await invoke().then(
          () => assert.fail("it is answered"),
          (error) => error,
        );
        assert.ok(error instanceof BedrockRuntimeServiceException);
        assert.equal(error.message, refusal);
      });
      continue;
    }

    test(`${family} answers`, async () => {
      const whole = JSON.parse((await invoke()).body.transformToString());
      assert.ok(whole[answer], JSON.stringify(whole));
      assert.ok(JSON.stringify(whole[answer]).includes(says ?? ""));
    });

    if (!streams) {
      test(`${family} does not stream`, async () => {
        await refused(stream(), ValidationException, 400, "The model is unsupported for streaming.");
      });
      continue;
    }

    test(`${family} streams`, async () => {
      const chunks = [];
      for await (const event of (await stream()).body) {
        chunks.push(JSON.parse(new TextDecoder().decode(event.chunk.bytes)));
      }
      const last = chunks.at(-1)[METRICS];
      assert.ok(last.outputTokenCount > 0);
      assert.equal(chunks.filter((chunk) => METRICS in chunk).length, 1);
      assert.ok(JSON.stringify(chunks).includes(says));
    });
  }
});
