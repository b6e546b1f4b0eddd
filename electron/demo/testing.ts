import { Agent, fetch as fetchWith, type RequestInit, type Response } from 'undici';
import { type DemoCluster, type DemoClusterOptions, type JsonObject, startDemoCluster } from './cluster.ts';
import { at, objectOf, parseJson, textOf } from './json.ts';

export const applications = '/apis/sparkoperator.k8s.io/v1beta2/namespaces/default/sparkapplications';

/** A demo cluster with helpers for its own tests. */
export interface Bench {
  cluster: DemoCluster;
  /** `fetch` that trusts the cluster; `path` begins with a slash. The administrator asks unless a header says otherwise. */
  fetch: DemoFetch;
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: JsonObject }>;
  /** Creates an application in default and returns every state it is seen in, without repetitions, while it goes on. */
  play(name: string, spec?: JsonObject): Promise<string[]>;
}

export type DemoFetch = (path: string, init?: RequestInit) => Promise<Response>;

/** A `fetch` of the cluster's paths that trusts its certificate and sends the administrator's token unless it is given another. */
export function fetchFrom({ url, authority, token }: DemoCluster): DemoFetch {
  const dispatcher = new Agent({ connect: { ca: authority } });
  return (path, { headers, ...init } = {}) =>
    fetchWith(url + path, { dispatcher, ...init, headers: headers ?? { Authorization: `Bearer ${token}` } });
}

/** Runs take `runMilliseconds` of 60 unless told otherwise. */
export async function openBench(options: DemoClusterOptions = {}): Promise<Bench> {
  const cluster = await startDemoCluster({ runMilliseconds: 60, ...options });
  const fetch = fetchFrom(cluster);
  const headers = { Authorization: `Bearer ${cluster.token}` };
  const ask: Bench['ask'] = async (method, path, body, more = {}) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(path, { method, headers: { ...headers, ...more }, ...init });
    return { status: response.status, body: objectOf(parseJson(await response.text())) };
  };
  return {
    cluster,
    fetch,
    ask,
    async play(name, spec = {}) {
      const states: string[] = [];
      // The end of the cluster breaks the watch; the states seen until then are what counts.
      const watching = fetch(`${applications}?watch=true&fieldSelector=metadata.name=${name}`);
      watching.then((response) => collectStates(response, states)).catch(() => undefined);
      await ask('POST', applications, application(name, spec));
      return states;
    },
  };
}

async function collectStates(response: Response, states: string[]): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const frame = parseJson(line);
      const gone = at(frame, 'type') === 'DELETED';
      const state = gone ? '(deleted)' : textOf(at(frame, 'object', 'status', 'applicationState', 'state')) || 'New';
      if (states.at(-1) !== state) states.push(state);
    }
  }
}

export function application(name: string, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name },
    spec: {
      type: 'Scala',
      mode: 'cluster',
      sparkVersion: '3.5.7',
      image: 'spark',
      mainClass: 'jobs.Job',
      mainApplicationFile: 'local:///jobs.jar',
      arguments: ['pi', '10'],
      restartPolicy: { type: 'Never' },
      driver: { cores: 1, serviceAccount: 'spark' },
      executor: { cores: 1, instances: 2 },
      ...spec,
    },
  };
}
