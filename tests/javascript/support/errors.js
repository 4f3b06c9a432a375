// What the AWS SDK makes of an error.

import assert from "node:assert/strict";

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Requires that a call is refused with an error of this class, before any stream. Gives the error.
 *
 * @template {Error} E
 * @param {Promise<unknown>} call
 * @param {new (...options: any[]) => E} type
 * @param {number} status
 * @param {string | RegExp} [message]
 * @returns {Promise<E>}
 */
export async function refused(call, type, status, message) {
  const error = await call.then(
    () => assert.fail("it is answered"),
    (error) => error,
  );
  assert.ok(error instanceof type, `${error.name} is no ${type.name}: ${error.message}`);
  const { $metadata } = /** @type {import("@aws-sdk/client-bedrock-runtime").ServiceOutputTypes} */ (
    /** @type {unknown} */ (error)
  );
  assert.equal($metadata.httpStatusCode, status);
  assert.match($metadata.requestId, REQUEST_ID);
  if (typeof message === "string") assert.equal(error.message, message);
  else if (message) assert.match(error.message, message);
  return error;
}
