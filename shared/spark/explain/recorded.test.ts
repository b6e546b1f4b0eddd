import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { field, listAt } from '../../json.ts';
import { type Argument, argumentTexts, kubeflowArguments, podTemplate } from './index.ts';

/** What a real operator made of applications; kept beside the project and not in it. */
const cases = join(import.meta.dirname, '../../../../shared/data/operator/arguments');
const isHere = existsSync(cases);
const folders = isHere ? readdirSync(cases).filter((name) => /^\d/.test(name)) : [];

const read = (folder: string, file: string): string => readFileSync(join(cases, folder, file), 'utf8');
const has = (folder: string, file: string): boolean => existsSync(join(cases, folder, file));

/** The application as the operator had it: the recordings write `<uid>` for its uid. */
function applicationOf(folder: string): unknown {
  const application = parse(read(folder, 'application.yaml'));
  return { ...application, metadata: { ...application.metadata, uid: '<uid>' } };
}

const explain = (folder: string) =>
  kubeflowArguments({ application: applicationOf(folder), id: '<submission-id>', master: 'k8s://https://127.0.0.1:16443' });

const maps = [
  'sparkConf',
  'hadoopConf',
  'labels',
  'annotations',
  'serviceLabels',
  'serviceAnnotations',
  'envVars',
  'nodeSelector',
];

/** The map an argument comes from; inside of one the operator's order is random. Monitoring writes into maps. */
function mapOf({ origin }: Argument): string | null {
  if (origin === 'operator') return null;
  if (origin.includes('monitoring')) return origin.join('.');
  const map = origin.slice(0, -1);
  return [...maps, 'envSecretKeyRefs'].includes(String(map.at(-1))) ? map.join('.') : null;
}

/** How many texts each block of neighbours from one map has. */
function blocksOf(list: readonly Argument[]): number[] {
  const blocks: number[] = [];
  for (const [index, argument] of list.entries()) {
    const map = mapOf(argument);
    const before = list[index - 1];
    if (map !== null && before !== undefined && mapOf(before) === map) blocks.push((blocks.pop() ?? 0) + argument.texts.length);
    else blocks.push(argument.texts.length);
  }
  return blocks;
}

/** `texts` with the random part of the order taken out. */
function ordered(texts: readonly string[], blocks: readonly number[]): string[][] {
  const rest = [...texts];
  const cut = blocks.map((size) => rest.splice(0, size).sort());
  return [...cut, rest];
}

describe.skipIf(!isHere)('recorded arguments (skipped where ../shared/data is not there)', () => {
  test('all of them are here', () => expect(folders.length).toBe(14));

  test.each(folders.filter((folder) => has(folder, 'arguments.json')))('%s', (folder) => {
    const built = explain(folder);
    if (built.state === 'refused') throw new Error(built.message);
    const recorded = listAt(JSON.parse(read(folder, 'arguments.json'))).map(String);
    const blocks = blocksOf(built.arguments);
    expect(ordered(argumentTexts(built.arguments), blocks)).toEqual(ordered(recorded, blocks));
  });

  test.each(folders.filter((folder) => !has(folder, 'arguments.json')))('%s is refused', (folder) => {
    const { errorMessage } = JSON.parse(read(folder, 'error.json'));
    expect(explain(folder)).toMatchObject({ state: 'refused', message: errorMessage });
  });

  test.each(folders)('%s names where each argument comes from', (folder) => {
    const built = explain(folder);
    for (const { origin } of built.state === 'built' ? built.arguments : [built]) {
      if (origin !== 'operator') expect(field(applicationOf(folder), ...origin), origin.join('.')).toBeDefined();
    }
  });

  test.each(folders)('%s: pod templates', (folder) => {
    for (const role of ['driver', 'executor'] as const) {
      expect(podTemplate(applicationOf(folder), role)).toEqual(parse(read(folder, `${role}-pod-template.yaml`)));
    }
  });
});
