/** One pod of a run; every time is in seconds before the picture is taken. */
export interface CastPod {
  created: number;
  scheduled?: number;
  started?: number;
  ended?: { ago: number; exitCode: number; reason: string };
  /** Why its container waits. */
  waiting?: { reason: string; message: string };
}

/** One application of the pictures. `state` is the operator's word. */
export interface Cast {
  name: string;
  namespace: string;
  state: string;
  created: number;
  /** When each attempt was submitted, began to run and ended. The pods are those of the last one. */
  attempts: { submitted: number; running?: number; ended?: number }[];
  message?: string;
  instances: number;
  driver?: CastPod;
  executors?: CastPod[];
  image?: string;
  spec?: Record<string, string | boolean>;
  retries?: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** An executor that runs since so many seconds. */
const runs = (started: number): CastPod => ({ created: started + 3, scheduled: started + 3, started });

/** A run that ended well and left its driver. */
function done(name: string, namespace: string, created: number, seconds: number, instances: number): Cast {
  const ended = created - 9 - seconds;
  return {
    name,
    namespace,
    state: 'COMPLETED',
    created,
    attempts: [{ submitted: created - 1, running: created - 14, ended }],
    instances,
    driver: {
      created: created - 9,
      scheduled: created - 9,
      started: created - 12,
      ended: { ago: ended, exitCode: 0, reason: 'Completed' },
    },
  };
}

export const RUNNING = 'orders-daily';
export const FAILED = 'ledger-reconcile';

/** A morning of three teams on one cluster. */
export const cast: readonly Cast[] = [
  {
    name: 'weather-ingest',
    namespace: 'analytics',
    state: 'SUBMITTED',
    created: 11,
    attempts: [{ submitted: 10 }],
    instances: 2,
    driver: { created: 2, scheduled: 2, waiting: { reason: 'ContainerCreating', message: '' } },
  },
  {
    name: RUNNING,
    namespace: 'analytics',
    state: 'RUNNING',
    created: 271,
    attempts: [{ submitted: 270, running: 252 }],
    instances: 4,
    driver: { created: 261, scheduled: 261, started: 254 },
    executors: [runs(221), runs(220), runs(214), runs(187)],
  },
  {
    name: 'fraud-features-hourly',
    namespace: 'payments',
    state: 'SUBMITTED',
    created: 9 * MINUTE,
    attempts: [{ submitted: 9 * MINUTE - 1 }],
    instances: 6,
    image: 'registry.example.com/payments/fraud:2026.03',
    driver: {
      created: 9 * MINUTE - 9,
      scheduled: 9 * MINUTE - 9,
      waiting: {
        reason: 'ImagePullBackOff',
        message:
          'Back-off pulling image "registry.example.com/payments/fraud:2026.03": ErrImagePull: registry.example.com/payments/fraud:2026.03: not found',
      },
    },
  },
  {
    name: 'invoices-export',
    namespace: 'payments',
    state: 'FAILING',
    created: 14 * MINUTE,
    attempts: [{ submitted: 14 * MINUTE - 1, running: 13 * MINUTE, ended: 40 }],
    message: 'driver container failed with ExitCode: 1, Reason: Error',
    instances: 2,
    retries: 3,
    driver: {
      created: 14 * MINUTE - 9,
      scheduled: 14 * MINUTE - 9,
      started: 13 * MINUTE + 4,
      ended: { ago: 40, exitCode: 1, reason: 'Error' },
    },
  },
  {
    name: 'clickstream-sessions',
    namespace: 'analytics',
    state: 'RUNNING',
    created: 26 * MINUTE,
    attempts: [{ submitted: 26 * MINUTE - 1, running: 25 * MINUTE }],
    instances: 6,
    driver: { created: 26 * MINUTE - 9, scheduled: 26 * MINUTE - 9, started: 25 * MINUTE + 10 },
    executors: [runs(1460), runs(1459), runs(1458), runs(1452), runs(1449), runs(1440)],
  },
  {
    name: FAILED,
    namespace: 'payments',
    state: 'FAILED',
    created: 47 * MINUTE,
    attempts: [
      { submitted: 47 * MINUTE - 1, running: 47 * MINUTE - 18, ended: 42 * MINUTE },
      { submitted: 41 * MINUTE, running: 41 * MINUTE - 17, ended: 34 * MINUTE },
    ],
    message: 'driver container failed with ExitCode: 137, Reason: OOMKilled',
    instances: 3,
    retries: 1,
    driver: {
      created: 41 * MINUTE - 9,
      scheduled: 41 * MINUTE - 9,
      started: 41 * MINUTE - 15,
      ended: { ago: 34 * MINUTE, exitCode: 137, reason: 'OOMKilled' },
    },
  },
  done('inventory-snapshot', 'analytics', 1.2 * HOUR, 412, 3),
  done('ledger-close', 'payments', 1.6 * HOUR, 1_873, 4),
  {
    name: 'backfill-2025',
    namespace: 'analytics',
    state: 'SUSPENDED',
    created: 2.2 * HOUR,
    attempts: [{ submitted: 2.2 * HOUR - 1 }],
    instances: 12,
    spec: { suspend: true },
  },
  done('customer-segments', 'analytics', 3.1 * HOUR, 2_540, 6),
  {
    name: 'recommendations-train',
    namespace: 'ml',
    state: 'FAILED',
    created: 4.5 * HOUR,
    attempts: [{ submitted: 4.5 * HOUR - 1 }],
    message:
      'failed to submit spark application: failed to run spark-submit: Exception in thread "main" io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: POST at: https://10.0.0.1/api/v1/namespaces/ml/pods. Message: pods "recommendations-train-driver" is forbidden: exceeded quota: team, requested: requests.memory=24Gi, used: requests.memory=182Gi, limited: requests.memory=200Gi.',
    instances: 8,
  },
  done('embeddings-refresh', 'ml', 5.4 * HOUR, 5_130, 8),
  done('orders-hourly-0600', 'analytics', 6.2 * HOUR, 184, 2),
  done('orders-hourly-0500', 'analytics', 7.2 * HOUR, 191, 2),
  done('settlement-report', 'payments', 8.3 * HOUR, 655, 2),
  done('orders-hourly-0400', 'analytics', 8.4 * HOUR, 179, 2),
  done('churn-scores', 'ml', 9.8 * HOUR, 3_320, 4),
];
