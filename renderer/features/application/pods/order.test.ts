import { expect, it } from 'vitest';
import type { ApplicationPod } from '../../../../shared/contract/applications.ts';
import { inOrder } from './order.ts';

function pod(name: string, change: Partial<ApplicationPod> = {}): ApplicationPod {
  const times = { createdAt: 0, startedAt: null, endedAt: null };
  return { uid: name, name, role: 'executor', status: 'Running', node: null, exitCode: null, ...times, ...change };
}

it('puts the driver first and executors by number', () => {
  const pods = [pod('a-exec-10'), pod('a-exec-2'), pod('b-exec-2', { createdAt: 9 }), pod('z-driver', { role: 'driver' })];
  expect(inOrder(pods).map((each) => each.name)).toEqual(['z-driver', 'b-exec-2', 'a-exec-2', 'a-exec-10']);
});
