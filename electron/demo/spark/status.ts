/** As Spark's REST names them. */
export type TaskState = 'RUNNING' | 'SUCCESS' | 'FAILED' | 'KILLED';

/** One attempt of a task. Times are epoch milliseconds. */
export interface TaskStatus {
  id: number;
  partition: number;
  attempt: number;
  executor: string;
  host: string;
  launchedAt: number;
  endedAt: number | null;
  state: TaskState;
  error: string | null;
}

/** What a stage does: its shape, not its course. */
export interface StageShape {
  name: string;
  role: 'map' | 'result';
  tasks: number;
  /** What it reads from the stage before and leaves for the one behind, all tasks together. */
  read: { bytes: number; records: number };
  written: { bytes: number; records: number };
}

/** A stage and how far it is; times are epoch milliseconds. */
export interface StageStatus extends StageShape {
  id: number;
  job: number;
  state: 'PENDING' | 'ACTIVE' | 'COMPLETE' | 'FAILED';
  submittedAt: number | null;
  firstTaskAt: number | null;
  completedAt: number | null;
  failure: string | null;
  /** Attempts of tasks; forgotten of stages that ended long ago. */
  attempts: TaskStatus[];
  active: number;
  completed: number;
  failed: number;
  killed: number;
  /** Milliseconds that the ended attempts took together. */
  runTime: number;
}

/** A job, with its stages in their order; times are epoch milliseconds. */
export interface JobStatus {
  id: number;
  name: string;
  stages: number[];
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  submittedAt: number;
  completedAt: number | null;
}

/** An executor, also after its end; times are epoch milliseconds, `read` and `written` bytes of shuffles. */
export interface ExecutorStatus {
  id: string;
  host: string;
  port: number;
  cores: number;
  /** Bytes for blocks. */
  storage: number;
  addedAt: number;
  removedAt: number | null;
  removeReason: string | null;
  active: number;
  completed: number;
  failed: number;
  /** Milliseconds in tasks. */
  runTime: number;
  read: number;
  written: number;
}

/** What a driver knows of its application: what web UI and REST show. */
export interface ApplicationStatus {
  jobs: JobStatus[];
  stages: Map<number, StageStatus>;
  executors: Map<string, ExecutorStatus>;
}

/** Stages whose tasks are kept one by one. */
const DETAILED_STAGES = 20;
/** Jobs that are kept at all, with their stages (`spark.ui.retainedJobs` is 1,000; a driver here is one of thousands). */
const RETAINED_JOBS = 200;

/** That of an application which has done nothing yet. */
export function emptyStatus(): ApplicationStatus {
  return { jobs: [], stages: new Map(), executors: new Map() };
}

/** Forgets what is too old to be kept; called when a job ends. */
export function prune(status: ApplicationStatus): void {
  for (const job of status.jobs.splice(0, Math.max(0, status.jobs.length - RETAINED_JOBS))) {
    for (const stage of job.stages) status.stages.delete(stage);
  }
  const ended = [...status.stages.values()].filter((stage) => stage.completedAt !== null);
  for (const stage of ended.slice(0, -DETAILED_STAGES)) stage.attempts = [];
}

/** A stage that has not been submitted. */
export function newStage(id: number, job: number, shape: StageShape): StageStatus {
  const times = { submittedAt: null, firstTaskAt: null, completedAt: null };
  const counts = { active: 0, completed: 0, failed: 0, killed: 0, runTime: 0 };
  return { ...shape, id, job, state: 'PENDING', ...times, failure: null, attempts: [], ...counts };
}

/** Counts a task that ended; `now`: epoch milliseconds. */
export function endTask(
  { executors }: ApplicationStatus,
  stage: StageStatus,
  task: TaskStatus,
  state: Exclude<TaskState, 'RUNNING'>,
  now: number,
  error: string | null = null,
): void {
  task.state = state;
  task.endedAt = now;
  task.error = error;
  const took = now - task.launchedAt;
  stage.active -= 1;
  stage.runTime += took;
  if (state === 'SUCCESS') stage.completed += 1;
  else if (state === 'FAILED') stage.failed += 1;
  else stage.killed += 1;
  const executor = executors.get(task.executor);
  if (executor === undefined) return;
  executor.active -= 1;
  executor.runTime += took;
  if (state === 'FAILED') executor.failed += 1;
  if (state !== 'SUCCESS') return;
  executor.completed += 1;
  executor.read += Math.round(stage.read.bytes / stage.tasks);
  executor.written += Math.round(stage.written.bytes / stage.tasks);
}
