import { describe, expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

const jar = 'local:///opt/app.jar';

describe('readArguments', () => {
  test('the later of two settings counts, an option beats both, and options end at the application', () => {
    const command = readArguments([
      ...['--master', 'k8s://https://h:1', '--class', 'a.B', '--name', 'chosen', '--conf', 'spark.app.name=other'],
      ...['-c', 'spark.x=1', '--conf=spark.x=2=3', '--driver-memory', '2g', '--verbose', jar, '--conf', 'not=read', '7'],
    ]);
    expect(command).toMatchObject({ mainClass: 'a.B', resource: jar, args: ['--conf', 'not=read', '7'] });
    expect(Object.fromEntries(command.conf)).toEqual({
      'spark.master': 'k8s://https://h:1',
      'spark.app.name': 'chosen',
      'spark.x': '2=3',
      'spark.driver.memory': '2g',
    });
  });

  test.each([
    [['--class', 'a.B', jar], 'a.B'],
    [['local:///jobs/pi.py'], 'pi.py'],
  ])('%j is named %s', (list, name) => expect(readArguments(list).conf.get('spark.app.name')).toBe(name));

  test.each([
    [[], 'Missing application resource.'],
    [['--conf', 'x', jar], "Spark config without '=': x"],
    [['--frobnicate', jar], "Unrecognized option '--frobnicate'."],
    [['--name'], "Missing argument for option '--name'."],
    [[jar], `Cannot load main class from JAR ${jar} with URI local. Please specify a class through --class.`],
  ])('%j is refused', (list, message) => expect(() => readArguments(list)).toThrow(message));
});
