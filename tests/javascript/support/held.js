// A request that takes the only place of a server.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { HAIKU_3 } from "./models.js";
import { user } from "./parts.js";

const BODY = JSON.stringify({ messages: [user("Hello")] });

/** A request whose body is not all there yet. */
export class HeldRequest {
  #socket;

  /** @param {import("node:net").Socket} socket */
  constructor(socket) {
    this.#socket = socket;
  }

  /** @param {import("./server.js").Server} server */
  static async to(server) {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(
      `POST /model/${HAIKU_3}/converse HTTP/1.1\r\nhost: test\r\nconnection: close\r\n` +
        `content-type: application/json\r\ncontent-length: ${BODY.length}\r\nexpect: 100-continue\r\n\r\n`,
    );
    // The server asks for the body once the request has its place.
    const [answer] = await once(socket, "data");
    assert.match(answer.toString(), /^HTTP\/1.1 100/);
    return new HeldRequest(socket);
  }

  /** Sends the rest, and reads the answer up to its end. */
  async finish() {
    const chunks = [];
    this.#socket.on("data", (chunk) => chunks.push(chunk));
    const ended = once(this.#socket, "close");
    this.#socket.write(BODY);
    await ended;
    assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1.1 200/);
  }
}
