// Embeddings: unit vectors of the asked length, nearer for texts that are alike.

import assert from "node:assert/strict";
import { test } from "node:test";
import { InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { withServer } from "../../support/clients.js";
import { TITAN_EMBED } from "../../support/models.js";

/**
 * @param {number[]} one
 * @param {number[]} other
 */
const dot = (one, other) => one.reduce((sum, value, index) => sum + value * other[index], 0);

withServer("embeddings", (clients) => {
  /** @param {string} inputText */
  const embed = async (inputText) => {
    const body = JSON.stringify({ inputText, dimensions: 256, normalize: true });
    const answer = await clients.runtime.send(new InvokeModelCommand({ modelId: TITAN_EMBED, body }));
    return JSON.parse(answer.body.transformToString()).embedding;
  };

  test("vectors have the asked length", async () => {
    const vector = await embed("How do I reset my password?");
    assert.equal(vector.length, 256);
    assert.ok(Math.abs(dot(vector, vector) - 1) < 1e-3);
  });

  test("texts that are alike are nearer", async () => {
    const [query, near, far] = await Promise.all(
      [
        "How do I reset my password?",
        "I forgot my password and want to reset it.",
        "Granite is an igneous rock with large crystals.",
      ].map(embed),
    );
    assert.ok(dot(query, near) > dot(query, far));
  });
});
