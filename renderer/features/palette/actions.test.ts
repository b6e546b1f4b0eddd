import { expect, test } from 'vitest';
import { enabledActions, registerActions } from './actions.ts';

const action = (id: string, enabled?: boolean) => ({
  id,
  title: id,
  group: 'Test',
  ...(enabled === undefined ? {} : { enabled }),
  run() {},
});
const ids = () => enabledActions().map(({ id }) => id);

test('actions are there until withdrawn, and disabled ones are not', () => {
  const withdraw = registerActions('page', [action('open'), action('delete', false), action('new', true)]);
  expect(ids()).toEqual(['open', 'new']);
  withdraw();
  expect(ids()).toEqual([]);
});

test('the latest registration of an owner counts, and withdrawing an earlier one leaves it', () => {
  const first = registerActions('page', [action('one')]);
  const other = registerActions('window', [action('help')]);
  const second = registerActions('page', [action('two')]);
  expect(ids()).toEqual(['help', 'two']);
  first();
  expect(ids()).toEqual(['help', 'two']);
  second();
  other();
  expect(ids()).toEqual([]);
});
