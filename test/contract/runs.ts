import { applicationGroup, applicationsPath, corePath, type KubeObject, readList, readObject } from './objects.ts';
import { type Target, until } from './target.ts';
import { type Frame, readWatch } from './watching.ts';

/** The spec of a Spark job of the test image with one executor, small enough for a busy node. */
export function jobSpec(args: string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  const side = { cores: 1, coreRequest: '200m', memory: '512m' };
  return {
    type: 'Scala',
    mode: 'cluster',
    image: 'emberdeck.test/spark:3.5.7',
    imagePullPolicy: 'Never',
    mainClass: 'jobs.Job',
    mainApplicationFile: 'local:///opt/spark/jobs/jobs.jar',
    arguments: args,
    sparkVersion: '3.5.7',
    restartPolicy: { type: 'Never' },
    driver: { ...side, serviceAccount: 'spark' },
    executor: { ...side, instances: 1 },
    ...more,
  };
}

/** A SparkApplication with that spec, labelled `team: contract`. */
export const job = (namespace: string, name: string, args: string[], more: Record<string, unknown> = {}) => ({
  apiVersion: `${applicationGroup}/v1beta2`,
  kind: 'SparkApplication',
  metadata: { name, namespace, labels: { team: 'contract' } },
  spec: jobSpec(args, more),
});

/** What a list and watch has seen of one application, growing while it goes on. */
export interface Run {
  /** The state of each version seen; '' is New. */
  states: string[];
  /** States without repetition, and what was added, in order of arrival. */
  order: string[];
  /** Every version of the application. */
  versions: KubeObject[];
  /** Pods and services by uid, as last seen: the next attempt has others of the same name. */
  pods: Map<string, KubeObject>;
  services: Map<string, KubeObject>;
  /** Waits until the application, as watched, is so. */
  seen(what: string, seconds: number, is: (application: KubeObject) => boolean): Promise<KubeObject>;
  /** Reasons of the events about it, each as often as it was counted. */
  reasons(): Promise<string[]>;
  stop(): Promise<void>;
}

export function stateOf(object: KubeObject): string {
  const found: unknown = object.status?.applicationState;
  return typeof found === 'object' && found !== null && 'state' in found ? String(found.state) : '';
}

/** States without repetitions. */
export const withoutRepetition = (states: string[]): string[] => states.filter((state, index) => state !== states[index - 1]);

async function versionOf(target: Target, collection: string): Promise<string> {
  const { body } = await target.admin.request({ method: 'GET', path: collection, query: { limit: 1 } });
  return readList(body).metadata.resourceVersion;
}

/** Notes every change of a collection from now on; the version is read before anything else is made, so that nothing is missed. */
export async function follow(
  target: Target,
  collection: string,
  query: Record<string, string>,
  note: (frame: Frame, object: KubeObject) => void,
): Promise<() => Promise<void>> {
  const resourceVersion = await versionOf(target, collection);
  const ending = new AbortController();
  const noted = (frames: Frame[]): boolean => {
    const frame = frames.at(-1);
    if (frame !== undefined && frame.type !== 'BOOKMARK') note(frame, readObject(frame.object));
    return false;
  };
  const watching = readWatch(target.admin, collection, { ...query, resourceVersion }, noted, ending.signal);
  return async () => {
    ending.abort();
    await watching;
  };
}

/** Follows the application `name`, its pods and the services named after it; call it before the application is created. */
export async function followRun(target: Target, namespace: string, name: string): Promise<Run> {
  const states: string[] = [];
  const order: string[] = [];
  const versions: KubeObject[] = [];
  const pods = new Map<string, KubeObject>();
  const services = new Map<string, KubeObject>();
  const stops = await Promise.all([
    follow(target, applicationsPath(namespace), { fieldSelector: `metadata.name=${name}` }, (_, application) => {
      const state = stateOf(application);
      if (states.at(-1) !== state) order.push(state === '' ? 'New' : state);
      states.push(state);
      versions.push(application);
    }),
    follow(target, corePath(namespace, 'pods'), { labelSelector: `${applicationGroup}/app-name=${name}` }, (frame, pod) => {
      pods.set(pod.metadata.uid ?? '', pod);
      if (frame.type === 'ADDED') order.push(`${pod.metadata.labels?.['spark-role']} added`);
    }),
    follow(target, corePath(namespace, 'services'), {}, (frame, service) => {
      if (frame.type === 'ADDED' && service.metadata.name.startsWith(name)) services.set(service.metadata.uid ?? '', service);
    }),
  ]);
  return {
    states,
    order,
    versions,
    pods,
    services,
    seen: (what, seconds, is) =>
      until(`${name} ${what}`, seconds, () => {
        const last = versions.at(-1);
        return last !== undefined && is(last) ? last : null;
      }),
    reasons: () => reasonsAbout(target, namespace, 'SparkApplication', name),
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

/** Reasons of the events about an object, in order of their first time, each as often as it was counted. */
export async function reasonsAbout(target: Target, namespace: string, kind: string, name: string): Promise<string[]> {
  const query = { fieldSelector: `involvedObject.kind=${kind},involvedObject.name=${name}` };
  const { body } = await target.admin.request({ method: 'GET', path: corePath(namespace, 'events'), query });
  return readList(body).items.flatMap((event) => Array<string>(Number(event.count ?? 1)).fill(String(event.reason)));
}

export const isEnded = (application: KubeObject): boolean => /^(COMPLETED|FAILED)$/.test(stateOf(application));
export const drivers = ({ pods }: Run): KubeObject[] => [...pods.values()].filter(hasRole('driver'));
export const executors = ({ pods }: Run): KubeObject[] => [...pods.values()].filter(hasRole('executor'));
const hasRole = (role: string) => (pod: KubeObject) => pod.metadata.labels?.['spark-role'] === role;
