// ListFoundationModels with its filters, and GetFoundationModel.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GetFoundationModelCommand,
  ListFoundationModelsCommand,
  ResourceNotFoundException,
  ValidationException,
} from "@aws-sdk/client-bedrock";
import { withServer } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { HAIKU_3, MODEL_ARN, UNKNOWN } from "../../support/models.js";

withServer("foundation models", (clients) => {
  /** @param {import("@aws-sdk/client-bedrock").ListFoundationModelsCommandInput} filters */
  const list = async (filters) =>
    (await clients.control.send(new ListFoundationModelsCommand(filters))).modelSummaries;

  test("all are listed", async () => {
    const models = await list({});
    assert.ok(models.length > 100);
    assert.equal(new Set(models.map((model) => model.modelArn)).size, models.length);
  });

  test("filters", async () => {
    const all = await list({});
    const anthropic = await list({ byProvider: "Anthropic" });
    assert.ok(anthropic.length > 0 && anthropic.length < all.length);
    assert.ok(anthropic.every((model) => model.providerName === "Anthropic"));
    const embeddings = await list({ byOutputModality: "EMBEDDING" });
    assert.ok(embeddings.length > 0);
    assert.ok(embeddings.every((model) => model.outputModalities.includes("EMBEDDING")));
    const onDemand = await list({ byInferenceType: "ON_DEMAND", byOutputModality: "IMAGE" });
    assert.ok(onDemand.length > 0);
    for (const model of onDemand) {
      assert.ok(model.inferenceTypesSupported.includes("ON_DEMAND") && model.outputModalities.includes("IMAGE"));
    }
    assert.deepEqual(await list({ byProvider: "Nobody" }), []);
  });

  test("a filter that is none is refused", async () => {
    const byOutputModality = /** @type {"TEXT"} */ ("SMELL");
    await refused(list({ byOutputModality }), ValidationException, 400, /Value 'SMELL' at 'byOutputModality'/);
  });

  test("one is told of by id and by ARN", async () => {
    for (const modelIdentifier of [HAIKU_3, MODEL_ARN]) {
      const { modelDetails } = await clients.control.send(new GetFoundationModelCommand({ modelIdentifier }));
      assert.equal(modelDetails.modelId, HAIKU_3);
      assert.equal(modelDetails.modelArn, MODEL_ARN);
    }
  });

  test("an unknown one is not found", async () => {
    const call = clients.control.send(new GetFoundationModelCommand({ modelIdentifier: UNKNOWN }));
    const error = await call.then(
      () => assert.fail("it is answered"),
      (error) => error,
    );
    assert.ok(error instanceof ResourceNotFoundException || error instanceof ValidationException, String(error));
  });
});
