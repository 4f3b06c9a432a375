// The parts that Converse requests and answers are made of.

/**
 * @typedef {import("@aws-sdk/client-bedrock-runtime").ContentBlock} ContentBlock
 * @typedef {import("@aws-sdk/client-bedrock-runtime").Message} Message
 * @typedef {import("@aws-sdk/client-bedrock-runtime").ConverseCommandOutput} Answer
 * @typedef {import("@aws-sdk/client-bedrock-runtime").Tool} Tool
 */

/**
 * A message of the user; strings are texts.
 *
 * @param {...(string | ContentBlock)} content
 * @returns {Message}
 */
export function user(...content) {
  return { role: "user", content: content.map((block) => (typeof block === "string" ? { text: block } : block)) };
}

/**
 * The texts of an answer, joined.
 *
 * @param {Pick<Answer, "output">} answer
 */
export function textOf(answer) {
  return answer.output.message.content.map((block) => block.text ?? "").join("");
}

/**
 * The tool calls of an answer.
 *
 * @param {Pick<Answer, "output">} answer
 */
export function toolUses(answer) {
  return answer.output.message.content.flatMap((block) => (block.toolUse ? [block.toolUse] : []));
}

/**
 * The result of a call.
 *
 * @param {{ toolUseId?: string }} use
 * @param {string} text
 * @returns {ContentBlock}
 */
export function toolResult(use, text) {
  return { toolResult: { toolUseId: use.toolUseId, content: [{ text }] } };
}

export const CITIES = ["Oslo", "Rome"];

/**
 * A tool that wants to know a city.
 *
 * @param {string} name
 * @returns {Tool}
 */
export function tool(name) {
  const properties = { city: { type: "string", enum: CITIES } };
  return {
    toolSpec: {
      name,
      description: "Looks something up for a city.",
      inputSchema: { json: { type: "object", properties, required: ["city"] } },
    },
  };
}
