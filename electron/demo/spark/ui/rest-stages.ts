import { type Json, type JsonObject, objectOf } from '../../json.ts';
import type { JobStatus, StageStatus, TaskStatus } from '../status.ts';
import type { UiPlace } from './place.ts';
import { instant, memoryMetrics, ofSpark } from './rest-values.ts';
import { distributionsOf, metricsOf, spreadOf, type TaskMetrics, taskMetricsJson } from './task-metrics.ts';

/** A job of `/jobs`. */
export function jobJson({ status }: UiPlace, job: JobStatus): JsonObject {
  const stages = job.stages.map((id) => status.stages.get(id)).filter((stage) => stage !== undefined);
  const sum = (pick: (stage: StageStatus) => number) => stages.reduce((total, stage) => total + pick(stage), 0);
  const many = (state: StageStatus['state']) => stages.filter((stage) => stage.state === state).length;
  return {
    jobId: job.id,
    name: job.name,
    submissionTime: instant(job.submittedAt),
    ...(job.completedAt === null ? {} : { completionTime: instant(job.completedAt) }),
    stageIds: job.stages,
    jobTags: [],
    status: job.state,
    numTasks: sum((stage) => stage.tasks),
    numActiveTasks: sum((stage) => stage.active),
    numCompletedTasks: sum((stage) => stage.completed),
    numSkippedTasks: 0,
    numFailedTasks: sum((stage) => stage.failed),
    numKilledTasks: sum((stage) => stage.killed),
    numCompletedIndices: sum((stage) => stage.completed),
    numActiveStages: many('ACTIVE'),
    numCompletedStages: many('COMPLETE'),
    numSkippedStages: 0,
    numFailedStages: many('FAILED'),
    killedTasksSummary: {},
  };
}

/** What of a stage is asked for. */
export interface StageDetail {
  details: boolean;
  summaries: boolean;
  quantiles: number[];
}

/** A stage of `/stages`; with its tasks and their spread where they are asked for. */
export function stageJson({ now }: UiPlace, stage: StageStatus, { details, summaries, quantiles }: StageDetail): JsonObject {
  const at = now();
  const metrics = stage.attempts.map((task) => ({ task, figures: metricsOf(stage, task, at) }));
  const sum = (pick: (figures: TaskMetrics) => number) =>
    metrics.reduce((total, { task, figures }) => total + (task.state === 'SUCCESS' ? pick(figures) : 0), 0);
  const shuffleRead = Math.round((stage.read.bytes * stage.completed) / stage.tasks);
  const written = Math.round((stage.written.bytes * stage.completed) / stage.tasks);
  const succeeded = metrics.filter(({ task }) => task.state === 'SUCCESS').map(({ figures }) => figures);
  return {
    status: stage.state,
    stageId: stage.id,
    attemptId: 0,
    numTasks: stage.tasks,
    numActiveTasks: stage.active,
    numCompleteTasks: stage.completed,
    numFailedTasks: stage.failed,
    numKilledTasks: stage.killed,
    numCompletedIndices: stage.completed,
    ...(stage.submittedAt === null ? {} : { submissionTime: instant(stage.submittedAt) }),
    ...(stage.firstTaskAt === null ? {} : { firstTaskLaunchedTime: instant(stage.firstTaskAt) }),
    ...(stage.completedAt === null ? {} : { completionTime: instant(stage.completedAt) }),
    ...(stage.failure === null ? {} : { failureReason: stage.failure }),
    ...ofSpark.stage,
    executorDeserializeTime: sum((figures) => figures.deserialize),
    executorDeserializeCpuTime: sum((figures) => figures.deserialize * 300_000),
    executorRunTime: sum((figures) => figures.run),
    executorCpuTime: sum((figures) => figures.cpu),
    resultSize: sum((figures) => figures.resultSize),
    jvmGcTime: sum((figures) => figures.gc),
    shuffleLocalBlocksFetched: sum((figures) => figures.blocks),
    shuffleLocalBytesRead: shuffleRead,
    shuffleReadBytes: shuffleRead,
    shuffleReadRecords: Math.round((stage.read.records * stage.completed) / stage.tasks),
    shuffleWriteBytes: written,
    shuffleWriteTime: sum((figures) => figures.writeTime),
    shuffleWriteRecords: Math.round((stage.written.records * stage.completed) / stage.tasks),
    name: stage.name,
    details: `${stage.name.replace(/^(\w+) at (.*)$/, 'org.apache.spark.api.java.AbstractJavaRDDLike.$1(JavaRDDLike.scala:45)\njobs.Job.main($2)')}`,
    schedulingPool: 'default',
    rddIds: [stage.id * 2 + 1, stage.id * 2],
    accumulatorUpdates: [],
    ...(details ? { tasks: Object.fromEntries(stage.attempts.map((task) => [String(task.id), taskJson(stage, task, at)])) } : {}),
    ...(details ? { executorSummary: executorSummary(stage, at) } : {}),
    killedTasksSummary: {},
    resourceProfileId: 0,
    peakExecutorMetrics: memoryMetrics(0, 0, 0),
    ...(summaries ? spreads(succeeded, executorSummary(stage, at), quantiles) : {}),
    isShufflePushEnabled: false,
    shuffleMergersCount: 0,
  };
}

/** How tasks and executors of a stage differ; empty without tasks that succeeded. */
function spreads(succeeded: TaskMetrics[], executors: JsonObject, quantiles: number[]): JsonObject {
  if (succeeded.length === 0) return {};
  const executorMetricsDistributions = { quantiles, ...spreadOf(Object.values(executors).map(objectOf), quantiles) };
  return { taskMetricsDistributions: distributionsOf(succeeded, quantiles), executorMetricsDistributions };
}

/** A task of `taskList`. */
export function taskJson(stage: StageStatus, task: TaskStatus, now: number): JsonObject {
  const figures = metricsOf(stage, task, now);
  return {
    taskId: task.id,
    index: task.partition,
    attempt: task.attempt,
    partitionId: task.partition,
    launchTime: instant(task.launchedAt),
    duration: figures.duration,
    executorId: task.executor,
    host: task.host,
    status: task.state,
    taskLocality: stage.read.bytes > 0 ? 'NODE_LOCAL' : 'PROCESS_LOCAL',
    speculative: false,
    accumulatorUpdates: [],
    ...(task.error === null ? {} : { errorMessage: task.error }),
    ...(task.state === 'RUNNING' ? {} : { taskMetrics: taskMetricsJson(figures) }),
    executorLogs: {},
    schedulerDelay: task.state === 'RUNNING' ? 0 : figures.delay,
    gettingResultTime: 0,
  };
}

function executorSummary(stage: StageStatus, now: number): JsonObject {
  const byExecutor = new Map<string, TaskStatus[]>();
  for (const task of stage.attempts) byExecutor.set(task.executor, [...(byExecutor.get(task.executor) ?? []), task]);
  const summary = (tasks: TaskStatus[]): Json => {
    const many = (state: TaskStatus['state']) => tasks.filter((task) => task.state === state).length;
    const figures = tasks.map((task) => metricsOf(stage, task, now));
    const sum = (pick: (one: TaskMetrics) => number) => figures.reduce((total, one) => total + pick(one), 0);
    return {
      taskTime: sum((one) => one.duration),
      failedTasks: many('FAILED'),
      succeededTasks: many('SUCCESS'),
      killedTasks: many('KILLED'),
      ...ofSpark.executorSummary,
      shuffleRead: sum((one) => one.readBytes),
      shuffleReadRecords: sum((one) => one.readRecords),
      shuffleWrite: sum((one) => one.writtenBytes),
      shuffleWriteRecords: sum((one) => one.writtenRecords),
      peakMemoryMetrics: memoryMetrics(0, 0, 0),
    };
  };
  return Object.fromEntries([...byExecutor].map(([id, tasks]) => [id, summary(tasks)]));
}
