import type { Forward } from '../../../../shared/contract/forwards.ts';

type Starting = Extract<Forward, { state: 'starting' }>;
type Reconnecting = Extract<Forward, { state: 'reconnecting' }>;
type Ended = Extract<Forward, { state: 'ended' }>;

/** What is said while the Spark UI cannot be reached yet. */
export function waitingWords(awaited: Starting['for']): { title: string; detail: string } {
  switch (awaited) {
    case 'driver':
      return {
        title: 'Waiting for the driver',
        detail: 'The operator has not made its pod yet. The Spark UI opens here by itself.',
      };
    case 'container':
      return { title: 'Waiting for the driver', detail: 'Its pod is there, its container is not running yet.' };
    case 'port':
      return { title: 'Waiting for the driver', detail: 'It runs, and Spark does not listen on the port of its UI yet.' };
  }
}

/** What is said while a Spark UI that was there cannot be reached; it opens again at the same address by itself. */
export function reconnectingWords(reason: Reconnecting['reason']): { title: string; detail: string } {
  switch (reason) {
    case 'driver-gone':
      return {
        title: 'Waiting for the driver',
        detail: 'It ended and is run again. Its Spark UI opens here by itself, at the same address.',
      };
    case 'port-closed':
      return {
        title: 'The Spark UI has ended',
        detail: 'The SparkContext stopped and took its UI with it; the driver’s container still runs.',
      };
    case 'tunnel-lost':
      return {
        title: 'The connection to the driver is lost',
        detail: 'It is tried again and again. The Spark UI opens here by itself, at the same address.',
      };
  }
}

/** What is said once the Spark UI is gone: the words around the moment it ended, and what can be done. */
export function endedWords({ reason, exitCode }: Ended): { title: { before: string; after: string }; advice: string } {
  switch (reason) {
    case 'driver-ended': {
      const code = exitCode === null ? '' : ` with exit code ${exitCode}`;
      return {
        title: { before: 'The driver ended', after: `${code}. Its Spark UI ended with it.` },
        advice: 'What it did stays in Spark’s event log where spark.eventLog.enabled is set: a History Server shows it.',
      };
    }
    case 'application-deleted':
      return {
        title: { before: 'The application was deleted', after: '. Its driver and its Spark UI went with it.' },
        advice: 'Run it again to get a new one.',
      };
    case 'ui-disabled':
      return {
        title: { before: 'This driver runs without a Spark UI (seen', after: ').' },
        advice: 'Its sparkConf says spark.ui.enabled: "false". Run it again without that line to have one.',
      };
  }
}
