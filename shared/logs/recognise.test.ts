import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Level } from './level.ts';
import { recognise } from './recognise.ts';

const heads: [string, Level | null, string | null, string][] = [
  ['26/11/21 12:00:01 INFO SparkContext: Running Spark version 3.5.7', 'info', 'SparkContext', 'Running Spark version 3.5.7'],
  [
    '26/11/21 12:00:01 WARN TaskSchedulerImpl: Initial job: not accepted',
    'warn',
    'TaskSchedulerImpl',
    'Initial job: not accepted',
  ],
  ['2026-11-21T12:00:01.123Z ERROR org.apache.spark.Executor - lost', 'error', 'org.apache.spark.Executor', 'lost'],
  ['2026-11-21 12:00:01,123 [main] DEBUG a.b.C$D - x - y', 'debug', 'a.b.C$D', 'x - y'],
  ['[2026-11-21 12:00:01] [FATAL] [thread-1] a.b: gone', 'fatal', 'a.b', 'gone'],
  ['INFO:root:read 5 rows', 'info', 'root', 'read 5 rows'],
  ['2026-11-21 12:00:00,000 - etl - WARNING - skewed', 'warn', 'etl', 'skewed'],
  ['2026-11-21 12:00:00 INFO starting up', 'info', null, 'starting up'],
  ['ERROR: cannot read', 'error', null, 'cannot read'],
  ['[WARN] old', 'warn', null, 'old'],
  [
    '{"ts":"2026-11-21T12:00:00Z","level":"ERROR","msg":"lost task","logger":"TaskSetManager"}',
    'error',
    'TaskSetManager',
    'lost task',
  ],
  ['{"@timestamp":"x","log.level":"INFO","message":"m","log.logger":"a.b"}', 'info', 'a.b', 'm'],
  ['{"level":"INFO","rows":5}', null, null, '{"level":"INFO","rows":5}'],
  ['{not json', null, null, '{not json'],
  ['Pi is roughly 3.14', null, null, 'Pi is roughly 3.14'],
  ['INFORMATION is not a level', null, null, 'INFORMATION is not a level'],
  [
    'Exception in thread "main" java.lang.IllegalStateException: told to',
    null,
    null,
    'Exception in thread "main" java.lang.IllegalStateException: told to',
  ],
  ['', null, null, ''],
];

const continued = [
  '\tat org.apache.spark.SparkContext.runJob(SparkContext.scala:2291)',
  '    at java.base/java.lang.Thread.run(Thread.java:840)',
  'Caused by: java.io.IOException: gone',
  '\t... 12 more',
  'java.lang.OutOfMemoryError: Java heap space',
  'org.apache.spark.SparkException: Job aborted',
  'Traceback (most recent call last):',
  '  File "/opt/spark/job.py", line 3, in <module>',
  'ValueError: no such column',
  '  indented rest of a plan',
];

describe('recognise', () => {
  it.each(heads)('%s', (text, level, logger, message) => {
    expect(recognise(text)).toEqual({ level, logger, message, continues: false });
  });
  it.each(continued)('continues the line before: %s', (text) => {
    expect(recognise(text)).toMatchObject({ continues: true, message: text });
  });
  it('takes any text, and keeps every letter of what it does not recognise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = recognise(text);
        expect(text.startsWith('{') || text.includes(found.message)).toBe(true);
      }),
    );
  });
  it.each(['[', ' ', '26/11/21 ', 'a.', 'INFO ', '{"a":'])('comes to an end on a long line of %j', (piece) => {
    expect(recognise(piece.repeat(200_000)).logger).toBeNull();
  });
});
