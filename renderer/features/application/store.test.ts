import { expect, it } from 'vitest';
import type { ApplicationView } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import { createApplicationStore, type Observe } from './store.ts';

const absent: ApplicationView = { state: 'absent', freshness: { state: 'live' } };
const loading: ApplicationView = { state: 'loading', freshness: { state: 'loading', received: 0 } };
const lost: Failure = { code: 'backend-lost' };

/** A backend that answers when the test says so; it keeps every call. */
function scripted() {
  const calls: { handlers: Parameters<Observe>[0]; signal: AbortSignal; fail(error: Error): void }[] = [];
  const observe: Observe = (handlers, signal) =>
    new Promise((_resolve, reject) => {
      calls.push({ handlers, signal, fail: reject });
    });
  return { calls, observe };
}

it('asks for nothing before it is opened, and shows the last view', () => {
  const { calls, observe } = scripted();
  const store = createApplicationStore(observe);
  expect(calls).toHaveLength(0);
  store.open();
  expect(store.getState().observed).toEqual({ state: 'opening' });
  calls[0]?.handlers.onValue(loading);
  calls[0]?.handlers.onValue(absent);
  expect(store.getState().observed).toEqual(absent);
});

it('ends its stream when it is closed, and takes nothing from it afterwards', () => {
  const { calls, observe } = scripted();
  const store = createApplicationStore(observe);
  const close = store.open();
  calls[0]?.handlers.onValue(loading);
  close();
  expect(calls[0]?.signal.aborted).toBe(true);
  calls[0]?.handlers.onValue(absent);
  calls[0]?.handlers.onFailure(lost);
  expect(store.getState().observed).toEqual(loading);
});

it('can be opened again at once, as React does in development', () => {
  const { calls, observe } = scripted();
  const store = createApplicationStore(observe);
  store.open()();
  store.open();
  calls[0]?.handlers.onValue(absent);
  expect(store.getState().observed).toEqual({ state: 'opening' });
  calls[1]?.handlers.onValue(absent);
  expect(store.getState().observed).toEqual(absent);
});

it('keeps a failure until it is asked again', () => {
  const { calls, observe } = scripted();
  const store = createApplicationStore(observe);
  store.open();
  calls[0]?.handlers.onFailure(lost);
  expect(store.getState().observed).toEqual({ state: 'failed', failure: lost });
  store.again();
  expect(calls[0]?.signal.aborted).toBe(true);
  expect(store.getState().observed).toEqual({ state: 'opening' });
  calls[1]?.handlers.onValue(absent);
  expect(store.getState().observed).toEqual(absent);
});

it('shows a stream that breaks without a word as a failure', async () => {
  const { calls, observe } = scripted();
  const store = createApplicationStore(observe);
  store.open();
  calls[0]?.fail(new Error('gone'));
  await Promise.resolve();
  await Promise.resolve();
  expect(store.getState().observed).toEqual({ state: 'failed', failure: { code: 'internal', message: 'gone' } });
});

it('lights one thing at a time', () => {
  const store = createApplicationStore(scripted().observe);
  store.light({ kind: 'state', state: 'RUNNING' });
  expect(store.getState().lit).toEqual({ kind: 'state', state: 'RUNNING' });
  store.light(null);
  expect(store.getState().lit).toBeNull();
});
