// Claude Code, asked once from its command line, with the variables that the README names.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { Server } from "../support/server.js";

const run = promisify(execFile);
const LAUNCHER = fileURLToPath(import.meta.resolve("@anthropic-ai/claude-code/cli-wrapper.cjs"));
const DEADLINE = 60_000;

/** @type {Server} */
let server;
/** @type {string} */
let home;

before(async () => {
  server = await Server.start();
  home = await mkdtemp(join(tmpdir(), "outcrop-claude-code-"));
  await writeFile(join(home, "notes.txt"), "Feldspar is the most common mineral.\n");
});

after(async () => {
  await server?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

/**
 * What Claude Code tells of one prompt.
 *
 * @param {string} prompt
 * @param {...string} flags
 */
async function claude(prompt, ...flags) {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    AWS_REGION: "us-east-1",
    CLAUDE_CODE_USE_BEDROCK: "1",
    ANTHROPIC_BEDROCK_BASE_URL: server.url,
    CLAUDE_CODE_SKIP_BEDROCK_AUTH: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  };
  const asked = [LAUNCHER, "--print", prompt, "--output-format", "json", ...flags];
  const { stdout } = await run(process.execPath, asked, { cwd: home, env, timeout: DEADLINE });
  const told = JSON.parse(stdout);
  assert.equal(told.is_error, false, stdout);
  return told;
}

test("a prompt is answered", async () => {
  const told = await claude("Say hello");
  assert.match(told.result, /Say hello/);
  assert.equal(told.stop_reason, "end_turn");
  assert.ok(told.usage.output_tokens > 0);
});

for (const model of ["us.anthropic.claude-opus-4-6-v1", "us.anthropic.claude-sonnet-5"]) {
  test(`${model} answers`, async () => {
    const told = await claude("Say hello", "--model", model);
    assert.match(told.result, /Say hello/);
    assert.ok(model in told.modelUsage, Object.keys(told.modelUsage).join());
  });
}

test("a tool is called, and its result comes back", async () => {
  const told = await claude("Use Glob with *.txt", "--allowedTools", "Glob");
  assert.match(told.result, /Glob/);
  assert.equal(told.num_turns, 2);
  assert.equal(told.stop_reason, "end_turn");
});

test("a conversation goes on", async () => {
  await claude("Say hello");
  const told = await claude("And now?", "--continue");
  assert.match(told.result, /In message 2 you wrote "And now\?"/);
});

test("an answer has the form of a schema", async () => {
  const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
  const told = await claude("Name a city", "--json-schema", JSON.stringify(schema));
  assert.equal(typeof told.structured_output.city, "string");
});

test("tokens are counted", async () => {
  const told = await claude("/context");
  assert.match(told.result, /System prompt/);
});
