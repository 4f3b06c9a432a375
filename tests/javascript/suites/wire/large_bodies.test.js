// Large bodies: taken up to the limit, and refused so that a client that is still sending sees it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ConverseCommand,
  InvokeModelCommand,
  ThrottlingException,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { aws, http1, withServer } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { HeldRequest } from "../../support/held.js";
import { SONNET } from "../../support/models.js";
import { user } from "../../support/parts.js";

const MEGABYTE = 1_000_000;

withServer(
  "large bodies",
  (clients) => {
    for (const [name, requestHandler] of Object.entries({ "HTTP/2": undefined, "HTTP/1.1": http1() })) {
      test(`a body at the limit is read over ${name}`, async () => {
        const { runtime } = aws(clients.server, { requestHandler });
        const body = Buffer.alloc(24 * MEGABYTE, "x");
        const message = "Malformed input request, please reformat your input and try again.";
        const call = runtime.send(new InvokeModelCommand({ modelId: SONNET, body }));
        await refused(call, ValidationException, 400, message);
        runtime.destroy();
      });

      test(`a refusal comes in the middle of sending over ${name}`, async () => {
        const { runtime } = aws(clients.server, { requestHandler });
        const held = await HeldRequest.to(clients.server);
        const messages = [user("x".repeat(8 * MEGABYTE))];
        await refused(runtime.send(new ConverseCommand({ modelId: SONNET, messages })), ThrottlingException, 429);
        await held.finish();
        runtime.destroy();
      });
    }

    // Node.js gives up by itself where more than 10 MB are unsent on an HTTP/2 connection as an answer comes.
    test("a body over the limit is refused over HTTP/1.1", async () => {
      const { runtime } = aws(clients.server, { requestHandler: http1() });
      const call = runtime.send(new InvokeModelCommand({ modelId: SONNET, body: Buffer.alloc(30 * MEGABYTE, "x") }));
      await refused(call, ValidationException, 400, /at 'body' failed to satisfy constraint: Member must have length/);
      runtime.destroy();
    });
  },
  { flags: ["--max-in-flight", "1"] },
);
