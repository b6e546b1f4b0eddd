import { expect, test } from 'vitest';
import type { Context, Kubeconfigs } from '../../shared/contract/kubeconfigs.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { reasonAtStart } from './at-start.ts';

const own: Context = { name: 'prod', cluster: 'prod', user: 'me', namespace: null, server: null, file: '/k', failure: null };
const files = (failure: Kubeconfigs['files'][number]['failure']): Kubeconfigs['files'] => [
  { path: '/k', origin: 'default', failure },
];
const none: Pick<Kubeconfigs, 'contexts' | 'files'> = { contexts: [], files: files({ code: 'kubeconfig-missing', path: '/k' }) };
const some = { contexts: [own], files: files(null) };
const broken = {
  contexts: [],
  files: files({ code: 'kubeconfig-invalid', path: '/k', line: 1, column: 1, message: 'bad' }),
};
const untouched: Settings['demo'] = { state: 'untouched' };
const on: Settings['demo'] = { state: 'on', context: 'demo' };

test.each<[string, boolean, Settings['demo'], string | null, typeof none, ReturnType<typeof reasonAtStart>]>([
  ['nothing names a cluster', false, untouched, null, none, 'first'],
  ['a cluster is there', false, untouched, null, some, null],
  ['a file is broken: that comes first', false, untouched, null, broken, null],
  ['it was stopped by hand', false, { state: 'stopped' }, null, none, null],
  ['asked for beside other clusters', true, { state: 'stopped' }, 'prod', some, 'asked'],
  ['it was what the person looked at', false, on, 'demo', some, 'restored'],
  ['it was on, but another cluster was looked at', false, on, 'prod', some, null],
])('%s', (_, asked, demo, context, kubeconfigs, expected) => {
  expect(reasonAtStart(asked, { demo, context }, kubeconfigs)).toBe(expected);
});
