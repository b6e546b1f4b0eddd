import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Argument, argumentTexts, kubeflowArguments, podTemplate } from './index.ts';

const metadata = { name: 'pi', namespace: 'default', uid: 'u-1' };
const explain = (spec: object, more: object = {}) =>
  kubeflowArguments({ application: { metadata: { ...metadata, ...more }, spec }, id: 'id', master: 'k8s://https://h:1' });

function built(spec: object, more: object = {}): readonly Argument[] {
  const made = explain(spec, more);
  if (made.state === 'refused') throw new Error(made.message);
  return made.arguments;
}

/** The `--conf` texts whose key begins with `prefix`, in order. */
const confs = (list: readonly Argument[], prefix: string): string[] =>
  list.flatMap(({ texts: [name, text = ''] }) => (name === '--conf' && text.startsWith(prefix) ? [text] : []));

const everywhere = [
  ['--master', 'k8s://https://h:1'],
  ['--deploy-mode', ''],
  ['--name', 'pi'],
  ['--conf', 'spark.kubernetes.namespace=default'],
  ['--conf', 'spark.kubernetes.submission.waitAppCompletion=false'],
  ['--conf', 'spark.kubernetes.driver.podTemplateFile=/tmp/spark/id/driver-pod-template.yaml'],
  ['--conf', 'spark.kubernetes.driver.podTemplateContainerName=spark-kubernetes-driver'],
  ['--conf', 'spark.kubernetes.driver.pod.name=pi-driver'],
  ['--conf', 'spark.kubernetes.driver.label.sparkoperator.k8s.io/app-name=pi'],
  ['--conf', 'spark.kubernetes.driver.label.sparkoperator.k8s.io/launched-by-spark-operator=true'],
  ['--conf', 'spark.kubernetes.driver.label.sparkoperator.k8s.io/mutated-by-spark-operator=true'],
  ['--conf', 'spark.kubernetes.driver.label.sparkoperator.k8s.io/submission-id=id'],
  ['--conf', 'spark.kubernetes.executor.podTemplateFile=/tmp/spark/id/executor-pod-template.yaml'],
  ['--conf', 'spark.kubernetes.executor.podTemplateContainerName=spark-kubernetes-executor'],
  ['--conf', 'spark.kubernetes.executor.label.sparkoperator.k8s.io/app-name=pi'],
  ['--conf', 'spark.kubernetes.executor.label.sparkoperator.k8s.io/launched-by-spark-operator=true'],
  ['--conf', 'spark.kubernetes.executor.label.sparkoperator.k8s.io/mutated-by-spark-operator=true'],
  ['--conf', 'spark.kubernetes.executor.label.sparkoperator.k8s.io/submission-id=id'],
];

test('an empty spec still has these', () => {
  expect(built({}).map(({ texts }) => texts)).toEqual(everywhere);
});

test('empty is not absent, but for images, pull policy, memory overhead factor and user', () => {
  const empty = { memory: '', serviceAccount: '', image: '' };
  const spec = {
    image: '',
    imagePullPolicy: '',
    memoryOverheadFactor: '',
    proxyUser: '',
    mainClass: '',
    mainApplicationFile: '',
  };
  const deps = { jars: [''], files: [] };
  const texts = argumentTexts(built({ ...spec, deps, driver: { ...empty, podName: '' } }));
  expect(texts.slice(4, 10)).toEqual(['--class', '', '--name', 'pi', '--jars', '']);
  expect(texts).toEqual(expect.arrayContaining(['spark.driver.memory=', 'spark.kubernetes.driver.pod.name=pi-driver']));
  expect(texts.at(-1)).toBe('');
  expect(texts.join(' ')).not.toMatch(/image|memoryOverheadFactor|proxy-user|--files/);
});

test('an argument of the program is one text whatever is in it, and comes last', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (program, file) => {
      const texts = argumentTexts(built({ mainApplicationFile: file, arguments: program }));
      expect(texts.slice(everywhere.length * 2)).toEqual([file, ...program]);
    }),
  );
});

test('sparkConf wins over the image and loses to the driver', () => {
  const list = built({
    image: 'spec',
    sparkConf: { 'spark.kubernetes.container.image': 'conf', 'spark.driver.cores': '8' },
    driver: { cores: 1 },
  });
  expect(confs(list, 'spark.kubernetes.container.image=').at(-1)).toBe('spark.kubernetes.container.image=conf');
  expect(confs(list, 'spark.driver.cores')).toEqual(['spark.driver.cores=8', 'spark.driver.cores=1']);
});

test.each([
  [{ driver: { podName: 'a' }, sparkConf: { 'spark.kubernetes.driver.pod.name': 'b' } }, ['spec', 'driver', 'podName'], 'a'],
  [{ sparkConf: { 'spark.kubernetes.driver.pod.name': 'b' } }, ['spec', 'sparkConf', 'spark.kubernetes.driver.pod.name'], 'b'],
  [{ sparkConf: { 'spark.kubernetes.driver.pod.name': '' } }, 'operator', 'pi-driver'],
])('the name of the driver pod of %j', (spec, origin, name) => {
  const named = built(spec).filter(({ texts }) => texts[1]?.startsWith('spark.kubernetes.driver.pod.name='));
  expect(named).toEqual([{ texts: ['--conf', `spark.kubernetes.driver.pod.name=${name}`], origin }]);
});

test.each([
  ['3.5.7', false],
  ['v3.0.0', false],
  ['3.0', false],
  ['4.1.1-preview1', false],
  ['3.0.0-preview2', true],
  ['2.4.8', true],
  ['', true],
  ['latest', true],
])('with a template, Spark %s has the webhook change the pod: %s', (sparkVersion, isMutated) => {
  const label = 'spark.kubernetes.driver.label.sparkoperator.k8s.io/mutated-by-spark-operator';
  expect(confs(built({ sparkVersion, driver: { template: {} } }), label)).toHaveLength(isMutated ? 1 : 0);
});

test('labels: those of Kueue stay on the application, those of the pods are kept, later ones win over the operator’s', () => {
  const labels = { 'kueue.x-k8s.io/queue-name': 'q', 'sparkoperator.k8s.io/app-name': 'mine' };
  const list = confs(
    built({ driver: { labels: { 'kueue.x-k8s.io/queue-name': 'q' } } }, { labels }),
    'spark.kubernetes.driver.label.',
  );
  expect(list.filter((text) => text.includes('kueue'))).toEqual(['spark.kubernetes.driver.label.kueue.x-k8s.io/queue-name=q']);
  expect(list.findLast((text) => text.includes('app-name'))).toMatch(/=mine$/);
});

test.each([
  ['/mnt/x', 'GCPServiceAccount', '/mnt/x/key.json'],
  ['/a/../b//c/./', 'GCPServiceAccount', '/b/c/key.json'],
  ['/..', 'HadoopDelegationToken', '/hadoop.token'],
  ['../x', 'HadoopDelegationToken', '../x/hadoop.token'],
  ['', 'GCPServiceAccount', 'key.json'],
])('a secret at %s of type %s has its file at %s', (path, secretType, file) => {
  const list = confs(built({ executor: { secrets: [{ name: 's', path, secretType }] } }), 'spark.');
  expect(list).toContain(`spark.kubernetes.executor.secrets.s=${path}`);
  expect(list.find((text) => text.startsWith('spark.executorEnv.'))).toMatch(new RegExp(`=${file}$`));
});

test('a secret of an unknown type has no variable', () => {
  const secrets = ['gcpserviceaccount', 'constructor', ''].map((secretType) => ({ name: 's', path: '/p', secretType }));
  expect(confs(built({ driver: { secrets } }), 'spark.kubernetes.driverEnv')).toEqual([]);
});

describe('local directories', () => {
  const name = 'spark-local-dir-1';
  const mounted = (volume: object, mount: object = { mountPath: '/tmp/1' }) =>
    explain({ volumes: [{ name, ...volume }], driver: { volumeMounts: [{ name, ...mount }] } });
  const keys = (made: ReturnType<typeof explain>) =>
    made.state === 'refused' ? [] : confs(made.arguments, 'spark.kubernetes.driver.volumes.').map((text) => text.slice(32));

  test.each([
    [{ emptyDir: { sizeLimit: '2048Mi' } }, {}, ['emptyDir.spark-local-dir-1.options.sizeLimit=2Gi']],
    [{ emptyDir: {} }, { mountPath: '' }, []],
    [
      { hostPath: { path: '/d', type: '' } },
      {},
      ['hostPath.spark-local-dir-1.options.path=/d', 'hostPath.spark-local-dir-1.options.type='],
    ],
    [
      { persistentVolumeClaim: { claimName: 'c', readOnly: true } },
      { mountPath: '/m', subPath: 's', readOnly: true },
      ['mount.path=/m', 'mount.subPath=s', 'mount.readOnly=true', 'options.claimName=c', 'options.readOnly=true'].map(
        (rest) => `persistentVolumeClaim.spark-local-dir-1.${rest}`,
      ),
    ],
    [
      { nfs: { server: 'n', path: '/e', readOnly: false } },
      {},
      ['nfs.spark-local-dir-1.options.path=/e', 'nfs.spark-local-dir-1.options.server=n'],
    ],
  ])('%j mounted as %j', (volume, mount, expected) => {
    expect(keys(mounted(volume, mount))).toEqual(expected);
  });

  test.each([
    [{}, 'unsupported volume type', ['spec', 'volumes', 0]],
    [{ configMap: { name: 'c' } }, 'unsupported volume type', ['spec', 'volumes', 0]],
    [{ name: 'other', emptyDir: {} }, 'volume spark-local-dir-1 not found', ['spec', 'driver', 'volumeMounts', 0]],
  ])('%j is refused: %s', (volume, message, origin) => {
    expect(mounted(volume)).toEqual({
      state: 'refused',
      message: `failed to submit spark application: failed to build spark-submit arguments: ${message}`,
      origin,
    });
  });
});

test('monitoring writes over the user’s keys and after the user’s options', () => {
  const monitoring = { exposeDriverMetrics: true, prometheus: { jmxExporterJar: '/j.jar', port: 9000 } };
  const list = built({
    monitoring,
    sparkConf: { 'spark.metrics.conf': 'mine', 'spark.ui.port': '1' },
    driver: { javaOptions: '', annotations: { 'prometheus.io/port': '1' } },
  });
  expect(confs(list, 'spark.metrics')).toEqual([
    'spark.metrics.conf=/etc/metrics/conf/metrics.properties',
    'spark.metrics.namespace=default.pi',
  ]);
  expect(confs(list, 'spark.driver.extraJavaOptions')).toEqual([
    'spark.driver.extraJavaOptions= -javaagent:/j.jar=9000:/etc/metrics/conf/prometheus.yaml',
  ]);
  expect(confs(list, 'spark.kubernetes.driver.annotation.prometheus.io/port')).toEqual([
    'spark.kubernetes.driver.annotation.prometheus.io/port=9000',
  ]);
  expect(confs(list, 'spark.executor')).toEqual([]);
});

test('no dynamic allocation unless it is enabled; shuffle tracking is on unless it is turned off', () => {
  const allocation = { initialExecutors: 0, shuffleTrackingEnabled: false };
  expect(confs(built({ dynamicAllocation: { enabled: false, ...allocation } }), 'spark.dynamicAllocation')).toEqual([]);
  expect(confs(built({ dynamicAllocation: { enabled: true, ...allocation } }), 'spark.dynamicAllocation')).toEqual([
    'spark.dynamicAllocation.enabled=true',
    'spark.dynamicAllocation.initialExecutors=0',
    'spark.dynamicAllocation.shuffleTracking.enabled=false',
  ]);
  expect(built({ dynamicAllocation: { enabled: true } }).at(-1)?.origin).toBe('operator');
});

test('a template keeps its owners and containers, and gets Spark’s container', () => {
  const template = {
    metadata: { ownerReferences: [{ kind: 'X' }] },
    spec: { containers: [{ name: 'side' }], hostNetwork: true },
  };
  const made = podTemplate({ metadata, spec: { executor: { template } } }, 'executor');
  expect(made).toEqual({
    metadata: {
      creationTimestamp: null,
      ownerReferences: [
        { kind: 'X' },
        { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', name: 'pi', uid: 'u-1' },
      ],
    },
    spec: {
      hostNetwork: true,
      containers: [
        { name: 'side', resources: {} },
        { name: 'spark-kubernetes-executor', resources: {} },
      ],
    },
  });
});

test('whatever the application looks like, a list comes out', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (application, spec) => {
      for (const each of [application, { spec }, { metadata, spec: { driver: spec, executor: spec, deps: spec } }]) {
        expect(kubeflowArguments({ application: each, id: 'id', master: 'm' }).state).toMatch(/built|refused/);
      }
    }),
  );
});
