import { expect, it } from 'vitest';
import { createManualClock } from '../watch/testing/manual-clock.ts';
import { WINDOW } from './exec.ts';
import { createTerminalOutput, type Piece } from './output.ts';

const lines = (count: number) => Buffer.from('0123456\r\n'.repeat(count));

function open() {
  const clock = createManualClock(0);
  let read = 0;
  const output = createTerminalOutput(clock, (place) => {
    read = place;
  });
  const reading = new AbortController();
  function reader(name: string, from = 0) {
    const pieces: Piece[] = [];
    const run = async () => {
      for await (const piece of output.read(name, from, reading.signal)) pieces.push(piece);
    };
    const over = run();
    return { pieces, over, text: () => Buffer.concat(pieces.map(({ bytes }) => bytes)).toString() };
  }
  return { clock, output, reader, read: () => read, leave: () => reading.abort() };
}

it('goes on while nobody reads, and tells a reader who comes what was last', async () => {
  const { output, reader, read, clock } = open();
  const all = lines(400_000);
  output.push(all);
  expect(read()).toBe(all.length);
  const { pieces } = reader('late');
  await clock.idle();
  expect(pieces[0]).toMatchObject({ offset: all.length - 2 * WINDOW, end: all.length });
  expect(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(WINDOW);
});

it('waits for the slowest reader, and no more for one who left', async () => {
  const { output, reader, read, leave, clock } = open();
  const [quick, slow] = [reader('quick'), reader('slow')];
  await clock.idle();
  output.push(lines(10));
  output.acknowledge('quick', 90);
  expect(read()).toBe(0);
  output.acknowledge('slow', 45);
  expect(read()).toBe(45);
  leave();
  await Promise.all([quick.over, slow.over]);
  expect(read()).toBe(90);
});

it('lets a flood pass when it is interrupted, and shows its end from a line on', async () => {
  const { output, reader, read, clock } = open();
  const { pieces, text } = reader('me');
  await clock.idle();
  output.push(lines(200_000));
  await clock.idle();
  const shown = pieces.length;
  output.interrupted();
  expect(read()).toBe(output.end());
  output.push(lines(100_000));
  output.push(Buffer.from('^C\r\n$ '));
  await clock.idle();
  expect(pieces.length).toBe(shown);
  await clock.pass(100);
  expect(pieces[shown]?.bytes.subarray(0, 8).toString()).toBe('0123456\r');
  expect(text()).toMatch(/\^C\r\n\$ $/);
  expect(text().length).toBeLessThan(WINDOW + 40_000);
});

it('shows a program again that does not care for being interrupted', async () => {
  const { output, reader, clock } = open();
  const { pieces } = reader('me');
  await clock.idle();
  output.push(lines(200_000));
  output.interrupted();
  await clock.idle();
  const shown = pieces.length;
  for (let turn = 0; turn < 80; turn += 1) {
    output.push(lines(10));
    await clock.pass(50);
  }
  expect(pieces.length).toBeGreaterThan(shown);
});

it('leaves what is read in time as it is', async () => {
  const { output, reader, clock } = open();
  const { text } = reader('me');
  await clock.idle();
  output.push(lines(1000));
  output.interrupted();
  output.push(Buffer.from('^C'));
  await clock.idle();
  expect(text()).toBe(`${lines(1000)}^C`);
});
