// ListInferenceProfiles page by page, and GetInferenceProfile.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GetInferenceProfileCommand,
  ListInferenceProfilesCommand,
  paginateListInferenceProfiles,
  ValidationException,
} from "@aws-sdk/client-bedrock";
import { withServer } from "../../support/clients.js";
import { refused } from "../../support/errors.js";
import { SONNET } from "../../support/models.js";

withServer("inference profiles", (clients) => {
  test("pages come to the whole list", async () => {
    const whole = await clients.control.send(new ListInferenceProfilesCommand({ maxResults: 1000 }));
    assert.equal(whole.nextToken, undefined);
    const paged = [];
    for await (const page of paginateListInferenceProfiles({ client: clients.control, pageSize: 7 }, {})) {
      assert.ok(page.inferenceProfileSummaries.length <= 7);
      paged.push(...page.inferenceProfileSummaries);
    }
    assert.ok(paged.length > 7);
    assert.deepEqual(paged, whole.inferenceProfileSummaries);
  });

  test("one is told of by id and by ARN", async () => {
    const one = await clients.control.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: SONNET }));
    assert.equal(one.inferenceProfileId, SONNET);
    assert.equal(one.status, "ACTIVE");
    assert.equal(one.type, "SYSTEM_DEFINED");
    assert.ok(one.createdAt instanceof Date && one.models.length > 0);
    const inferenceProfileIdentifier = one.inferenceProfileArn;
    const other = await clients.control.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
    assert.deepEqual({ ...other, $metadata: null }, { ...one, $metadata: null });
  });

  test("applications have none yet", async () => {
    const list = await clients.control.send(new ListInferenceProfilesCommand({ typeEquals: "APPLICATION" }));
    assert.deepEqual(list.inferenceProfileSummaries, []);
  });

  test("a broken page is refused", async () => {
    const control = clients.control;
    await refused(
      control.send(new ListInferenceProfilesCommand({ maxResults: 0 })),
      ValidationException,
      400,
      /Value '0' at 'maxResults' failed to satisfy constraint/,
    );
    await refused(
      control.send(new ListInferenceProfilesCommand({ nextToken: "forged" })),
      ValidationException,
      400,
    );
  });
});
