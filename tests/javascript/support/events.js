// The events of a ConverseStream: their order, and what they come to.

import assert from "node:assert/strict";

/**
 * @typedef {import("@aws-sdk/client-bedrock-runtime").ConverseStreamCommandOutput} StreamAnswer
 * @typedef {import("@aws-sdk/client-bedrock-runtime").ConverseStreamOutput} Event
 */

/**
 * All elements of a stream.
 *
 * @template T
 * @param {AsyncIterable<T>} stream
 */
export async function collect(stream) {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
}

/**
 * The name of each event.
 *
 * @param {Event[]} events
 */
export function kinds(events) {
  return events.map((event) => Object.keys(event)[0]);
}

/**
 * Requires messageStart, blocks one after another with rising indexes, messageStop, metadata; nothing else.
 *
 * @param {Event[]} events
 */
export function checkOrder(events) {
  const names = kinds(events);
  assert.equal(names[0], "messageStart");
  assert.deepEqual(names.slice(-2), ["messageStop", "metadata"]);
  let [expected, open] = [0, false];
  for (const event of events.slice(1, -2)) {
    const [[name, body]] = Object.entries(event);
    assert.equal(body.contentBlockIndex, expected, names.join());
    if (name === "contentBlockStart") assert.ok(!open, "a block starts once, before its deltas");
    else if (name === "contentBlockStop") expected += 1;
    else assert.equal(name, "contentBlockDelta");
    open = name !== "contentBlockStop";
  }
  assert.ok(!open, "the last block stops");
}

/**
 * The answer that Converse would have given.
 *
 * @param {Event[]} events
 */
export function fold(events) {
  /** @type {any[]} */
  const content = [];
  for (const { contentBlockStart: start, contentBlockDelta: delta } of events) {
    if (start) content.push({ toolUse: { ...start.start.toolUse, input: "" } });
    if (!delta) continue;
    const block = (content[delta.contentBlockIndex] ??= { text: "" });
    if (delta.delta.text !== undefined) block.text += delta.delta.text;
    if (delta.delta.toolUse) block.toolUse.input += delta.delta.toolUse.input;
  }
  for (const { toolUse } of content) if (toolUse) toolUse.input = JSON.parse(toolUse.input || "{}");
  const role = events.find((event) => event.messageStart).messageStart.role;
  const { stopReason } = events.find((event) => event.messageStop).messageStop;
  const { usage } = events.at(-1).metadata;
  return { output: { message: { role, content } }, stopReason, usage };
}
