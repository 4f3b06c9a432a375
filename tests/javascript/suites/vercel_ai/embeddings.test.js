// The AI SDK's embeddings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cosineSimilarity, embed, embedMany } from "ai";
import { vercel, withServer } from "../../support/clients.js";
import { TITAN_EMBED } from "../../support/models.js";

const [QUERY, NEAR, FAR] = [
  "How do I reset my password?",
  "I forgot my password and want to reset it.",
  "Granite is an igneous rock with large crystals.",
];

withServer("the AI SDK's embeddings", (clients) => {
  test("one", async () => {
    const model = vercel(clients.server).embedding(TITAN_EMBED);
    const providerOptions = { bedrock: { dimensions: 256 } };
    const { embedding, usage } = await embed({ model, value: QUERY, providerOptions, maxRetries: 0 });
    assert.equal(embedding.length, 256);
    assert.ok(usage.tokens > 0);
  });

  for (const id of [TITAN_EMBED, "cohere.embed-english-v3"]) {
    test(`several of ${id}`, async () => {
      const model = vercel(clients.server).embedding(id);
      const { embeddings } = await embedMany({ model, values: [QUERY, NEAR, FAR], maxRetries: 0 });
      const [query, near, far] = embeddings;
      assert.ok(cosineSimilarity(query, near) > cosineSimilarity(query, far));
    });
  }
});
