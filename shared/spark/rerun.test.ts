import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rerunManifest, rerunName } from './rerun.ts';

describe('rerunName', () => {
  test.each([
    ['pi', [], 'pi-2'],
    ['pi', ['pi-2', 'pi-3'], 'pi-4'],
    ['pi-2', [], 'pi-3'],
    ['pi-9', ['pi-10'], 'pi-11'],
    ['orders-2024-01', [], 'orders-2024-01-2'],
    ['report-2024', [], 'report-2024-2'],
    ['scheduled-1795255560001158783', [], 'scheduled-1795255560001158783-2'],
    ['a'.repeat(63), [], `${'a'.repeat(61)}-2`],
    [`${'a'.repeat(60)}-9`, [], `${'a'.repeat(60)}-10`],
    [`${'a'.repeat(60)}-b-c`, [], `${'a'.repeat(60)}-2`],
    ['My.Job_1', [], 'my-job-1-2'],
    ['2fast', [], 'fast-2'],
    ['--', [], 'app-2'],
  ])('%s with %j taken gives %s', (name, taken, expected) => {
    expect(rerunName(name, new Set(taken))).toBe(expected);
  });

  test('is always a free DNS-1035 label', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 90 }), fc.nat(30), (name, runs) => {
        const taken = new Set<string>();
        let last = name;
        for (let run = 0; run <= runs; run += 1) {
          last = rerunName(last, taken);
          expect(last).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
          expect(taken.has(last)).toBe(false);
          taken.add(last);
        }
      }),
    );
  });
});

const live = {
  apiVersion: 'sparkoperator.k8s.io/v1beta2',
  kind: 'SparkApplication',
  metadata: {
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', team: 'data' },
    creationTimestamp: '2026-11-21T10:00:00Z',
    generation: 3,
    labels: { 'sparkoperator.k8s.io/scheduled-app-name': 'nightly', cost: 'x' },
    managedFields: [{}],
    name: 'pi',
    namespace: 'analytics',
    ownerReferences: [{ kind: 'ScheduledSparkApplication' }],
    resourceVersion: '12',
    uid: 'u',
  },
  spec: { type: 'Scala', mainClass: 'Pi', sparkVersion: '3.5.7' },
  status: { submissionID: 'x' },
};

describe('rerunManifest', () => {
  test('keeps what was asked for, in its order, and nothing the server wrote', () => {
    const copy = structuredClone(live);
    expect(JSON.stringify(rerunManifest(live, 'pi-2'))).toBe(
      JSON.stringify({
        apiVersion: 'sparkoperator.k8s.io/v1beta2',
        kind: 'SparkApplication',
        metadata: { annotations: { team: 'data' }, labels: { cost: 'x' }, name: 'pi-2', namespace: 'analytics' },
        spec: { type: 'Scala', mainClass: 'Pi', sparkVersion: '3.5.7' },
      }),
    );
    expect(live).toEqual(copy);
  });

  test('drops records of metadata that become empty', () => {
    const bare = { metadata: { name: 'pi', labels: { 'sparkoperator.k8s.io/scheduled-app-name': 'nightly' } } };
    expect(rerunManifest(bare, 'pi-2')).toEqual({ metadata: { name: 'pi-2' } });
  });

  test('makes something of any object', () => {
    fc.assert(
      fc.property(fc.anything(), (object) => {
        expect(rerunManifest(object, 'pi-2')).toMatchObject({ metadata: { name: 'pi-2' } });
      }),
    );
  });
});
