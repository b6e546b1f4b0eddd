import { isObject, type JsonObject, numberOf, objectOf } from '../../json.ts';
import type { StageStatus, TaskStatus } from '../status.ts';

/** Figures of one task that Spark measures; times in milliseconds, CPU and write time in nanoseconds. Nothing spills here. */
export interface TaskMetrics {
  duration: number;
  deserialize: number;
  run: number;
  cpu: number;
  resultSize: number;
  gc: number;
  delay: number;
  readBytes: number;
  readRecords: number;
  blocks: number;
  writtenBytes: number;
  writtenRecords: number;
  writeTime: number;
}

/** A figure between -1 and 1 that is the same each time one looks at the same task. */
const wobble = (task: TaskStatus): number => ((task.id * 7919 + task.partition * 104_729) % 201) / 100 - 1;

/** The figures of a task. How long it took is what happened; the rest follows from it and from what the stage moves. */
export function metricsOf(stage: StageStatus, task: TaskStatus, now: number): TaskMetrics {
  const duration = (task.endedAt ?? now) - task.launchedAt;
  const done = task.state === 'SUCCESS';
  const share = (total: number, spread: number): number =>
    done ? Math.max(0, Math.round((total / stage.tasks) * (1 + spread * wobble(task)))) : 0;
  const deserialize = Math.round(duration * 0.12);
  const delay = Math.round(duration * 0.08);
  const run = Math.max(0, duration - deserialize - delay);
  return {
    duration,
    deserialize,
    run,
    cpu: Math.round(run * 780_000),
    resultSize: done ? 1045 + (task.id % 3) * 43 : 0,
    gc: Math.round(run * 0.03),
    delay,
    readBytes: share(stage.read.bytes, 0.05),
    readRecords: share(stage.read.records, 0),
    blocks: done && stage.read.bytes > 0 ? 8 : 0,
    writtenBytes: share(stage.written.bytes, 0.01),
    writtenRecords: share(stage.written.records, 0),
    writeTime: share(stage.written.bytes, 0.2) * 10,
  };
}

/** Figures of a push-based shuffle, which there is none of. */
const pushed = [
  ...['corruptMergedBlockChunks', 'mergedFetchFallbackCount', 'remoteMergedBlocksFetched', 'localMergedBlocksFetched'],
  ...['remoteMergedChunksFetched', 'localMergedChunksFetched', 'remoteMergedBytesRead', 'localMergedBytesRead'],
  'remoteMergedReqsDuration',
];

/** `taskMetrics` of a task in a task list. */
export function taskMetricsJson(metrics: TaskMetrics): JsonObject {
  return {
    executorDeserializeTime: metrics.deserialize,
    executorDeserializeCpuTime: metrics.deserialize * 300_000,
    executorRunTime: metrics.run,
    executorCpuTime: metrics.cpu,
    resultSize: metrics.resultSize,
    jvmGcTime: metrics.gc,
    resultSerializationTime: 0,
    memoryBytesSpilled: 0,
    diskBytesSpilled: 0,
    peakExecutionMemory: 0,
    inputMetrics: { bytesRead: 0, recordsRead: 0 },
    outputMetrics: { bytesWritten: 0, recordsWritten: 0 },
    shuffleReadMetrics: {
      remoteBlocksFetched: 0,
      localBlocksFetched: metrics.blocks,
      fetchWaitTime: 0,
      remoteBytesRead: 0,
      remoteBytesReadToDisk: 0,
      localBytesRead: metrics.readBytes,
      recordsRead: metrics.readRecords,
      remoteReqsDuration: 0,
      shufflePushReadMetrics: Object.fromEntries(pushed.map((name) => [name, 0])),
    },
    shuffleWriteMetrics: {
      bytesWritten: metrics.writtenBytes,
      writeTime: metrics.writeTime,
      recordsWritten: metrics.writtenRecords,
    },
  };
}

/** The value at each quantile, as Spark picks it: the one at the place `quantile * count`, the last at most. */
export function quantilesOf(values: readonly number[], quantiles: readonly number[]): number[] {
  const sorted = [...values].sort((one, other) => one - other);
  return quantiles.map((quantile) => sorted[Math.min(Math.floor(quantile * sorted.length), sorted.length - 1)] ?? 0);
}

/** `taskSummary` of a stage: the spread of each figure over the tasks that succeeded. */
export function distributionsOf(tasks: readonly TaskMetrics[], quantiles: readonly number[]): JsonObject {
  const of = (pick: (metrics: TaskMetrics) => number) => quantilesOf(tasks.map(pick), quantiles);
  const none = quantiles.map(() => 0);
  return {
    quantiles: [...quantiles],
    duration: of((task) => task.duration),
    executorDeserializeTime: of((task) => task.deserialize),
    executorDeserializeCpuTime: of((task) => task.deserialize * 300_000),
    executorRunTime: of((task) => task.run),
    executorCpuTime: of((task) => task.cpu),
    resultSize: of((task) => task.resultSize),
    jvmGcTime: of((task) => task.gc),
    resultSerializationTime: none,
    gettingResultTime: none,
    schedulerDelay: of((task) => task.delay),
    peakExecutionMemory: none,
    memoryBytesSpilled: none,
    diskBytesSpilled: none,
    inputMetrics: { bytesRead: none, recordsRead: none },
    outputMetrics: { bytesWritten: none, recordsWritten: none },
    shuffleReadMetrics: {
      readBytes: of((task) => task.readBytes),
      readRecords: of((task) => task.readRecords),
      remoteBlocksFetched: none,
      localBlocksFetched: of((task) => task.blocks),
      fetchWaitTime: none,
      remoteBytesRead: none,
      remoteBytesReadToDisk: none,
      totalBlocksFetched: of((task) => task.blocks),
      remoteReqsDuration: none,
      shufflePushReadMetricsDist: Object.fromEntries(pushed.map((name) => [name, none])),
    },
    shuffleWriteMetrics: {
      writeBytes: of((task) => task.writtenBytes),
      writeRecords: of((task) => task.writtenRecords),
      writeTime: of((task) => task.writeTime),
    },
  };
}

/** The spread of every number in objects of one shape; what is no number is left out. */
export function spreadOf(objects: readonly JsonObject[], quantiles: readonly number[]): JsonObject {
  const spread: JsonObject = {};
  for (const [key, sample] of Object.entries(objects[0] ?? {})) {
    if (typeof sample === 'number') {
      spread[key] = quantilesOf(
        objects.map((object) => numberOf(object[key], 0)),
        quantiles,
      );
    } else if (isObject(sample)) {
      spread[key] = spreadOf(
        objects.map((object) => objectOf(object[key])),
        quantiles,
      );
    }
  }
  return spread;
}
