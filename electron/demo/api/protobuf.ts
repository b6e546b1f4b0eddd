import type { Json, JsonObject } from '../json.ts';
import { ApiError } from './status.ts';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** How a field is to be read; a message is a table of its fields by number. */
type Field = [name: string, type: 'text' | 'base64' | 'texts' | 'bytes' | Message];
interface Message {
  [number: number]: Field;
}

const metadata: Message = {
  1: ['name', 'text'],
  2: ['generateName', 'text'],
  3: ['namespace', 'text'],
  11: ['labels', 'texts'],
  12: ['annotations', 'texts'],
};
const resource: Message = {
  1: ['namespace', 'text'],
  2: ['verb', 'text'],
  3: ['group', 'text'],
  4: ['version', 'text'],
  5: ['resource', 'text'],
  6: ['subresource', 'text'],
  7: ['name', 'text'],
};
const path: Message = { 1: ['path', 'text'], 2: ['verb', 'text'] };
const access: Message = { 1: ['resourceAttributes', resource], 2: ['nonResourceAttributes', path] };

/** What kubectl sends in no other form (staging/src/k8s.io/api, generated.proto). */
const messages: Record<string, Message> = {
  ConfigMap: { 1: ['metadata', metadata], 2: ['data', 'texts'], 3: ['binaryData', 'bytes'] },
  Namespace: { 1: ['metadata', metadata] },
  Secret: { 1: ['metadata', metadata], 2: ['data', 'bytes'], 3: ['type', 'text'], 4: ['stringData', 'texts'] },
  SelfSubjectAccessReview: { 1: ['metadata', metadata], 2: ['spec', access] },
  SelfSubjectReview: { 1: ['metadata', metadata] },
  SelfSubjectRulesReview: { 1: ['metadata', metadata], 2: ['spec', { 1: ['namespace', 'text'] }] },
  ServiceAccount: { 1: ['metadata', metadata] },
};

const MAGIC = 'k8s\0';
/** runtime.Unknown, in which every object is wrapped. */
const envelope: Message = {
  1: [
    'type',
    {
      1: ['apiVersion', 'text'],
      2: ['kind', 'text'],
    },
  ],
  2: ['raw', 'base64'],
};

/** An object in protobuf as JSON text. Throws 415 for kinds that are not understood here. */
export function jsonOfProtobuf(body: Buffer): string {
  const { type = {}, raw = '' } =
    body.toString('latin1', 0, MAGIC.length) === MAGIC ? read(body.subarray(MAGIC.length), envelope) : {};
  const kind = typeof type === 'object' && type !== null && !Array.isArray(type) ? type.kind : null;
  const message = messages[String(kind)];
  if (message === undefined) {
    const why =
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml';
    throw new ApiError(415, 'UnsupportedMediaType', why);
  }
  return JSON.stringify({ ...(typeof type === 'object' ? type : {}), ...read(Buffer.from(String(raw), 'base64'), message) });
}

function read(bytes: Buffer, message: Message): JsonObject {
  const object: JsonObject = {};
  for (const [number, content] of fieldsOf(bytes)) {
    const field = message[number];
    if (field === undefined) continue;
    const [name, type] = field;
    object[name] =
      type === 'texts' || type === 'bytes' ? { ...entriesOf(object[name]), ...entry(content, type) } : value(content, type);
  }
  return object;
}

const value = (content: Buffer, type: 'text' | 'base64' | Message): Json =>
  type === 'text' ? content.toString() : type === 'base64' ? content.toString('base64') : read(content, type);

const entriesOf = (map: Json | undefined): JsonObject =>
  typeof map === 'object' && map !== null && !Array.isArray(map) ? map : {};

function entry(content: Buffer, type: 'texts' | 'bytes'): JsonObject {
  const { key = '', value: found = '' } = read(content, {
    1: ['key', 'text'],
    2: ['value', type === 'texts' ? 'text' : 'base64'],
  });
  return { [String(key)]: found };
}

/** The fields that have a length; numbers are skipped, none of them matters here. */
function* fieldsOf(bytes: Buffer): Generator<[number: number, content: Buffer]> {
  let at = 0;
  const varint = (): number => {
    let result = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at] ?? 0;
      at += 1;
      result += (byte & 127) * factor;
      if (byte < 128) break;
    }
    return result;
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag % 8;
    if (wire === 0) varint();
    else if (wire === 2) {
      const length = varint();
      yield [Math.floor(tag / 8), bytes.subarray(at, at + length)];
      at += length;
    } else at += wire === 1 ? 8 : 4;
  }
}
