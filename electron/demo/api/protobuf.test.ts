import { expect, test } from 'vitest';
import { jsonOfProtobuf } from './protobuf.ts';

/** A field with a length. */
const field = (number: number, content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content);
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length % 128) | 128, Math.floor(bytes.length / 128)];
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), bytes]);
};
const wrapped = (kind: string, raw: Buffer): Buffer =>
  Buffer.concat([Buffer.from('k8s\0'), field(1, Buffer.concat([field(1, 'v1'), field(2, kind)])), field(2, raw)]);

test('reads a ConfigMap with a long value, skipping numbers and what it does not know', () => {
  const long = 'x'.repeat(1000);
  const metadata = Buffer.concat([
    field(1, 'one'),
    field(11, Buffer.concat([field(1, 'app'), field(2, 'pi')])),
    Buffer.from([56, 5]),
  ]);
  const data = (key: string, text: string) => field(2, Buffer.concat([field(1, key), field(2, text)]));
  const raw = Buffer.concat([field(1, metadata), data('a', long), data('b', ''), field(9, 'unknown')]);
  expect(JSON.parse(jsonOfProtobuf(wrapped('ConfigMap', raw)))).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'one', labels: { app: 'pi' } },
    data: { a: long, b: '' },
  });
});

test('bytes of a Secret become base64', () => {
  const raw = field(2, Buffer.concat([field(1, 'key'), field(2, Buffer.from([0, 255]))]));
  expect(JSON.parse(jsonOfProtobuf(wrapped('Secret', raw))).data).toEqual({ key: 'AP8=' });
});

test.each([
  ['an unknown kind', wrapped('Pod', Buffer.alloc(0))],
  ['something else', Buffer.from('{}')],
])('refuses %s', (_name, body) => {
  expect(() => jsonOfProtobuf(body)).toThrow('the body of the request was in an unknown format');
});
