import { describe, expect, test } from 'vitest';
import { configMaps, services } from '../api/kinds.ts';
import { ApiError } from '../api/status.ts';
import { at, type JsonObject, labelsOf, listOf, metadataOf, nameOf, textOf, uidOf } from '../json.ts';
import { readProperties } from './properties.ts';
import { sparkSubmit, submissionFailure } from './submit.ts';
import { bareWorld } from './world.fixture.ts';

const user = 'system:serviceaccount:spark-operator:operator';
const command = (more: string[] = [], application = ['local:///opt/app.jar', 'pi', '3']): string[] => [
  ...['--master', 'k8s://https://10.0.0.1:6443', '--deploy-mode', 'cluster', '--class', 'a.B', '--name', 'orders'],
  ...['--conf', 'spark.kubernetes.container.image=spark:3.5.7', '--conf', 'spark.kubernetes.namespace=default'],
  ...more.flatMap((setting) => ['--conf', setting]),
  ...application,
];
const submitted = async (more: string[] = [], application?: string[]): Promise<JsonObject> =>
  (await sparkSubmit(bareWorld(), command(more, application), { user })).driver;
const container = (pod: JsonObject) => at(listOf(at(pod, 'spec', 'containers')).at(-1));
const names = (list: unknown[]) =>
  list.map((entry) => (typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : ''));

describe('spark-submit', () => {
  test('makes the pod first, then service and ConfigMaps that it owns', async () => {
    const world = bareWorld();
    const order: string[] = [];
    world.store.subscribe(({ object }) => order.push(textOf(object.kind)));
    const { driver } = await sparkSubmit(world, command(), { user, executorTemplate: { spec: { containers: [] } } });
    expect(order).toEqual(['Pod', 'Service', 'ConfigMap', 'ConfigMap']);
    const [service] = world.store.list(services, 'default');
    const maps = world.store.list(configMaps, 'default');
    for (const object of [service, ...maps]) {
      expect(metadataOf(object ?? {}).ownerReferences).toEqual([
        { apiVersion: 'v1', kind: 'Pod', name: nameOf(driver), uid: uidOf(driver), controller: true },
      ]);
    }
    expect(at(service, 'spec', 'selector')).toEqual(labelsOf(driver));
    const properties = readProperties(textOf(at(maps.at(-1), 'data', 'spark.properties')));
    expect(Object.fromEntries(properties)).toMatchObject({
      'spark.app.id': labelsOf(driver)['spark-app-selector'],
      'spark.driver.host': `${nameOf(service ?? {})}.default.svc`,
      'spark.jars': 'local:///opt/app.jar',
      'spark.kubernetes.executor.podTemplateFile': '/opt/spark/pod-template/pod-spec-template.yml',
    });
  });

  test('without a template or name of its own there is one ConfigMap and a name made of the application', async () => {
    const driver = await submitted();
    expect(nameOf(driver)).toMatch(/^orders-[0-9a-f]{16}-driver$/);
    expect(names(listOf(at(driver, 'spec', 'volumes')))).toEqual(['spark-local-dir-1', 'spark-conf-volume-driver']);
    expect(container(driver)).toMatchObject({
      args: [
        'driver',
        '--properties-file',
        '/opt/spark/conf/spark.properties',
        '--class',
        'a.B',
        'local:///opt/app.jar',
        'pi',
        '3',
      ],
      resources: { limits: { memory: '1408Mi' }, requests: { cpu: '1', memory: '1408Mi' } },
      imagePullPolicy: 'IfNotPresent',
    });
  });

  test('a name too long for a service gets the short form', async () => {
    const world = bareWorld();
    await sparkSubmit(
      world,
      [...command(), ...[]].map((word) => (word === 'orders' ? 'o'.repeat(40) : word)),
      { user },
    );
    expect(nameOf(world.store.list(services, 'default')[0] ?? {})).toMatch(/^spark-[0-9a-f]{16}-driver-svc$/);
  });

  test('Python has more memory beside the heap and a runner of its own', async () => {
    const driver = await submitted(['spark.driver.memory=4g'], ['local:///jobs/etl.py', '2026']);
    expect(container(driver)).toMatchObject({
      args: expect.arrayContaining(['org.apache.spark.deploy.PythonRunner', 'local:///jobs/etl.py', '2026']),
      resources: { requests: { memory: '5734Mi' } },
    });
  });

  test('cores, labels, secrets, volumes, selectors and pull secrets are in the pod', async () => {
    const driver = await submitted([
      'spark.driver.cores=2',
      'spark.kubernetes.driver.request.cores=500m',
      'spark.kubernetes.driver.limit.cores=1500m',
      'spark.kubernetes.driver.label.team=pricing',
      'spark.kubernetes.driver.annotation.example.com/owner=me',
      'spark.kubernetes.driverEnv.STAGE=test',
      'spark.kubernetes.driver.secrets.tls=/mnt/tls',
      'spark.kubernetes.driver.secretKeyRef.PASSWORD=db:password',
      'spark.kubernetes.driver.volumes.emptyDir.spark-local-dir-fast.mount.path=/fast',
      'spark.kubernetes.driver.volumes.emptyDir.spark-local-dir-fast.options.sizeLimit=1Gi',
      'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.mount.path=/data',
      'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.mount.readOnly=true',
      'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.claimName=orders',
      'spark.kubernetes.node.selector.pool=finance',
      'spark.kubernetes.container.image.pullSecrets=one,two',
      'spark.kubernetes.authenticate.driver.serviceAccountName=spark',
    ]);
    expect(driver).toMatchObject({
      metadata: { labels: { team: 'pricing', 'spark-role': 'driver' }, annotations: { 'example.com/owner': 'me' } },
      spec: {
        serviceAccountName: 'spark',
        nodeSelector: { pool: 'finance' },
        imagePullSecrets: [{ name: 'one' }, { name: 'two' }],
        volumes: [
          { name: 'tls-volume', secret: { secretName: 'tls' } },
          { name: 'spark-local-dir-fast', emptyDir: { sizeLimit: '1Gi' } },
          { name: 'data', persistentVolumeClaim: { claimName: 'orders', readOnly: true } },
          { name: 'spark-conf-volume-driver' },
        ],
      },
    });
    expect(container(driver)).toMatchObject({
      resources: { limits: { cpu: '1500m' }, requests: { cpu: '500m' } },
      env: expect.arrayContaining([
        { name: 'STAGE', value: 'test' },
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
        { name: 'SPARK_LOCAL_DIRS', value: '/fast' },
      ]),
    });
  });

  test('a template keeps its owner, its sidecar and its own settings; Spark’s come above', async () => {
    const owner = { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', name: 'orders', uid: 'u' };
    const driverTemplate = {
      metadata: { creationTimestamp: null, labels: { own: 'yes' }, ownerReferences: [owner] },
      spec: {
        tolerations: [{ key: 'spark', operator: 'Exists' }],
        containers: [
          { name: 'main', image: 'old', env: [{ name: 'A', value: '1' }], resources: { limits: { 'nvidia.com/gpu': '1' } } },
          { name: 'sidecar', image: 'proxy' },
        ],
      },
    };
    const { driver } = await sparkSubmit(bareWorld(), command(['spark.kubernetes.driver.podTemplateContainerName=main']), {
      user,
      driverTemplate,
    });
    expect(metadataOf(driver)).toMatchObject({ labels: { own: 'yes', 'spark-role': 'driver' }, ownerReferences: [owner] });
    expect(metadataOf(driver).creationTimestamp).not.toBeNull();
    expect(at(driver, 'spec', 'tolerations')).toHaveLength(1);
    expect(names(listOf(at(driver, 'spec', 'containers')))).toEqual(['sidecar', 'main']);
    expect(container(driver)).toMatchObject({
      image: 'spark:3.5.7',
      env: expect.arrayContaining([{ name: 'A', value: '1' }]),
      resources: { limits: { 'nvidia.com/gpu': '1', memory: '1408Mi' } },
    });
  });
});

describe('a refused submission', () => {
  const attempt = { master: 'https://10.0.0.1:6443', namespace: 'default', user, now: Date.UTC(2026, 10, 21) };
  const failureOf = async (more: string[], application?: string[], refusal: ApiError | null = null): Promise<string | null> => {
    const submission = sparkSubmit(
      bareWorld(() => refusal),
      command(more, application),
      { user },
    );
    return submission.then(
      () => 'accepted',
      (error: unknown) => submissionFailure(error, attempt),
    );
  };

  test.each([
    ['a file of the machine', [], ['/home/me/app.jar'], 'Error: Please specify spark.kubernetes.file.upload.path property.'],
    ['no image', ['spark.kubernetes.container.image='], undefined, 'Error: Must specify the driver container image'],
    [
      'a label of Spark’s own',
      ['spark.kubernetes.driver.label.spark-role=boss'],
      undefined,
      'Error: Label with key spark-role is not allowed as it is reserved for Spark bookkeeping operations.',
    ],
  ])('%s', async (_, more, application, words) => expect(await failureOf(more, application)).toBe(words));

  test('says what the server said, in the words of the client', async () => {
    const text = await failureOf([], undefined, new ApiError(403, 'Forbidden', 'pods "x" is forbidden: exceeded quota: compute'));
    expect(text?.split('\n').find((line) => line.startsWith('Exception'))).toBe(
      'Exception in thread "main" io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: POST at: ' +
        "https://10.0.0.1:6443/api/v1/namespaces/default/pods. Message: Forbidden!Configured service account doesn't have access. " +
        'Service account may have been revoked. pods "x" is forbidden: exceeded quota: compute.',
    );
  });

  test('that is not a 403 carries the whole Status', async () => {
    const details = { name: 'x', kind: 'pods' };
    const text = await failureOf([], undefined, new ApiError(409, 'AlreadyExists', 'pods "x" already exists', details));
    expect(text).toContain(
      'Message: pods "x" already exists. Received status: Status(apiVersion=v1, code=409, details=StatusDetails(',
    );
    expect(text).toContain('reason=AlreadyExists, status=Failure');
  });

  test('another error is nobody’s refusal', () => expect(submissionFailure(new TypeError('x'), attempt)).toBeNull());
});
