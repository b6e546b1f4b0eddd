import { expect, test } from 'vitest';
import { isPresent, nameProblem, pullProblem } from './images.ts';
import { nodeObjects } from './nodes.ts';

test.each([
  ['spark:3.5.7', true],
  ['docker.io/library/spark:3.5.7', true],
  ['apache/spark:3.5.7', true],
  ['emberdeck.test/spark:3.5.7', true],
  ['apache/spark:4.0.0', false],
  ['emberdeck.test/other:3.5.7', false],
])('%s lies on a new node: %s', (image, present) => {
  const [node = {}] = nodeObjects({ count: 1 }, '2026-01-01T00:00:00Z');
  expect(isPresent(node, image)).toBe(present);
});

test.each(['x:y:z', 'not valid', ''])('%j is no name of an image', (image) => {
  expect(nameProblem(image)).toContain('invalid reference format');
});

test.each([
  ['nowhere.invalid/x:1', 'lookup nowhere.invalid on 10.96.0.10:53: no such host'],
  ['registry.example.com/team/missing:1', 'registry.example.com/team/missing:1: not found'],
  ['spark:missing', 'docker.io/library/spark:missing: not found'],
  ['UPPER/case:1', 'repository name must be lowercase'],
])('%s cannot be pulled', (image, words) => {
  expect(nameProblem(image)).toBeNull();
  expect(pullProblem(image)).toContain(words);
});

test.each(['spark', 'localhost:5000/a/b', 'ghcr.io/team/spark-etl:2.0', 'spark@sha256:'.concat('a'.repeat(64))])(
  '%s can be pulled',
  (image) => {
    expect(nameProblem(image)).toBeNull();
    expect(pullProblem(image)).toBeNull();
  },
);
