import { at, isObject, type Json, type JsonObject, labelsOf, listOf, metadataOf, nameOf, objectOf, textOf } from '../../json.ts';
import { chanceReasons, stopped, stoppedExit, withoutChance } from './chance.fixture.ts';

/** One line of a recording: what an observer with list and watch saw. */
export interface Line {
  type: string;
  object: JsonObject;
}

/** All of a recording that a second run of the same thing has in common with it. */
export interface Recorded {
  applications: unknown[];
  schedules: unknown[];
  pods: unknown[];
  services: unknown[];
  configMaps: unknown[];
  events: Record<string, string[]>;
}

type Seen = { first: JsonObject; last: JsonObject; all: JsonObject[]; gone: boolean };

/** Each object of a kind with all its versions, in order of appearance. */
function lives(lines: readonly Line[], kind: string): Seen[] {
  const found = new Map<string, Seen>();
  for (const { object, type } of lines) {
    if (object.kind !== kind) continue;
    const key = textOf(metadataOf(object).uid);
    const life = found.get(key) ?? { first: object, last: object, all: [], gone: false };
    found.set(key, { ...life, last: object, all: [...life.all, object], gone: type === 'DELETED' });
  }
  return [...found.values()];
}

const steps = (texts: string[]): string[] => texts.filter((text, index) => text !== '' && text !== texts[index - 1]);

/** Sorted `key=value` of a map of texts. */
const pairs = (map: Json | undefined): string[] =>
  Object.entries(objectOf(map))
    .map(([key, value]) => withoutChance(`${key}=${String(value)}`))
    .sort();

const owners = (object: JsonObject): string[] =>
  listOf(metadataOf(object).ownerReferences).map((owner) => {
    const flags = ['controller', 'blockOwnerDeletion'].filter((flag) => at(owner, flag) === true);
    return withoutChance([at(owner, 'kind'), at(owner, 'name'), ...flags].join(' '));
  });

const head = ({ first, gone }: Seen) => ({
  name: withoutChance(nameOf(first)),
  labels: pairs(labelsOf(first)),
  owners: owners(first),
  gone,
});

/** The state with the keys of the status, the counters, and the words of a failure. */
function statusOf(application: JsonObject): string {
  const status = objectOf(application.status);
  const message = textOf(at(status, 'applicationState', 'errorMessage'));
  const said = /^Exception in thread.*$/m.exec(message)?.[0] ?? message.split('\n')[0] ?? '';
  const keys = Object.entries(status).map(([key, value]) => {
    if (key === 'applicationState' || key === 'executorState') return key;
    if (isObject(value)) return `${key}(${Object.keys(value).sort().join(' ')})`;
    return value === null || typeof value === 'number' ? `${key}=${value}` : key;
  });
  const state = textOf(at(status, 'applicationState', 'state')) || 'New';
  return withoutChance(`${state}: ${keys.sort().join(' ')}${said === '' ? '' : ` | ${said}`}`);
}

const executorName = (name: string): string => withoutChance(name);

/** The states of each executor of each attempt; an executor is named anew in each. */
function executorStates(versions: JsonObject[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const version of versions) {
    for (const [name, state] of Object.entries(objectOf(at(version, 'status', 'executorState')))) {
      found[name] = steps([...(found[name] ?? []), stopped(textOf(state))]);
    }
  }
  return found;
}

const namesOf = (list: Json | undefined): string[] => listOf(list).map((one) => withoutChance(textOf(at(one, 'name'))));

function containerState(pod: JsonObject): string {
  const state = objectOf(at(objectOf(listOf(at(pod, 'status', 'containerStatuses'))[0]), 'state'));
  const [kind = ''] = Object.keys(state);
  const exit = at(state, 'terminated', 'exitCode');
  const role = labelsOf(pod)['spark-role'];
  if (typeof exit !== 'number') return [kind, at(state, kind, 'reason') ?? ''].join(' ').trim();
  if (role === 'executor' && (exit === 0 || exit === 143)) return `terminated ${stoppedExit(exit)}`;
  return `terminated ${exit} ${textOf(at(state, 'terminated', 'reason'))}`;
}

const withoutCreating = (states: string[]): string[] =>
  states.filter((state, index) => state !== 'waiting ContainerCreating' || index === states.length - 1);

function podOf(life: Seen) {
  const { all, first } = life;
  const container = objectOf(listOf(at(first, 'spec', 'containers'))[0]);
  const executor = labelsOf(first)['spark-role'] === 'executor';
  const phase = (pod: JsonObject): string => textOf(at(pod, 'status', 'phase'));
  return {
    ...head(life),
    deleted: all.some((pod) => metadataOf(pod).deletionTimestamp !== undefined),
    phases: steps(all.map((pod) => (executor ? stopped(phase(pod)) : phase(pod)))),
    container: withoutCreating(steps(all.map(containerState))),
    args: listOf(container.args).map((word) => withoutChance(textOf(word)).replace(/^[\d.]+$/, '<number>')),
    env: [...namesOf(container.env)].sort(),
    ports: listOf(container.ports).map((port) => `${at(port, 'name')} ${at(port, 'containerPort')}`),
    volumes: namesOf(at(first, 'spec', 'volumes')),
    mounts: namesOf(container.volumeMounts),
    resources: container.resources,
    serviceAccount: at(first, 'spec', 'serviceAccountName'),
  };
}

function serviceOf(life: Seen) {
  const { first } = life;
  const ports = listOf(at(first, 'spec', 'ports')).map(
    (port) => `${at(port, 'name')} ${at(port, 'port')} ${at(port, 'targetPort')}`,
  );
  return {
    ...head(life),
    ports,
    selector: pairs(at(first, 'spec', 'selector')),
    headless: at(first, 'spec', 'clusterIP') === 'None',
  };
}

function eventsOf(lines: readonly Line[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { object, type } of lines) {
    if (object.kind !== 'Event' || type === 'DELETED') continue;
    const kind = textOf(at(object, 'involvedObject', 'kind'));
    const reason = textOf(object.reason);
    if (chanceReasons.has(reason)) continue;
    const executor = /^Executor (\S+)/.exec(textOf(object.message))?.[1];
    const name = executor ?? textOf(at(object, 'involvedObject', 'name'));
    const key = withoutChance(`${kind} ${name}${kind === 'Pod' ? '' : ` told by ${textOf(object.reportingComponent)}`}`);
    const earlier = found[key] ?? [];
    const again = kind === 'Pod' ? earlier.includes(reason) : reason === 'SparkApplicationSuspended' && earlier.at(-1) === reason;
    found[key] = again ? earlier : [...earlier, stopped(reason)];
  }
  return found;
}

export function recorded(lines: readonly Line[]): Recorded {
  return {
    applications: lives(lines, 'SparkApplication').map((life) => ({
      ...head(life),
      states: steps(life.all.map(statusOf)),
      executors: Object.entries(executorStates(life.all)).map(([name, states]) => [executorName(name), states]),
    })),
    schedules: lives(lines, 'ScheduledSparkApplication').map((life) => ({
      ...head(life),
      states: steps(
        life.all.map((schedule) =>
          pairs(
            Object.fromEntries(
              Object.entries(objectOf(schedule.status)).map(([key, value]) => [
                key,
                /Run$/.test(key) && value !== null ? '<time>' : String(value),
              ]),
            ),
          ).join(' '),
        ),
      ),
    })),
    pods: lives(lines, 'Pod').map(podOf),
    services: lives(lines, 'Service').map(serviceOf),
    configMaps: lives(lines, 'ConfigMap').map((life) => ({
      ...head(life),
      immutable: life.first.immutable ?? false,
      keys: Object.keys(objectOf(life.first.data)).sort(),
    })),
    events: eventsOf(lines),
  };
}
