// Anthropic's client for Bedrock, asked of the newest models and of earlier ones.

import { CITIES } from "./parts.js";
import { anthropic } from "./clients.js";

/**
 * @typedef {import("@anthropic-ai/sdk").Anthropic.MessageParam} MessageParam
 * @typedef {import("@anthropic-ai/sdk").Anthropic.MessageCreateParamsNonStreaming} Params
 */

/**
 * What requests to a generation of models differ in. The client asks for the newest version of the Messages API;
 * models before Claude 4.7 know the one that Bedrock began with only.
 *
 * @typedef {object} Generation
 * @property {string} model
 * @property {Params["thinking"]} thinking what asks for reasoning
 * @property {Record<string, string>} [headers]
 */

/** @type {Record<string, Generation>} */
export const GENERATIONS = {
  newest: { model: "us.anthropic.claude-sonnet-5", thinking: { type: "adaptive", display: "summarized" } },
  earlier: {
    model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    thinking: { type: "enabled", budget_tokens: 1024 },
    headers: { "anthropic-version": "bedrock-2023-05-31" },
  },
};

/** @type {import("@anthropic-ai/sdk").Anthropic.Tool} */
export const WEATHER = {
  name: "get_weather",
  input_schema: { type: "object", properties: { city: { type: "string", enum: CITIES } }, required: ["city"] },
};

/** A client and the generation that it asks. */
export class Claude {
  /**
   * @param {import("./server.js").Server} server
   * @param {Generation} generation
   */
  constructor(server, generation) {
    this.generation = generation;
    this.client = anthropic(server, generation.headers);
  }

  /**
   * What the client is called with.
   *
   * @param {MessageParam["content"][]} contents turns of the user and the assistant, one after the other
   * @param {Partial<Params>} [rest]
   * @returns {Params}
   */
  request(contents, rest) {
    const messages = contents.map((content, turn) => {
      return /** @type {MessageParam} */ ({ role: turn % 2 ? "assistant" : "user", content });
    });
    return { model: this.generation.model, max_tokens: 3000, messages, ...rest };
  }

  /**
   * A whole message.
   *
   * @param {MessageParam["content"][]} contents
   * @param {Partial<Params>} [rest]
   */
  create(contents, rest) {
    return this.client.messages.create(this.request(contents, rest));
  }
}
