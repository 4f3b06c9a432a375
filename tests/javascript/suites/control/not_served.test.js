// Operations that are not served say so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BedrockServiceException, ListCustomModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeServiceException, ListAsyncInvokesCommand } from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { refused } from "../../support/errors.js";

overBothProtocols("operations that are not served", (clients) => {
  test("of the control plane", async () => {
    const call = clients.control.send(new ListCustomModelsCommand({}));
    const error = await refused(call, BedrockServiceException, 501, /ListCustomModels/);
    assert.equal(error.name, "UnsupportedOperationException");
  });

  test("of the runtime", async () => {
    const call = clients.runtime.send(new ListAsyncInvokesCommand({}));
    const error = await refused(call, BedrockRuntimeServiceException, 501, /ListAsyncInvokes/);
    assert.equal(error.name, "UnsupportedOperationException");
  });
});
