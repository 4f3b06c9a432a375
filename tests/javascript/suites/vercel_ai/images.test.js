// The AI SDK's images.

import assert from "node:assert/strict";
import { test } from "node:test";
import { generateImage } from "ai";
import { vercel, withServer } from "../../support/clients.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

withServer("the AI SDK's images", (clients) => {
  test("an image of the asked size", async () => {
    const model = vercel(clients.server).image("amazon.nova-canvas-v1:0");
    const { image } = await generateImage({ model, prompt: "A quarry", size: "512x320", maxRetries: 0 });
    assert.equal(image.mediaType, "image/png");
    assert.deepEqual([...image.uint8Array.slice(0, 8)], SIGNATURE);
    const header = new DataView(image.uint8Array.buffer, image.uint8Array.byteOffset);
    assert.deepEqual([header.getUint32(16), header.getUint32(20)], [512, 320]);
  });
});
