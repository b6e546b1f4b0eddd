import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';
import { attach, type OutputPiece } from './session.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const settle = () => new Promise((resolve) => setTimeout(resolve));

function open() {
  let push: (piece: OutputPiece) => void = () => {};
  const written: string[] = [];
  const acknowledged: number[] = [];
  const drawing: { bytes: Uint8Array; drawn: () => void }[] = [];
  const answers: (() => void)[] = [];
  const answered = () => new Promise<void>((resolve) => answers.push(resolve));
  const session = attach(
    {
      output: (_reader, onPiece) => {
        push = onPiece;
      },
      acknowledge(_reader, offset) {
        acknowledged.push(offset);
        return answered();
      },
      write(data) {
        written.push(new TextDecoder().decode(fromBase64(data)));
        return answered();
      },
      resize: async () => undefined,
    },
    'me',
    { write: (bytes, drawn) => drawing.push({ bytes, drawn }) },
  );
  const say = (offset: number, text: string, end: number) => push({ offset, end, data: toBase64(bytesOf(text)) });
  const draw = () => {
    for (const { drawn } of drawing.splice(0)) drawn();
  };
  const answer = async () => {
    answers.shift()?.();
    await settle();
  };
  return { session, say, draw, answer, written, acknowledged };
}

it('any bytes survive the way', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7) % 256);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
});

it('acknowledges what is drawn, the newest place only while an answer is awaited', async () => {
  const { say, draw, answer, acknowledged } = open();
  say(100, '', 100);
  say(100, 'abc', 103);
  expect(acknowledged).toEqual([]);
  draw();
  expect(acknowledged).toEqual([103]);
  say(103, 'd', 104);
  draw();
  say(104, 'e', 105);
  draw();
  expect(acknowledged).toEqual([103]);
  await answer();
  expect(acknowledged).toEqual([103, 105]);
});

it('sends what is typed in order, together what was typed meanwhile', async () => {
  const { session, answer, written } = open();
  for (const key of 'abc') session.type(bytesOf(key));
  expect(written).toEqual(['a']);
  await answer();
  expect(written).toEqual(['a', 'bc']);
});

it('answers no question of the past, and every one of the present', async () => {
  const { session, say, draw, answer, written } = open();
  say(0, '', 10);
  say(0, 'old\u001b[6n...', 10);
  session.type(bytesOf('\u001b[1;1R'));
  session.type(bytesOf('\u001b[A'));
  draw();
  await answer();
  await answer();
  session.type(bytesOf('\u001b[2;1R'));
  expect(written).toEqual(['\u001b[A', '\u001b[2;1R']);
});
