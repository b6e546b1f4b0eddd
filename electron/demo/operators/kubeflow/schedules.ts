import { scheduledSparkApplications, sparkApplications } from '../../api/kinds.ts';
import { end } from '../../api/removal.ts';
import { ApiError } from '../../api/status.ts';
import { type JsonObject, labelsOf, metadataOf, nameOf, namespaceOf, same, textOf, uidOf } from '../../json.ts';
import type { World } from '../../world.ts';
import { createQueue, type Queue } from '../queue.ts';
import { OPERATOR, scheduledLabel } from './names.ts';
import { type ScheduleSeen, stepSchedule } from './schedule-step.ts';

/**
 * Plays the controller of ScheduledSparkApplications. Their times are those of the cluster's clock, whatever the time scale: a
 * schedule of every minute starts a run each minute. It looks at the clock every second, so that a clock that is set is noticed.
 * No event is ever written. Returns how to stop it.
 */
export function startSchedules(world: World): () => void {
  const { store, time } = world;
  const queue: Queue = createQueue(time, 10, async (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const schedule = store.get(scheduledSparkApplications, namespace, name);
    if (schedule !== null && !time.ended()) pass(world, queue, key, schedule);
  });
  const wake = (schedule: JsonObject): void => queue.add(`${namespaceOf(schedule)}/${nameOf(schedule)}`);
  for (const schedule of store.list(scheduledSparkApplications, null)) wake(schedule);
  const stopListening = store.subscribe(({ kind, object, type }) => {
    if (kind === scheduledSparkApplications && type !== 'DELETED' && !time.ended()) wake(object);
  });
  return () => {
    stopListening();
    queue.close();
  };
}

function pass(world: World, queue: Queue, key: string, schedule: JsonObject): void {
  const { store, time } = world;
  const now = time.now();
  const nanoseconds = String(BigInt(now) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n));
  try {
    const seen: ScheduleSeen = {
      schedule,
      now,
      nanoseconds,
      // Looked for only when a run is due.
      get runs() {
        return runsOf(world, schedule);
      },
    };
    for (const action of stepSchedule(seen)) {
      if (action.do === 'create run') world.create(sparkApplications, action.run, OPERATOR);
      if (action.do === 'delete run') end(store, sparkApplications, action.run);
      if (action.do === 'status') write(world, schedule, action.status);
      if (action.do === 'wake') queue.addAfter(key, time.elapsed(Math.min(Math.max(action.at - now, 0), 1000)));
    }
    queue.forget(key);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    queue.addLater(key);
  }
}

/** The runs of a schedule, the newest first. */
function runsOf({ store }: World, schedule: JsonObject): JsonObject[] {
  const age = (run: JsonObject): string => `${textOf(metadataOf(run).creationTimestamp)} ${nameOf(run)}`;
  return store
    .list(sparkApplications, namespaceOf(schedule))
    .filter((run) => labelsOf(run)[scheduledLabel] === nameOf(schedule))
    .sort((one, other) => (age(one) < age(other) ? 1 : -1));
}

function write({ store }: World, schedule: JsonObject, status: JsonObject): void {
  const found = store.get(scheduledSparkApplications, namespaceOf(schedule), nameOf(schedule));
  if (found === null || uidOf(found) !== uidOf(schedule) || same(found.status, status)) return;
  store.put(scheduledSparkApplications, { ...found, status });
}
