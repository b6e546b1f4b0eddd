import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exitWhy, oneLine, sparkExitWhy, submissionError, waitingWhy } from './why.ts';

const log = `failed to submit spark application: failed to run spark-submit: failed to run spark-submit: 26/11/21 10:04:44 WARN Utils: hostname
26/11/21 10:04:49 ERROR Client: Please check "kubectl auth can-i create pod" first. It should be yes.
Exception in thread "main" io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: POST at: https://127.0.0.1/api/v1/namespaces/a/pods. Message: Forbidden! User recorder doesn't have permission. pods "pi-driver" is forbidden: error looking up service account a/b: serviceaccount "b" not found.
\tat io.fabric8.kubernetes.client.KubernetesClientException.copyAsCause(KubernetesClientException.java:238)`;

test.each([
  [log, 'pods "pi-driver" is forbidden: error looking up service account a/b: serviceaccount "b" not found.'],
  ['WARN\nException in thread "main" java.io.FileNotFoundException: /home/.ivy2/cache\n\tat x', '/home/.ivy2/cache'],
  ['WARN\nException in thread "main" org.apache.spark.SparkException: Please specify --class.\n', 'Please specify --class.'],
  [
    'first\npods "a" is forbidden: exceeded quota: small, requested: cpu=2\nlast',
    'pods "a" is forbidden: exceeded quota: small, requested: cpu=2',
  ],
  ['failed to submit spark application: failed to run spark-submit: signal: killed', 'signal: killed'],
])('the useful line of a failed submission', (message, line) => {
  expect(submissionError(message)).toBe(line);
});

test.each([
  ['ErrImagePull', 'not found', 'ImagePullBackOff: not found'],
  ['ImagePullBackOff', 'Back-off pulling image "a:1": ErrImagePull: not found', 'ImagePullBackOff: not found'],
  ['ImagePullBackOff', 'Back-off pulling image "a:1"', 'ImagePullBackOff: a:1'],
  ['ErrImageNeverPull', null, 'ErrImageNeverPull: a:1'],
  ['ContainerCreating', null, null],
])('a container that waits with %s (%s)', (reason, message, why) => {
  expect(waitingWhy(reason, message, 'a:1')).toBe(why);
});

test.each([
  [1, 'Error', null, 'exit 1'],
  [137, 'OOMKilled', null, 'exit 137 (OOMKilled)'],
  [1, 'Error', 'no\nspace', 'exit 1: no space'],
])('an end with %i, %s', (exitCode, reason, message, why) => {
  expect(exitWhy(exitCode, reason, message)).toBe(why);
});

test.each([
  [1, 'Error', 'exit 1'],
  [52, 'Error', 'exit 52 (Java ran out of memory)'],
  [137, 'Error', 'exit 137 (killed)'],
  [137, 'OOMKilled', 'exit 137 (OOMKilled)'],
])('an end of a Spark container with %i, %s', (exitCode, reason, why) => {
  expect(sparkExitWhy(exitCode, reason, null)).toBe(why);
});

const strange = [
  'a',
  'é',
  '😀',
  '\ud800',
  ' ',
  '\n',
  '\r',
  '\t',
  '\u0000',
  '\u001b',
  '\u0085',
  '\u2028',
  '\u202e',
  '\u2066',
  'Message: ',
];

test('one line is one line of at most 300 characters without control or direction marks', () => {
  expect(oneLine('a\u0000\r\n\tb\u202ec\u2028')).toBe('a bc');
  expect(oneLine('\n')).toBeNull();
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...strange), maxLength: 400 }), (text) => {
      const line = oneLine(text);
      expect(line ?? 'x').toMatch(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,300}$/su);
      for (const said of [submissionError(text), submissionError(`Exception in thread "main" ${text}`)])
        expect((said ?? '').length).toBeLessThanOrEqual(300);
    }),
  );
});

test('a message of a megabyte costs no time', () => {
  expect(submissionError(`${'failed to run spark-submit: '.repeat(40_000)}`)).not.toBeNull();
  expect(submissionError('Message: '.repeat(120_000))?.length).toBeLessThanOrEqual(300);
  expect(oneLine(' '.repeat(1_000_000))).toBeNull();
});
