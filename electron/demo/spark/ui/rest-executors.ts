import type { JsonObject } from '../../json.ts';
import { heapOf } from '../pod-parts.ts';
import type { ExecutorStatus } from '../status.ts';
import type { UiPlace } from './place.ts';
import { instant, memoryMetrics } from './rest-values.ts';

const MEBI = 1024 * 1024;

/** The driver among the executors, as Spark lists it: without cores. */
export function driverJson(place: UiPlace): JsonObject {
  const { settings, startedAt, now, status } = place;
  const heap = heapOf(settings.conf, 'driver');
  const used = [...status.stages.values()].filter((stage) => stage.state === 'ACTIVE').length * 7400;
  return {
    ...common(used, Math.max(0, Math.round((heap * 0.9667 - 300) * 0.6 * MEBI))),
    id: 'driver',
    hostPort: `${settings.host}:7079`,
    isActive: true,
    totalCores: 0,
    maxTasks: 0,
    totalDuration: now() - startedAt,
    addTime: instant(startedAt),
    peakMemoryMetrics: memoryMetrics(Math.round(heap * 0.3) * MEBI, 110 * MEBI, 180),
  };
}

/** An executor of `/executors`; one that is gone carries when and why. */
export function executorJson(executor: ExecutorStatus, heap: number): JsonObject {
  const gc = Math.round(executor.runTime * 0.03);
  return {
    ...common(executor.completed > 0 ? 7400 : 0, executor.storage),
    id: executor.id,
    hostPort: `${executor.host}:${executor.port}`,
    isActive: executor.removedAt === null,
    totalCores: executor.cores,
    maxTasks: executor.cores,
    activeTasks: executor.active,
    failedTasks: executor.failed,
    completedTasks: executor.completed,
    totalTasks: executor.active + executor.failed + executor.completed,
    totalDuration: executor.runTime,
    totalGCTime: gc,
    totalShuffleRead: executor.read,
    totalShuffleWrite: executor.written,
    addTime: instant(executor.addedAt),
    ...(executor.removedAt === null
      ? {}
      : { removeTime: instant(executor.removedAt), removeReason: executor.removeReason ?? '' }),
    peakMemoryMetrics: memoryMetrics(Math.round(heap * 0.32) * MEBI, 57 * MEBI, gc),
  };
}

/** Fields of both; `used` and `storage` in bytes. */
function common(used: number, storage: number): JsonObject {
  const counts = [
    'activeTasks',
    'failedTasks',
    'completedTasks',
    'totalTasks',
    'totalGCTime',
    'totalInputBytes',
    'totalShuffleRead',
  ];
  return {
    rddBlocks: 0,
    memoryUsed: used,
    diskUsed: 0,
    ...Object.fromEntries([...counts, 'totalShuffleWrite'].map((name) => [name, 0])),
    isBlacklisted: false,
    maxMemory: storage,
    executorLogs: {},
    memoryMetrics: {
      usedOnHeapStorageMemory: used,
      usedOffHeapStorageMemory: 0,
      totalOnHeapStorageMemory: storage,
      totalOffHeapStorageMemory: 0,
    },
    blacklistedInStages: [],
    attributes: {},
    resources: {},
    resourceProfileId: 0,
    isExcluded: false,
    excludedInStages: [],
  };
}
