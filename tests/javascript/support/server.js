// The binary under test, as a child process.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const START_DEADLINE = 30_000;
const STOP_DEADLINE = 15_000;
const READY = "outcrop listening on ";

/** A running binary; `url` is its plaintext port. */
export class Server {
  #process;

  /**
   * @param {import("node:child_process").ChildProcess} process
   * @param {string} url
   */
  constructor(process, url) {
    this.#process = process;
    this.url = url;
  }

  /**
   * Starts the binary that OUTCROP_BIN names, on a free port, and waits for its ready line.
   *
   * @param {...string} flags
   */
  static async start(...flags) {
    const { OUTCROP_BIN: program, ...env } = process.env;
    if (!program) throw new Error("start the tests with tests/javascript/run, or set OUTCROP_BIN");
    const child = spawn(program, ["serve", "--ephemeral", "--listen", "127.0.0.1:0", "--log-level", "warn", ...flags], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      return new Server(child, await ready(child));
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  /** Ends the server as a supervisor does, and requires that it ends well. */
  async stop() {
    const deadline = setTimeout(() => this.#process.kill("SIGKILL"), STOP_DEADLINE);
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const [code, signal] = await ended;
    clearTimeout(deadline);
    if (code !== 0) throw new Error(`the server ended with ${code ?? signal}`);
  }
}

/**
 * The address of the ready line.
 *
 * @param {import("node:child_process").ChildProcess} child
 */
async function ready(child) {
  const deadline = AbortSignal.timeout(START_DEADLINE);
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, "line", { signal: deadline }).then(([line]) => line),
    once(child, "exit", { signal: deadline }).then(([code]) => `nothing: it ended with ${code}`),
  ]);
  if (!line.startsWith(`${READY}http://`)) throw new Error(`no ready line, but ${line}`);
  return line.slice(READY.length);
}
