import type { JsonObject } from '../../json.ts';

/** A time as Spark's REST writes it; `at`: epoch milliseconds. */
export const instant = (at: number): string => new Date(at).toISOString().replace('Z', 'GMT');

const zeros = (...names: string[]): JsonObject => Object.fromEntries(names.map((name) => [name, 0]));

/** `peakMemoryMetrics` and the like: bytes of heap and beside it, milliseconds of garbage collection. */
export const memoryMetrics = (heap: number, beside: number, gc: number): JsonObject => ({
  JVMHeapMemory: heap,
  JVMOffHeapMemory: beside,
  ...zeros('OnHeapExecutionMemory', 'OffHeapExecutionMemory', 'OnHeapStorageMemory', 'OffHeapStorageMemory'),
  ...zeros('OnHeapUnifiedMemory', 'OffHeapUnifiedMemory', 'DirectPoolMemory', 'MappedPoolMemory'),
  ...zeros('ProcessTreeJVMVMemory', 'ProcessTreeJVMRSSMemory', 'ProcessTreePythonVMemory', 'ProcessTreePythonRSSMemory'),
  ...zeros('ProcessTreeOtherVMemory', 'ProcessTreeOtherRSSMemory'),
  MinorGCCount: gc > 0 ? 2 : 0,
  MinorGCTime: gc,
  MajorGCCount: 0,
  MajorGCTime: 0,
  TotalGCTime: gc,
});

/** Fields that Spark has and that are always the same here. */
export const ofSpark = {
  stage: zeros(
    ...['resultSerializationTime', 'memoryBytesSpilled', 'diskBytesSpilled', 'peakExecutionMemory', 'inputBytes', 'inputRecords'],
    ...['outputBytes', 'outputRecords', 'shuffleRemoteBlocksFetched', 'shuffleFetchWaitTime', 'shuffleRemoteBytesRead'],
    ...['shuffleRemoteBytesReadToDisk', 'shuffleCorruptMergedBlockChunks', 'shuffleMergedFetchFallbackCount'],
    ...['shuffleMergedRemoteBlocksFetched', 'shuffleMergedLocalBlocksFetched', 'shuffleMergedRemoteChunksFetched'],
    ...['shuffleMergedLocalChunksFetched', 'shuffleMergedRemoteBytesRead', 'shuffleMergedLocalBytesRead'],
    ...['shuffleRemoteReqsDuration', 'shuffleMergedRemoteReqsDuration'],
  ),
  executorSummary: {
    ...zeros('inputBytes', 'inputRecords', 'outputBytes', 'outputRecords', 'memoryBytesSpilled', 'diskBytesSpilled'),
    isBlacklistedForStage: false,
    isExcludedForStage: false,
  },
} satisfies Record<string, JsonObject>;
