// An asynchronous invocation, from its start to its file.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  GetAsyncInvokeCommand,
  paginateListAsyncInvokes,
  StartAsyncInvokeCommand,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { withServer } from "../../support/clients.js";

const root = mkdtempSync(join(tmpdir(), "outcrop-"));
mkdirSync(join(root, "bucket"));

withServer(
  "asynchronous invocations",
  (clients) => {
    after(() => rmSync(root, { recursive: true }));

    /** @param {string} s3Uri */
    const start = (s3Uri) =>
      clients.runtime.send(
        new StartAsyncInvokeCommand({
          modelId: "luma.ray-v2:0",
          modelInput: { prompt: "a car", resolution: "540p" },
          outputDataConfig: { s3OutputDataConfig: { s3Uri } },
        }),
      );

    test("a video is made", async () => {
      const { invocationArn } = await start("s3://bucket/videos");
      const deadline = Date.now() + 60_000;
      let told;
      do {
        told = await clients.runtime.send(new GetAsyncInvokeCommand({ invocationArn }));
        assert.ok(Date.now() < deadline, told.status);
      } while (told.status === "InProgress");
      assert.equal(told.status, "Completed");
      const folder = told.outputDataConfig?.s3OutputDataConfig?.s3Uri ?? "";
      const video = readFileSync(join(root, folder.replace("s3://", ""), "output.mp4"));
      assert.equal(video.toString("latin1", 4, 8), "ftyp");
      const listed = [];
      for await (const page of paginateListAsyncInvokes({ client: clients.runtime }, { statusEquals: "Completed" })) {
        listed.push(...(page.asyncInvokeSummaries ?? []));
      }
      assert.deepEqual(
        listed.map((summary) => summary.invocationArn),
        [invocationArn],
      );
    });

    test("a bucket that is not there is refused", async () => {
      await assert.rejects(start("s3://nowhere"), (error) => {
        assert.ok(error instanceof ValidationException);
        assert.equal(error.message, "Invalid Output Config/Credentials");
        return true;
      });
    });
  },
  { flags: ["--s3-root", root] },
);
