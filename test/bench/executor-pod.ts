import type { JsonObject } from '../../electron/demo/cluster.ts';

const APPLICATION = 'spark-6f2b7c0e4f6d4d6f9c1b5b0e3a7d9c21';
const STARTED = '2026-01-31T12:00:00Z';
const ENDED = '2026-01-31T12:07:30Z';
const environment: Record<string, string> = {
  SPARK_USER: 'spark',
  SPARK_DRIVER_URL: 'spark://CoarseGrainedScheduler@orders-driver-svc.analytics.svc:7078',
  SPARK_EXECUTOR_CORES: '1',
  SPARK_EXECUTOR_MEMORY: '1024m',
  SPARK_APPLICATION_ID: APPLICATION,
  SPARK_CONF_DIR: '/opt/spark/conf',
  SPARK_RESOURCE_PROFILE_ID: '0',
  SPARK_JAVA_OPT_0: '-Dspark.driver.port=7078',
  SPARK_JAVA_OPT_1: '-Dspark.driver.blockManager.port=7079',
  SPARK_JAVA_OPT_2: '-Dspark.ui.port=4040',
  SPARK_LOCAL_DIRS: '/var/data/spark-2f4c',
};

/** An executor that has ended, with the fields, and so the size, that Spark's Kubernetes client and the kubelet give it; without an owner, for it has none here. */
export function executorPod(number: number, namespace: string): JsonObject {
  const name = `orders-${String(number).padStart(5, '0')}-exec-${(number % 20) + 1}`;
  const ip = `10.85.${(number >> 8) & 255}.${number & 255}`;
  const condition = (type: string, status: string, reason: string | null): JsonObject => ({
    type,
    status,
    lastProbeTime: null,
    lastTransitionTime: status === 'True' ? STARTED : ENDED,
    ...(reason === null ? {} : { reason }),
  });
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      namespace,
      generation: 1,
      labels: {
        'spark-app-name': 'orders',
        'spark-app-selector': APPLICATION,
        'spark-exec-id': String((number % 20) + 1),
        'spark-exec-resourceprofile-id': '0',
        'spark-role': 'executor',
        'spark-version': '3.5.7',
        'sparkoperator.k8s.io/app-name': 'orders',
        'sparkoperator.k8s.io/launched-by-spark-operator': 'true',
        'sparkoperator.k8s.io/submission-id': '0c1f8d2e-8a61-4f0a-9f0e-2b8f3b0b6a10',
      },
    },
    spec: {
      volumes: [
        { name: 'spark-conf-volume-exec', configMap: { name: 'spark-exec-3b1a9b9a7d4e-conf-map', defaultMode: 420 } },
        { name: 'spark-local-dir-1', emptyDir: {} },
      ],
      containers: [
        {
          name: 'spark-kubernetes-executor',
          image: 'registry.example.com/spark:3.5.7',
          args: ['executor'],
          ports: [{ name: 'blockmanager', containerPort: 7079, protocol: 'TCP' }],
          env: [
            ...Object.entries(environment).map(([key, value]) => ({ name: key, value })),
            { name: 'SPARK_EXECUTOR_ID', value: String((number % 20) + 1) },
            { name: 'SPARK_EXECUTOR_POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
            { name: 'SPARK_EXECUTOR_POD_IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
          ],
          resources: { limits: { memory: '1408Mi' }, requests: { cpu: '1', memory: '1408Mi' } },
          volumeMounts: [
            { name: 'spark-conf-volume-exec', mountPath: '/opt/spark/conf' },
            { name: 'spark-local-dir-1', mountPath: '/var/data/spark-2f4c' },
          ],
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          imagePullPolicy: 'IfNotPresent',
        },
      ],
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'spark',
      nodeName: `demo-${(number % 3) + 1}`,
      hostname: name,
      schedulerName: 'default-scheduler',
      tolerations: ['not-ready', 'unreachable'].map((key) => ({
        key: `node.kubernetes.io/${key}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
      priority: 0,
    },
    status: {
      phase: 'Succeeded',
      conditions: [
        condition('PodReadyToStartContainers', 'False', null),
        condition('Initialized', 'True', 'PodCompleted'),
        condition('Ready', 'False', 'PodCompleted'),
        condition('ContainersReady', 'False', 'PodCompleted'),
        condition('PodScheduled', 'True', null),
      ],
      hostIP: '10.84.0.1',
      podIP: ip,
      podIPs: [{ ip }],
      startTime: STARTED,
      containerStatuses: [
        {
          name: 'spark-kubernetes-executor',
          state: {
            terminated: {
              exitCode: 0,
              reason: 'Completed',
              startedAt: STARTED,
              finishedAt: ENDED,
              containerID: `containerd://${String(number).padStart(64, '0')}`,
            },
          },
          lastState: {},
          ready: false,
          restartCount: 0,
          image: 'registry.example.com/spark:3.5.7',
          imageID: 'registry.example.com/spark@sha256:4f6d1d2c8b7a9e3f0c5b6a7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b',
          containerID: `containerd://${String(number).padStart(64, '0')}`,
          started: false,
        },
      ],
      qosClass: 'Burstable',
    },
  };
}
