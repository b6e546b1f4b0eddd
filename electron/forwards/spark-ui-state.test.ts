import { expect, it } from 'vitest';
import type { Forward } from '../../shared/contract/forwards.ts';
import type { Failure } from '../../shared/failure.ts';
import { forwardOf, type UiState } from './spark-ui-state.ts';

const url = 'http://127.0.0.1:40000/';
const at = { place: 'at', pod: 'pi-driver', uid: 'u', port: 4040 } as const;
const awaited = { place: 'awaited', for: 'container', why: 'ErrImageNeverPull' } as const;
const over = { place: 'over', reason: 'driver-ended', at: 5, exitCode: 1 } as const;
const failure: Failure = { code: 'unreachable', server: 'pi-driver:4040', reason: 'no answer for 1.5 s' };
const fresh: UiState = { place: { place: 'unknown' }, way: { way: 'none' }, url: null, since: 1, served: false, seen: false };
const served: UiState = { ...fresh, place: at, url, served: true, seen: true };

it.each<[string, UiState, Partial<Forward>]>([
  ['nothing is known', fresh, { state: 'starting', for: 'driver', since: 1, why: null }],
  [
    'its container does not start',
    { ...fresh, place: awaited },
    { state: 'starting', for: 'container', why: 'ErrImageNeverPull' },
  ],
  ['the port is not open yet', { ...fresh, place: at, url, way: { way: 'silent' } }, { state: 'starting', for: 'port' }],
  [
    'the API server does not answer',
    { ...fresh, place: at, way: { way: 'lost', failure } },
    { state: 'starting', for: 'port', why: 'no answer for 1.5 s' },
  ],
  ['the UI answers', { ...served, way: { way: 'serves' } }, { state: 'active', url, pod: 'pi-driver', port: 4040, since: 1 }],
  [
    'the tunnel died',
    { ...served, way: { way: 'lost', failure } },
    { state: 'reconnecting', reason: 'tunnel-lost', url, why: 'no answer for 1.5 s' },
  ],
  [
    'the tunnel is there again and the UI not asked yet',
    { ...served, way: { way: 'regained' } },
    { state: 'reconnecting', reason: 'tunnel-lost' },
  ],
  [
    'the context ended before its container',
    { ...served, way: { way: 'silent' } },
    { state: 'reconnecting', reason: 'port-closed', why: null },
  ],
  [
    'the driver is run again',
    { ...served, place: awaited, seen: false },
    { state: 'reconnecting', reason: 'driver-gone', url, why: 'ErrImageNeverPull' },
  ],
  [
    'the next driver starts',
    { ...served, seen: false, way: { way: 'silent' } },
    { state: 'reconnecting', reason: 'driver-gone', url },
  ],
  ['the driver ended', { ...served, place: over }, { state: 'ended', reason: 'driver-ended', at: 5, exitCode: 1 }],
  ['nobody knows when it ended', { ...served, place: { ...over, at: null } }, { state: 'ended', at: 9 }],
  ['it is refused', { ...served, way: { way: 'refused', failure } }, { state: 'failed', failure }],
])('says what it is when %s', (_name, state, forward) => expect(forwardOf(state, 9)).toMatchObject(forward));
