import { expect, it } from 'vitest';
import type { ApplicationPod } from '../../../shared/contract/applications.ts';
import { roleOf, runningPods } from './pods.ts';

const pod = (name: string, rest: Partial<ApplicationPod> = {}): ApplicationPod => ({
  uid: name,
  name,
  role: name.endsWith('driver') ? 'driver' : 'executor',
  status: 'Running',
  node: 'n',
  createdAt: 0,
  startedAt: 1,
  endedAt: null,
  exitCode: null,
  ...rest,
});

it('finds where a shell can be opened, and calls it by its role', () => {
  const pods = [
    pod('pi-1-exec-10'),
    pod('pi-1-exec-2'),
    pod('pi-1-exec-1', { endedAt: 2 }),
    pod('pi-driver'),
    pod('pi-1-exec-3', { startedAt: null }),
  ];
  expect(runningPods(pods).map(roleOf)).toEqual(['driver', 'exec-2', 'exec-10']);
});
