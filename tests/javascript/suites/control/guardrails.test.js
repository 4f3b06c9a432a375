// A guardrail from its creation to its deletion, over both protocols' clients.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ConflictException,
  CreateGuardrailCommand,
  CreateGuardrailVersionCommand,
  DeleteGuardrailCommand,
  GetGuardrailCommand,
  ListTagsForResourceCommand,
  paginateListGuardrails,
  ResourceNotFoundException,
} from "@aws-sdk/client-bedrock";
import { ApplyGuardrailCommand } from "@aws-sdk/client-bedrock-runtime";
import { withServer } from "../../support/clients.js";
import { refused } from "../../support/errors.js";

/** @param {string} name */
const guardrail = (name) => ({
  name,
  blockedInputMessaging: "No.",
  blockedOutputsMessaging: "Not that.",
  wordPolicyConfig: { wordsConfig: [{ text: "granite" }] },
  tags: [{ key: "team", value: "rocks" }],
});

withServer("guardrails", (clients) => {
  test("come, have versions, and go", async () => {
    const { control } = clients;
    const made = await control.send(new CreateGuardrailCommand(guardrail("rocks")));
    assert.equal(made.version, "DRAFT");
    const guardrailIdentifier = made.guardrailId;
    const draft = await control.send(new GetGuardrailCommand({ guardrailIdentifier }));
    assert.equal(draft.status, "READY");
    assert.equal(draft.wordPolicy?.words?.[0]?.text, "granite");
    const { version } = await control.send(new CreateGuardrailVersionCommand({ guardrailIdentifier }));
    assert.equal(version, "1");
    const tags = await control.send(new ListTagsForResourceCommand({ resourceARN: made.guardrailArn }));
    assert.deepEqual(tags.tags, [{ key: "team", value: "rocks" }]);
    const taken = control.send(new CreateGuardrailCommand(guardrail("rocks")));
    await refused(taken, ConflictException, 400, /rocks/);
    await control.send(new DeleteGuardrailCommand({ guardrailIdentifier }));
    const gone = control.send(new GetGuardrailCommand({ guardrailIdentifier }));
    await refused(gone, ResourceNotFoundException, 404, /./);
  });

  // The answer has members that are null, as the service's has.
  test("are applied", async () => {
    const { control, runtime } = clients;
    const { guardrailId } = await control.send(new CreateGuardrailCommand(guardrail("applied")));
    /** @param {string} text */
    const apply = (text) =>
      runtime.send(
        new ApplyGuardrailCommand({
          guardrailIdentifier: guardrailId,
          guardrailVersion: "DRAFT",
          source: "INPUT",
          content: [{ text: { text } }],
        }),
      );
    const blocked = await apply("What is granite?");
    assert.equal(blocked.action, "GUARDRAIL_INTERVENED");
    assert.deepEqual(blocked.outputs, [{ text: "No." }]);
    const [assessment] = blocked.assessments ?? [];
    assert.equal(assessment?.wordPolicy?.customWords?.[0]?.match, "granite");
    assert.ok(!assessment?.topicPolicy && !blocked.guardrailCoverage?.images);
    const fine = await apply("What is the time?");
    assert.equal(fine.action, "NONE");
    assert.deepEqual(fine.outputs, []);
    await control.send(new DeleteGuardrailCommand({ guardrailIdentifier: guardrailId }));
  });

  test("pages come to the whole list", async () => {
    const { control } = clients;
    const made = new Set();
    for (let number = 0; number < 5; number++) {
      const { guardrailId } = await control.send(new CreateGuardrailCommand(guardrail(`page-${number}`)));
      made.add(guardrailId);
    }
    const listed = [];
    for await (const page of paginateListGuardrails({ client: control, pageSize: 2 }, {})) {
      assert.ok(page.guardrails && page.guardrails.length <= 2);
      listed.push(...page.guardrails.map((summary) => summary.id));
    }
    assert.equal(listed.length, 5);
    assert.deepEqual(new Set(listed), made);
  });
});
