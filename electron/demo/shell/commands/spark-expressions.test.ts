import { expect, test } from 'vitest';
import { evaluate, greeting } from './spark-expressions.ts';

const knowledge = { version: '3.5.7', application: 'spark-1', round: 2 };

test.each([
  ['scala', 'spark.range(1000).count()', 'res2: Long = 1000\n'],
  ['scala', 'spark.range(10, 4).count', 'res2: Long = 0\n'],
  ['scala', '1+2*3', 'res2: Int = 7\n'],
  ['scala', '(1 + 2) * -3 / 2', 'res2: Double = -4.5\n'],
  ['scala', 'spark.version', 'res2: String = 3.5.7\n'],
  ['scala', '// nothing', ''],
  ['scala', ':quit', null],
  ['python', 'spark.range(5, 25).count()', '20\n'],
  ['python', 'sc.applicationId', "'spark-1'\n"],
  ['python', 'print(2 * 21)', '42\n'],
  ['python', 'exit()', null],
  ['sql', 'SELECT 1 + 1;', '2\n'],
  ['sql', 'exit;', null],
] as const)('%s answers %s', (tongue, line, answer) => {
  expect(evaluate(tongue, line, knowledge)).toBe(answer);
});

test.each(['df.show()', '1 +', 'process.exit()', '1 / 0', '(((', `${'1+'.repeat(500)}1`])(
  '%s is answered with what it is',
  (line) => {
    expect(evaluate('scala', line, knowledge)).toContain('stand-in of the demo cluster');
  },
);

test('the first line says that it stands in', () => {
  expect(greeting('scala', '3.5.7', 'spark-1').split('\n')[0]).toContain('no Spark runs here');
});
