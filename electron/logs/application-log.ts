import type { ApplicationRef } from '../../shared/contract/applications.ts';
import type { LogCounts, LogSource } from '../../shared/contract/logs.ts';
import type { LogBook } from '../../shared/logs/book.ts';
import type { StampedLine } from '../../shared/logs/stamped.ts';
import { operators } from '../../shared/spark/operators/index.ts';
import { type SparkPod, sparkPods } from '../../shared/spark/pods.ts';
import type { Cluster } from '../clusters/index.ts';
import type { Clock } from '../platform/world.ts';
import { type FollowedApplication, followApplication } from '../spark/applications/index.ts';
import type { WatchCaches } from '../watch/index.ts';
import { createAttempts } from './attempts.ts';
import { followContainer } from './follow.ts';
import { type ContainerInstance, instancesOf, isSparkContainer } from './instances.ts';
import { createIntake } from './intake.ts';
import { standingOf } from './standing.ts';

export interface LogWorld {
  clusters: { get(context: string): Cluster };
  caches: WatchCaches;
  clock: Clock;
  /** 0 to 1. */
  random(): number;
}

/** The log of all containers of one application, in one book. */
export interface ApplicationLog {
  book: LogBook;
  /** In order of their numbers. The same objects as long as nothing changed about them. */
  sources(): LogSource[];
  application(): Pick<LogCounts, 'application' | 'freshness'>;
  close(): void;
}

/** Lines kept of one application. */
const KEPT = 1_000_000;
/** Lines a container's log begins with at most. */
const TAIL = 200_000;

interface Source {
  /** Of its pod. */
  uid: string;
  facts: LogSource;
  /** Reading has begun, or ended. */
  begun: boolean;
}

/**
 * Follows the containers of an application as they come and go, earlier instances and attempts included, as long as the cluster has
 * their logs. What was read stays in the book when its pod is gone. `onChange` is called at most every 100 ms, but for a backlog.
 */
export function openApplicationLog(world: LogWorld, reference: ApplicationRef, onChange: () => void): ApplicationLog {
  const { clusters, caches, clock } = world;
  const { context, namespace, operator } = reference;
  const ending = new AbortController();
  const intake = createIntake(KEPT, clock, onChange);
  const attempts = createAttempts(operators[operator]);
  /** By pod's uid, container and number of its start. */
  const sources = new Map<string, Source>();
  let application: ReturnType<ApplicationLog['application']> = {
    application: 'loading',
    freshness: { state: 'loading', received: 0 },
  };

  function change(source: Source, facts: Partial<LogSource>): void {
    source.facts = { ...source.facts, ...facts };
    intake.touch();
  }

  function take(source: Source, lines: StampedLine[]): Promise<void> {
    const { number } = source.facts;
    source.facts = { ...source.facts, lines: source.facts.lines + lines.length };
    return intake.put(lines.map(({ at, text }) => ({ at, text, source: number })));
  }

  function begin(source: Source): void {
    const { uid } = source;
    const { pod, container, restart } = source.facts;
    const place = { namespace, pod, uid, container, restart };
    source.begun = true;
    const follow = {
      cluster: () => clusters.get(context),
      clock,
      random: () => world.random(),
      standing: (signal: AbortSignal) => standingOf(clusters.get(context), place, signal),
    };
    const sink = {
      onLines: (lines: StampedLine[]) => take(source, lines),
      onState: (state: LogSource['state']) => change(source, { state }),
    };
    void followContainer({ namespace, pod, container, tail: TAIL }, follow, sink, ending.signal);
  }

  function note(pod: SparkPod, attempt: number, instance: ContainerInstance): void {
    const { uid } = pod.metadata;
    const key = JSON.stringify([uid, instance.container, instance.restart]);
    const source = sources.get(key) ?? { uid, facts: factsOf(sources.size, pod, attempt, instance), begun: false };
    sources.set(key, source);
    if (source.begun) return;
    if (instance.standing !== 'pending') begin(source);
    else change(source, { state: { state: 'pending', why: instance.why } });
  }

  function onApplication({ object, exists, pods, listed, freshness }: FollowedApplication): void {
    const found = object === null ? (listed ? 'absent' : 'loading') : exists ? 'present' : 'deleted';
    application = { application: found, freshness };
    intake.touch();
    for (const pod of sparkPods([...pods.values()])) {
      const whole = pods.get(pod.metadata.uid);
      const attempt = attempts.of(object, whole);
      for (const instance of instancesOf(whole)) note(pod, attempt, instance);
    }
    for (const source of sources.values()) {
      if (!source.begun && !pods.has(source.uid)) change(source, { state: { state: 'ended', reason: 'gone' } });
    }
  }

  const end = followApplication(caches, reference, { onChange: onApplication });
  return {
    book: intake.book,
    sources: () => [...sources.values()].map(({ facts }) => facts),
    application: () => application,
    close() {
      ending.abort();
      end();
      intake.close();
    },
  };
}

function factsOf(number: number, pod: SparkPod, attempt: number, { container, restart, why }: ContainerInstance): LogSource {
  return {
    number,
    pod: pod.metadata.name,
    role: pod.role,
    executor: pod.role === 'driver' ? null : pod.executor,
    container,
    main: isSparkContainer(container),
    attempt,
    restart,
    lines: 0,
    state: { state: 'pending', why },
  };
}
