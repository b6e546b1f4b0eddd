import { at, type JsonObject, nameOf, objectOf, parseJson, textOf } from '../../json.ts';
import type { Bench } from '../../testing.ts';
import type { Line } from './recorded.fixture.ts';

const followed = (namespace: string): string[] => [
  ...['sparkapplications', 'scheduledsparkapplications'].map(
    (plural) => `/apis/sparkoperator.k8s.io/v1beta2/namespaces/${namespace}/${plural}`,
  ),
  ...['pods', 'events', 'services', 'configmaps'].map((plural) => `/api/v1/namespaces/${namespace}/${plural}`),
];

/** Lists and watches a namespace as the recordings were made; `lines` grows until the cluster is closed. */
export async function observe(bench: Bench, namespace: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const path of followed(namespace)) {
    const { body } = await bench.ask('GET', path);
    for (const item of Array.isArray(body.items) ? body.items : []) {
      lines.push({ type: 'ADDED', object: { ...objectOf(item), kind: textOf(body.kind).replace(/List$/, '') } });
    }
    const version = textOf(at(body, 'metadata', 'resourceVersion'));
    // The end of the cluster breaks the watch; what it saw until then is the recording.
    follow(bench, `${path}?watch=true&resourceVersion=${version}`, lines).catch(() => undefined);
  }
  return lines;
}

async function follow(bench: Bench, path: string, lines: Line[]): Promise<void> {
  const response = await bench.fetch(path);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const frames = rest.split('\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      const { object, type } = objectOf(parseJson(frame));
      if (type !== 'BOOKMARK') lines.push({ type: textOf(type), object: objectOf(object) });
    }
  }
}

/** The newest version of the application `name` that was seen. */
export function latest(lines: readonly Line[], name: string): JsonObject {
  return lines.findLast(({ object }) => object.kind === 'SparkApplication' && nameOf(object) === name)?.object ?? {};
}
