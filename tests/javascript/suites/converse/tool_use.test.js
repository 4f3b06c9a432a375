// Tools: calls, results, and loops of agents that end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { overBothProtocols } from "../../support/clients.js";
import { checkOrder, collect, fold } from "../../support/events.js";
import { SONNET } from "../../support/models.js";
import { CITIES, textOf, tool, toolResult, toolUses, user } from "../../support/parts.js";

/** @type {Record<string, string>} */
const RESULTS = { get_weather: "31 degrees and dusty", get_time: "five past noon" };

/**
 * @typedef {import("@aws-sdk/client-bedrock-runtime").ConverseCommandInput} Input
 * @typedef {(input: Input) => Promise<Pick<import("../../support/parts.js").Answer, "output" | "stopReason">>} Call
 */

/**
 * Runs tools until the model stops asking for them. Gives the answers and the calls.
 *
 * @param {Call} call
 * @param {string} prompt
 */
async function runAgent(call, prompt) {
  const [messages, answers, calls] = [[user(prompt)], [], []];
  while (answers.length < 5) {
    const answer = await call({ modelId: SONNET, messages, toolConfig: { tools: Object.keys(RESULTS).map(tool) } });
    answers.push(answer);
    const uses = toolUses(answer);
    assert.equal(answer.stopReason, uses.length ? "tool_use" : "end_turn");
    if (!uses.length) return { answers, calls };
    calls.push(...uses);
    messages.push(answer.output.message, user(...uses.map((use) => toolResult(use, RESULTS[use.name]))));
  }
  assert.fail(`the agent does not end: ${JSON.stringify(calls)}`);
}

overBothProtocols("tools", (clients) => {
  /** @type {Record<string, Call>} */
  const calls = {
    whole: (input) => clients.runtime.send(new ConverseCommand(input)),
    streamed: async (input) => {
      const events = await collect((await clients.runtime.send(new ConverseStreamCommand(input))).stream);
      checkOrder(events);
      return fold(events);
    },
  };

  for (const [name, call] of Object.entries(calls)) {
    test(`a round trip ends with the result, ${name}`, async () => {
      const { answers, calls } = await runAgent(call, "Use get_weather for Rome.");
      assert.deepEqual(
        calls.map((use) => use.name),
        ["get_weather"],
      );
      assert.ok(CITIES.includes(calls[0].input.city), JSON.stringify(calls));
      assert.match(calls[0].toolUseId, /^tooluse_/);
      assert.equal(answers.length, 2);
      assert.match(textOf(answers[1]), /31 degrees/);
    });

    test(`tools are called in parallel, ${name}`, async () => {
      const { answers, calls } = await runAgent(call, "Use get_weather and get_time for Oslo.");
      assert.deepEqual(
        calls.map((use) => use.name),
        ["get_weather", "get_time"],
      );
      assert.notEqual(calls[0].toolUseId, calls[1].toolUseId);
      assert.equal(toolUses(answers[0]).length, 2);
      for (const result of Object.values(RESULTS)) assert.ok(textOf(answers.at(-1)).includes(result));
    });
  }

  test("a tool can be forced", async () => {
    const tools = [tool("get_weather"), tool("get_time")];
    const choices = [{ any: {} }, { tool: { name: "get_time" } }];
    for (const toolChoice of /** @type {import("@aws-sdk/client-bedrock-runtime").ToolChoice[]} */ (choices)) {
      const answer = await calls.whole({ modelId: SONNET, messages: [user("Hello")], toolConfig: { tools, toolChoice } });
      assert.equal(answer.stopReason, "tool_use");
      if (toolChoice.tool) assert.equal(toolUses(answer)[0].name, "get_time");
    }
  });
});
