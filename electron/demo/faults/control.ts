import { badRequest } from '../api/status.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { loseNode, recoverNode } from '../node/node-life.ts';
import type { Scenarios } from '../scenarios/index.ts';
import type { World } from '../world.ts';
import type { FaultGate } from './faults.ts';
import { parseBreak, parseFault, parseMatch } from './parse.ts';

/** Paths that steer the demo cluster itself, for tests in another process; administrators only. */
export const CONTROL = '/control/';

/** How wrong the clock may be, in milliseconds; a time that no calendar knows would end the cluster. */
const FURTHEST = 10 * 365 * 86_400_000;

/** What control requests act on. */
export interface Controlled {
  world: World;
  faults: FaultGate;
  scenarios: Scenarios;
}

/** Faults, strikes on open exchanges, compaction, the clock and lost nodes, and what the scenarios answer. Throws 400 that says what is wrong. */
export async function control(controlled: Controlled, method: string, path: string, text: string): Promise<JsonObject> {
  const { world, faults, scenarios } = controlled;
  const body = bodyOf(text);
  const played = scenarios.control(method, path.slice(CONTROL.length), body);
  if (played !== null) return played;
  switch (`${method} ${path.slice(CONTROL.length)}`) {
    case 'POST faults':
      faults.add(parseFault(body));
      return { added: true };
    case 'DELETE faults':
      faults.clear();
      return { cleared: true };
    case 'POST strike':
      return { struck: faults.now(parseMatch(body.match), parseBreak(body.kind)) };
    case 'POST compact':
      world.store.compact();
      return { version: String(world.store.version()) };
    case 'POST clock':
      if (typeof body.skewMs !== 'number') throw badRequest('skewMs must be a number of milliseconds');
      if (Math.abs(body.skewMs) > FURTHEST) throw badRequest('skewMs must be within ten years');
      world.time.skew(body.skewMs);
      return { now: world.time.text() };
    case 'POST nodes/lose':
      loseNode(world, nodeOf(body));
      return { lost: nodeOf(body) };
    case 'POST nodes/recover':
      recoverNode(world, nodeOf(body));
      return { recovered: nodeOf(body) };
    default:
      throw badRequest(`unknown control ${method} ${path}`);
  }
}

function nodeOf({ node }: JsonObject): string {
  if (typeof node !== 'string') throw badRequest('node must be the name of a node');
  return node;
}

function bodyOf(text: string): JsonObject {
  if (text === '') return {};
  let body: Json;
  try {
    body = parseJson(text);
  } catch (error) {
    throw badRequest(`the body is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (!isObject(body)) throw badRequest('the body must be an object');
  return body;
}
