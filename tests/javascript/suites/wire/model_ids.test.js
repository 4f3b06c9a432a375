// All the ways to name a model.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { checkOrder, collect } from "../../support/events.js";
import { HAIKU_3, MODEL_ARN, PROFILE_ARN, SONNET, SONNET_MODEL } from "../../support/models.js";
import { textOf, user } from "../../support/parts.js";

overBothProtocols("names of models", (clients) => {
  for (const modelId of [HAIKU_3, SONNET, `global.${SONNET_MODEL}`, MODEL_ARN, PROFILE_ARN]) {
    test(modelId, async () => {
      const request = { modelId, messages: [user("Hello")] };
      assert.match(textOf(await clients.runtime.send(new ConverseCommand(request))), /Hello/);
      const answer = await clients.runtime.send(new ConverseStreamCommand(request));
      checkOrder(await collect(answer.stream));
    });
  }
});
