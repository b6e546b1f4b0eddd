/** One application of one recording as a person would draw it. */
export interface Drawn {
  folder: string;
  application: string;
  /** Attempt, state and seconds since the creation, from the arrivals. */
  way: [number, string, number][];
  /** Runs and ends in the driver's lane, with attempts. */
  driver: string;
  /** The same for each executor's lane. */
  executors: string[];
  /** The application's lane with attempts where it was opened only when all was over; empty where the object is gone by then. */
  late: string;
}

const fine = '1 New, 1 SUBMITTED, 1 RUNNING, 1 SUCCEEDING, 1 COMPLETED';
const failed = '1 New, 1 SUBMITTED, 1 RUNNING, 1 FAILING, 1 FAILED';

/** A run of one attempt: seconds at which it was SUBMITTED, RUNNING, ending and ended. */
function once(submitted: number, running: number, ended: number, ending: 'SUCCEEDING' | 'FAILING'): Drawn['way'] {
  return [
    [1, 'New', 0],
    [1, 'SUBMITTED', submitted],
    [1, 'RUNNING', running],
    [1, ending, ended],
    [1, ending === 'SUCCEEDING' ? 'COMPLETED' : 'FAILED', ended],
  ];
}

/** All recordings, drawn by hand from their tables of states, exit codes and executors. */
export const drawn: Drawn[] = [
  {
    folder: 'completes',
    application: 'completes',
    way: once(9.4, 10.1, 42.2, 'SUCCEEDING'),
    driver: '1 Running, 1 exit 0',
    executors: ['executor-1: 1 Running, 1 exit 0', 'executor-2: 1 Running, 1 exit 0'],
    late: fine,
  },
  {
    folder: 'fails-retries',
    application: 'fails-retries',
    way: [
      [1, 'New', 0],
      [1, 'SUBMITTED', 8.7],
      [1, 'RUNNING', 10],
      [1, 'FAILING', 34],
      [1, 'PENDING_RERUN', 34.1],
      [2, 'SUBMITTED', 45.4],
      [2, 'RUNNING', 46.1],
      [2, 'FAILING', 61.2],
      [2, 'FAILED', 61.2],
    ],
    driver: '1 Running, 1 exit 1, 2 Running, 2 exit 1',
    executors: ['executor-1: 1 Running, 1 exit 0, 2 Running, 2 exit 143'],
    late: '1 New, 1 SUBMITTED, 1 RUNNING, 1 FAILING, 1 PENDING_RERUN, 2 SUBMITTED, 2 RUNNING, 2 FAILING, 2 FAILED',
  },
  {
    folder: 'submission-fails',
    application: 'submission-fails',
    way: [
      [1, 'New', 0],
      [1, 'SUBMISSION_FAILED', 9.6],
      [2, 'SUBMISSION_FAILED', 14.3],
      [2, 'FAILED', 14.3],
    ],
    driver: '',
    executors: [],
    late: '1 New, 1 SUBMISSION_FAILED, 2 SUBMISSION_FAILED, 2 FAILED',
  },
  {
    folder: 'suspend-resume',
    application: 'suspend-resume',
    way: [
      [1, 'New', 0],
      [1, 'SUBMITTED', 6.1],
      [1, 'RUNNING', 7.4],
      [1, 'SUSPENDING', 17.7],
      [1, 'SUSPENDED', 17.8],
      [1, 'RESUMING', 30],
      [2, 'SUBMITTED', 34.1],
      [2, 'RUNNING', 35.4],
      [2, 'SUCCEEDING', 105.6],
      [2, 'COMPLETED', 105.6],
    ],
    driver: '1 Running, 1 exit 143, 2 Running, 2 exit 0',
    executors: ['executor-1: 1 Running, 1 exit 143, 2 Running, 2 exit 0'],
    late: '1 New, 1 SUBMITTED, 1 RUNNING, 1 SUSPENDING, 1 SUSPENDED, 1 RESUMING, 2 SUBMITTED, 2 RUNNING, 2 SUCCEEDING, 2 COMPLETED',
  },
  {
    folder: 'driver-deleted',
    application: 'driver-deleted',
    way: once(14.3, 14.8, 35.2, 'FAILING'),
    driver: '1 Running, 1 exit 143',
    executors: ['executor-1: 1 Running, 1 exit 143'],
    late: failed,
  },
  {
    folder: 'spec-edit-while-running',
    application: 'spec-edit-while-running',
    way: [
      [1, 'New', 0],
      [1, 'SUBMITTED', 10.3],
      [1, 'RUNNING', 10.7],
      [1, 'INVALIDATING', 24],
      [1, 'PENDING_RERUN', 24.1],
      [2, 'SUBMITTED', 33.8],
      [2, 'RUNNING', 34.8],
      [2, 'SUCCEEDING', 87],
      [2, 'COMPLETED', 87],
    ],
    driver: '1 Running, 1 exit 143, 2 Running, 2 exit 0',
    executors: ['executor-1: 1 Running, 1 exit 0, 2 Running, 2 exit 143', 'executor-2: 2 Running, 2 exit 143'],
    // Nothing that lasts tells of INVALIDATING.
    late: '1 New, 1 SUBMITTED, 1 RUNNING, 1 PENDING_RERUN, 2 SUBMITTED, 2 RUNNING, 2 SUCCEEDING, 2 COMPLETED',
  },
  {
    folder: 'unschedulable',
    application: 'unschedulable',
    way: [
      [1, 'New', 0],
      [1, 'SUBMITTED', 11.1],
    ],
    driver: '',
    executors: [],
    late: '1 New, 1 SUBMITTED',
  },
  {
    folder: 'image-missing',
    application: 'image-missing',
    way: [
      [1, 'New', 0],
      [1, 'SUBMITTED', 10.9],
    ],
    driver: '',
    executors: [],
    late: '1 New, 1 SUBMITTED',
  },
  {
    folder: 'exit-code-3',
    application: 'exit-code-3',
    way: once(8.4, 9.4, 27.5, 'FAILING'),
    driver: '1 Running, 1 exit 3',
    executors: ['executor-1: 1 Running, 1 exit 143'],
    late: failed,
  },
  {
    folder: 'task-fail',
    application: 'task-fail',
    way: once(9.4, 10.3, 28.4, 'FAILING'),
    driver: '1 Running, 1 exit 1',
    executors: ['executor-1: 1 Running, 1 exit 0'],
    late: failed,
  },
  {
    folder: 'scheduled',
    application: 'scheduled-1795255560001158783',
    way: once(8.1, 9.3, 32.3, 'SUCCEEDING'),
    driver: '1 Running, 1 exit 0',
    executors: ['executor-1: 1 Running, 1 exit 0'],
    late: fine,
  },
  {
    folder: 'scheduled',
    application: 'scheduled-1795255620001130476',
    way: once(15.7, 17.4, 49.6, 'SUCCEEDING'),
    driver: '1 Running, 1 exit 0',
    executors: ['executor-1: 1 Running, 1 exit 0'],
    late: fine,
  },
  {
    folder: 'ttl',
    application: 'ttl',
    way: once(15.2, 16.6, 50.7, 'SUCCEEDING'),
    driver: '1 Running, 1 exit 0',
    executors: ['executor-1: 1 Running, 1 exit 0'],
    late: '',
  },
];
