import { describe, expect, test } from 'vitest';
import { applicationLabel, mebibytes, overheadOf, resourcePrefix, secondsOf, uniqueId } from './conf.ts';
import { propertiesText, readProperties } from './properties.ts';

describe('sizes', () => {
  test.each([
    ['512m', 512],
    ['2g', 2048],
    ['2GB', 2048],
    ['1048576k', 1024],
    ['300', 300],
    ['1t', 1_048_576],
    ['lots', Number.NaN],
  ])('%s is %d MiB', (size, expected) => expect(mebibytes(size)).toBe(expected));

  test.each([
    [512, '', 0.1, 384],
    [8192, '', 0.1, 819],
    [8192, '', 0.4, 3276],
    [8192, '1g', 0.4, 1024],
  ])('%d MiB with overhead %j and factor %d: %d MiB more', (heap, explicit, factor, expected) =>
    expect(overheadOf(heap, explicit, factor)).toBe(expected),
  );

  test.each([
    ['30s', 30],
    ['2min', 120],
    ['100ms', 0.1],
    ['7', 7],
    ['soon', 60],
  ])('%s is %d seconds', (text, expected) => expect(secondsOf(new Map([['key', text]]), 'key', 60)).toBe(expected));
});

describe('names', () => {
  test.each([
    ['completes', /^completes-[0-9a-f]{16}$/],
    ['My Job_1', /^my-job-1-[0-9a-f]{16}$/],
    ['a.b', /^a-b-[0-9a-f]{16}$/],
    ['7days', /^xdays-[0-9a-f]{16}$/],
    ['--x', /^x-[0-9a-f]{16}$/],
  ])('%s', (name, expected) => expect(resourcePrefix(name, 1_795_255_436_000)).toMatch(expected));

  test('the last ten digits of a unique id are the clock', () => {
    expect(uniqueId(Date.UTC(2026, 10, 21, 10, 4, 7, 827))).toMatch(/^[0-9a-f]{6}a1fd903113$/);
  });

  test.each([
    ['Etl ü', 'etl'],
    ['x'.repeat(70), 'x'.repeat(63)],
  ])('%s has the label %s', (name, label) => expect(applicationLabel(name)).toBe(label));
});

describe('properties', () => {
  const conf = new Map([
    ['spark.master', 'k8s://https://10.0.0.1:6443'],
    ['spark.driver.extraJavaOptions', ' -Dx=1 #2 -Dy=a\\b'],
    ['key with blank', 'two\nlines'],
    ['empty', ''],
  ]);

  test('are escaped as Java does', () => {
    expect(propertiesText('map', conf, Date.UTC(2026, 10, 21, 10, 3, 55)).split('\n')).toEqual([
      '#Java properties built from Kubernetes config map with name: map',
      '#Sat Nov 21 10:03:55 UTC 2026',
      'spark.master=k8s\\://https\\://10.0.0.1\\:6443',
      'spark.driver.extraJavaOptions=\\ -Dx\\=1 \\#2 -Dy\\=a\\\\b',
      'key\\ with\\ blank=two\\nlines',
      'empty=',
      '',
    ]);
  });

  test('come back as they went', () => expect(readProperties(propertiesText('map', conf, 0))).toEqual(conf));

  test('of a hand are read too', () => {
    expect(readProperties('! note\n spark.a : 1\nspark.b 2\nspark.c=\\\n   3\n\nspark.d=\\u0041')).toEqual(
      new Map([
        ['spark.a', '1'],
        ['spark.b', '2'],
        ['spark.c', '3'],
        ['spark.d', 'A'],
      ]),
    );
  });
});
