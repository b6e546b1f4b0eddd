import { expect, test } from 'vitest';
import type { Place } from './address.ts';
import { beginHistory, presentPlace, replacePresent, step, visit } from './history.ts';

const application = (name: string, tab?: string): Place => ({
  page: 'application',
  reference: { context: 'c', operator: 'kubeflow', namespace: 'n', name },
  ...(tab === undefined ? {} : { tab }),
});
const start = beginHistory({ page: 'applications' });

test('back and forward walk the places visited', () => {
  let history = visit(visit(start, application('a')), { page: 'drafts' });
  history = step(history, -1);
  expect(presentPlace(history)).toEqual(application('a'));
  history = step(history, 1);
  expect(presentPlace(history)).toEqual({ page: 'drafts' });
});

test('nothing lies before the first place nor after the last', () => {
  expect(step(start, -1)).toBe(start);
  expect(step(start, 1)).toBe(start);
});

test('a new place forgets what lay ahead', () => {
  const history = visit(step(visit(start, application('a')), -1), { page: 'settings' });
  expect(history.entries).toEqual([{ page: 'applications' }, { page: 'settings' }]);
});

test('another tab of the same application is no new step', () => {
  const history = visit(visit(visit(start, application('a')), application('a', 'yaml')), application('b'));
  expect(history.entries).toEqual([{ page: 'applications' }, application('a', 'yaml'), application('b')]);
});

test('a replaced place is passed over on the way back', () => {
  const history = replacePresent(visit(start, { page: 'editor', draftId: 'd' }), application('a'));
  expect(presentPlace(history)).toEqual(application('a'));
  expect(presentPlace(step(history, -1))).toEqual({ page: 'applications' });
});

test('only the last hundred are kept', () => {
  let history = start;
  for (let index = 0; index < 150; index += 1) history = visit(history, application(`a${index}`));
  expect(history.entries).toHaveLength(100);
  expect(presentPlace(history)).toEqual(application('a149'));
});
