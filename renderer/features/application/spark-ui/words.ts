import type { Forward } from '../../../../shared/contract/forwards.ts';

type Waiting = Extract<Forward, { state: 'waiting' }>;
type Ended = Extract<Forward, { state: 'ended' }>;

/** What is said while the Spark UI cannot be reached yet. */
export function waitingWords(awaited: Waiting['for']): { title: string; detail: string } {
  switch (awaited) {
    case 'driver':
      return {
        title: 'Waiting for the driver',
        detail: 'The operator has not made its pod yet. The Spark UI opens here by itself.',
      };
    case 'container':
      return { title: 'Waiting for the driver', detail: 'Its pod is there, its container is not running yet.' };
    case 'port':
      return { title: 'Waiting for the driver', detail: 'It runs, and Spark does not listen on port 4040 yet.' };
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
