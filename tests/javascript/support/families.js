// The cases of tests/families.json, which the suites of all languages share.

import { readFileSync } from "node:fs";

/**
 * A model of a family, a body, and either what member of the answer tells what, or how it is refused.
 *
 * @typedef {object} Family
 * @property {string} family
 * @property {string} model
 * @property {object} body
 * @property {string} [answer]
 * @property {string} [says]
 * @property {boolean} [streams]
 * @property {string} [refused]
 */

/** @type {Family[]} */
export const FAMILIES = JSON.parse(readFileSync(new URL("../../families.json", import.meta.url), "utf8"));
