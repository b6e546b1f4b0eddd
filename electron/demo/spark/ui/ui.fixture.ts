import type { DriverSettings } from '../driver-settings.ts';
import { programOf } from '../jobs.ts';
import { emptyStatus, endTask, newStage, type StageShape, type TaskStatus } from '../status.ts';
import type { UiPlace } from './place.ts';

const settings = (conf: Record<string, string>, name: string): DriverSettings => ({
  pod: { metadata: { name: 'driver', namespace: 'default', uid: 'u' } },
  namespace: 'default',
  conf: new Map(Object.entries({ 'spark.executor.memory': '512m', ...conf })),
  applicationId: 'spark-1',
  program: programOf('any.Main', 'local:///app.jar', [], name),
  resource: 'local:///app.jar',
  version: '3.5.7',
  host: 'orders-svc.default.svc',
  rpcPort: 7078,
  uiPort: 4040,
  scratch: '/var/data/spark',
  user: 'system:serviceaccount:default:spark',
  executorTemplate: undefined,
});

/** When the application of the fixture began. */
export const START = Date.UTC(2026, 10, 21, 12);

/** The UI of an application in the middle of a shuffle: stage 0 done, stage 1 with a task done, one failed and one running. */
export function shuffling(conf: Record<string, string> = {}, name = 'orders'): UiPlace {
  const status = emptyStatus();
  const counts = { active: 0, completed: 0, failed: 0, runTime: 0, read: 0, written: 0 };
  const executor = { host: '10.1.0.2', port: 40_000, cores: 1, storage: 122_644_070, addedAt: START, ...counts };
  status.executors.set('1', { ...executor, id: '1', removedAt: START + 5000, removeReason: '\nThe executor with id 1 exited.' });
  status.executors.set('2', { ...executor, id: '2', removedAt: null, removeReason: null });
  const nothing = { bytes: 0, records: 0 };
  const moved = { bytes: 8000, records: 80 };
  const map: StageShape = { name: 'map at A.java:1', role: 'map', tasks: 4, read: nothing, written: moved };
  const result: StageShape = { name: 'count at A.java:2', role: 'result', tasks: 4, read: moved, written: nothing };
  const [first, second] = [newStage(0, 0, map), newStage(1, 0, result)];
  status.jobs.push({ id: 0, name: 'count at A.java:2', stages: [0, 1], state: 'RUNNING', submittedAt: START, completedAt: null });
  for (const stage of [first, second]) status.stages.set(stage.id, stage);
  const start = (stage: typeof first, id: number, partition: number, launchedAt: number): TaskStatus => {
    const task: TaskStatus = {
      id,
      partition,
      attempt: 0,
      executor: '2',
      host: '10.1.0.2',
      launchedAt,
      endedAt: null,
      state: 'RUNNING',
      error: null,
    };
    stage.attempts.push(task);
    stage.active += 1;
    for (const executor of status.executors.values()) if (executor.id === task.executor) executor.active += 1;
    stage.firstTaskAt ??= launchedAt;
    return task;
  };
  Object.assign(first, { state: 'COMPLETE', submittedAt: START, completedAt: START + 4000 });
  for (let id = 0; id < 4; id += 1)
    endTask(status, first, start(first, id, id, START + id * 1000), 'SUCCESS', START + id * 1000 + 100 * (id + 1));
  Object.assign(second, { state: 'ACTIVE', submittedAt: START + 4000 });
  endTask(status, second, start(second, 4, 0, START + 4000), 'SUCCESS', START + 4500);
  endTask(status, second, start(second, 5, 1, START + 4500), 'FAILED', START + 4700, 'java.lang.Error: <bad>');
  start(second, 6, 2, START + 5000);
  return { settings: settings(conf, name), status, startedAt: START, now: () => START + 6000, attached: () => true };
}
