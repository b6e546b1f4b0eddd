import { expect, test } from 'vitest';
import { namespaceChoices } from './namespaceChoices.ts';

const titles = (filter: string, listed: boolean) =>
  namespaceChoices(['spark', 'analytics'], filter, listed).map(({ title }) => title);

test.each<[string, boolean, string[]]>([
  ['', true, ['All namespaces', 'analytics', 'spark']],
  ['ana', true, ['analytics']],
  ['billing', true, []],
  ['billing', false, ['Use “billing”']],
  ['spark', false, ['spark']],
  ['Not A Name', false, []],
  [' ', false, ['All namespaces', 'analytics', 'spark']],
])('%j (whole list: %s) offers %j', (filter, listed, expected) => expect(titles(filter, listed)).toEqual(expected));
