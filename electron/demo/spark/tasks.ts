import { headOf, printed, type Throwable } from './failures.ts';
import type { ExecutorLink } from './links.ts';
import type { ProcessLife } from './process-life.ts';
import { type ApplicationStatus, type ExecutorStatus, endTask, type StageStatus, type TaskStatus } from './status.ts';

/** Writes a line of Spark's log; `logger` is a short class name, the level INFO unless given. */
export type SparkLog = (logger: string, message: string, level?: 'INFO' | 'WARN' | 'ERROR') => void;

/** How the tasks of a stage go. */
export interface TaskCourse {
  /** Seconds of a real cluster; `first`: the first task of an executor loads classes. */
  seconds(partition: number, first: boolean): number;
  /** What is wrong with a task; nothing by default. */
  fault?(partition: number): Throwable | 'heap' | null;
}

/** Runs one stage after another on the executors there are. */
export interface TaskScheduler {
  /** Null when all tasks are done, else why the stage was given up. */
  run(stage: StageStatus, course: TaskCourse): Promise<string | null>;
  executorAdded(executor: ExecutorLink, status: ExecutorStatus): void;
  /** Its tasks are lost and tried again elsewhere; `reason` as the log has it. */
  executorLost(id: string, reason: string): void;
  /** Tasks that wait for an executor. */
  waiting(): number;
  idle(id: string): boolean;
}

interface Worker {
  link: ExecutorLink;
  status: ExecutorStatus;
  fresh: boolean;
  running: Set<TaskStatus>;
}

interface TaskSet {
  stage: StageStatus;
  course: TaskCourse;
  pending: { partition: number; attempt: number }[];
  failures: Map<number, number>;
  seen: Map<string, number>;
  settle(failure: string | null): void;
}

const STARVED_SECONDS = 15;

/** `maxFailures`: how often one task may fail (`spark.task.maxFailures`). */
export function createTaskScheduler(
  { log, print, now, life }: { log: SparkLog; print(lines: string[]): void; now(): number; life: ProcessLife },
  status: ApplicationStatus,
  maxFailures: number,
): TaskScheduler {
  const workers = new Map<string, Worker>();
  let set: TaskSet | null = null;
  let nextId = 0;

  const label = (task: TaskStatus, stage: StageStatus): string =>
    `task ${task.partition}.${task.attempt} in stage ${stage.id}.0 (TID ${task.id})`;

  const launch = async (worker: Worker, here: TaskSet, partition: number, attempt: number): Promise<void> => {
    const { stage, course } = here;
    const { id: executor, host } = worker.link;
    const launchedAt = now();
    const task: TaskStatus = {
      id: nextId,
      partition,
      attempt,
      executor,
      host,
      launchedAt,
      endedAt: null,
      state: 'RUNNING',
      error: null,
    };
    nextId += 1;
    stage.attempts.push(task);
    stage.active += 1;
    stage.firstTaskAt ??= launchedAt;
    worker.status.active += 1;
    worker.running.add(task);
    const locality = stage.read.bytes > 0 ? 'NODE_LOCAL' : 'PROCESS_LOCAL';
    log(
      'TaskSetManager',
      `Starting ${label(task, stage)} (${host}, executor ${executor}, partition ${partition}, ${locality}, 9180 bytes) `,
    );
    worker.link.began(label(task, stage), task.id);
    const seconds = course.seconds(partition, worker.fresh);
    worker.fresh = false;
    await life.wait(seconds);
    if (task.state !== 'RUNNING' || set !== here || !worker.link.alive()) return;
    const fault = course.fault?.(partition) ?? null;
    if (fault === null) return finish(worker, here, task);
    const thrown = fault === 'heap' ? worker.link.exhaust(label(task, stage), task.id) : fault;
    if (thrown !== null) fail(worker, here, task, thrown);
  };

  const finish = (worker: Worker, here: TaskSet, task: TaskStatus): void => {
    const { stage } = here;
    worker.running.delete(task);
    endTask(status, stage, task, 'SUCCESS', now());
    worker.link.ended(label(task, stage), 1045 + (task.id % 3) * 43);
    const where = `in ${now() - task.launchedAt} ms on ${task.host} (executor ${task.executor})`;
    offer();
    log('TaskSetManager', `Finished ${label(task, stage)} ${where} (${stage.completed}/${stage.tasks})`);
    if (stage.completed === stage.tasks) close(here, null);
  };

  const fail = (worker: Worker, here: TaskSet, task: TaskStatus, thrown: Throwable): void => {
    const { stage } = here;
    worker.running.delete(task);
    endTask(status, stage, task, 'FAILED', now(), printed(thrown).join('\n'));
    worker.link.failed(label(task, stage), task.id, printed(thrown));
    const before = here.seen.get(headOf(thrown)) ?? 0;
    here.seen.set(headOf(thrown), before + 1);
    const lost = `Lost ${label(task, stage)}`;
    if (before === 0) {
      log('TaskSetManager', `${lost} (${task.host} executor ${task.executor}): ${headOf(thrown)}`, 'WARN');
      print([...printed(thrown).slice(1), '']);
    } else {
      const what = `${thrown.exception} (${thrown.message}) [duplicate ${before}]`;
      log('TaskSetManager', `${lost} on ${task.host}, executor ${task.executor}: ${what}`);
    }
    again(here, task, printed(thrown).join('\n'));
  };

  const again = (here: TaskSet, task: TaskStatus, error: string): void => {
    const { stage, failures } = here;
    const times = (failures.get(task.partition) ?? 0) + 1;
    failures.set(task.partition, times);
    if (times < maxFailures) {
      here.pending.unshift({ partition: task.partition, attempt: task.attempt + 1 });
      offer();
      return;
    }
    log('TaskSetManager', `Task ${task.partition} in stage ${stage.id}.0 failed ${times} times; aborting job`, 'ERROR');
    const last = `Lost ${label(task, stage)} (${task.host} executor ${task.executor}): ${error}`;
    close(
      here,
      `Job aborted due to stage failure: Task ${task.partition} in stage ${stage.id}.0 failed ${times} times, most recent failure: ${last}`,
    );
  };

  const close = (here: TaskSet, failure: string | null): void => {
    if (set !== here) return;
    set = null;
    log('TaskSchedulerImpl', `Removed TaskSet ${here.stage.id}.0, whose tasks have all completed, from pool `);
    for (const worker of workers.values()) {
      for (const task of worker.running) endTask(status, here.stage, task, 'KILLED', now(), 'Stage cancelled');
      worker.running.clear();
    }
    here.settle(failure);
  };

  const offer = (): void => {
    let launched = true;
    while (launched) {
      launched = false;
      for (const worker of workers.values()) {
        const free = worker.link.alive() && worker.running.size < worker.link.cores;
        const next = free ? set?.pending.shift() : undefined;
        if (set === null || next === undefined) continue;
        launched = true;
        void launch(worker, set, next.partition, next.attempt);
      }
    }
  };

  /** Says again and again that nobody works on a stage, until somebody does. */
  const complain = async (here: TaskSet): Promise<void> => {
    await life.wait(STARVED_SECONDS);
    while (set === here && here.stage.firstTaskAt === null) {
      const advice = 'check your cluster UI to ensure that workers are registered and have sufficient resources';
      log('TaskSchedulerImpl', `Initial job has not accepted any resources; ${advice}`, 'WARN');
      await life.wait(STARVED_SECONDS);
    }
  };

  return {
    run: (stage, course) =>
      new Promise((settle) => {
        const pending = Array.from({ length: stage.tasks }, (_, partition) => ({ partition, attempt: 0 }));
        set = { stage, course, pending, failures: new Map(), seen: new Map(), settle };
        log('TaskSchedulerImpl', `Adding task set ${stage.id}.0 with ${stage.tasks} tasks resource profile 0`);
        offer();
        if (stage.firstTaskAt === null) void complain(set);
      }),
    executorAdded(link, executor) {
      workers.set(link.id, { link, status: executor, fresh: true, running: new Set() });
      offer();
    },
    executorLost(id, reason) {
      const worker = workers.get(id);
      workers.delete(id);
      const here = set;
      if (worker === undefined || here === null) return;
      for (const task of worker.running) {
        if (set !== here) return;
        const error = `ExecutorLostFailure (executor ${id} exited caused by one of the running tasks) Reason: ${reason}`;
        endTask(status, here.stage, task, 'FAILED', now(), error);
        log('TaskSetManager', `Lost ${label(task, here.stage)} (${task.host} executor ${id}): ${error.split('\n')[0]}`, 'WARN');
        print(error.split('\n').slice(1));
        again(here, task, error);
      }
    },
    waiting: () => set?.pending.length ?? 0,
    idle: (id) => workers.get(id)?.running.size === 0,
  };
}
