import { expect, test } from 'vitest';
import { createDock, type DockTab, isShown, shownTab } from './store.ts';

const tab = (id: string): DockTab => ({ id, title: id, tooltip: id, ended: false, render: () => null, close() {} });

function open() {
  const told: boolean[] = [];
  const dock = createDock((isOpen) => told.push(isOpen));
  return { dock, told, shown: () => isShown(dock.store.getState()), tab: () => shownTab(dock.store.getState())?.id ?? null };
}

test('a tab that is shown opens it, and the last that goes closes it', () => {
  const { dock, told, shown, tab: present } = open();
  dock.show('b');
  expect(shown()).toBe(false);
  dock.register('shells', [tab('a'), tab('b'), tab('c')]);
  expect([shown(), present()]).toEqual([true, 'b']);
  dock.register('shells', [tab('a'), tab('c')]);
  expect(present()).toBe('c');
  dock.register('shells', []);
  expect([shown(), dock.store.getState().open]).toEqual([false, false]);
  expect(told).toEqual([true, false]);
});

test('tabs that are registered anew do not close it', () => {
  const { dock, shown } = open();
  const withdraw = dock.register('shells', [tab('a')]);
  dock.show('a');
  withdraw();
  dock.register('shells', [tab('a')]);
  expect(shown()).toBe(true);
});

test('opened by hand it is there without anything in it; a window that finds it open draws nothing until there is', () => {
  const { dock, shown } = open();
  dock.store.setState({ open: true });
  expect(shown()).toBe(false);
  dock.toggle();
  expect(shown()).toBe(true);
  dock.toggle();
  expect(shown()).toBe(false);
});

test('steps go around the end', () => {
  const { dock, tab: present } = open();
  dock.register('logs', [tab('a')]);
  dock.register('shells', [tab('b'), tab('c')]);
  const seen = [1, 1, 1, -1].map((by) => {
    dock.step(by === 1 ? 1 : -1);
    return present();
  });
  expect(seen).toEqual(['a', 'b', 'c', 'b']);
});
