import { describe, expect, test } from 'vitest';
import { at, type JsonObject, listOf } from '../../json.ts';
import { withDefaults } from './webhook-defaults.ts';
import { mutatedPod } from './webhook-pod.ts';
import { refusalOf } from './webhook-validation.ts';

describe('defaults', () => {
  test('complete what is not said', () => {
    expect(withDefaults({ mainClass: 'a' })).toEqual({
      type: 'Scala',
      mode: 'cluster',
      mainClass: 'a',
      restartPolicy: { type: 'Never' },
      driver: { cores: 1, memory: '1g' },
      executor: { cores: 1, memory: '1g', instances: 1 },
    });
  });

  test('give a restart policy its intervals, and leave what is said', () => {
    const restartPolicy = { type: 'OnFailure', onFailureRetryInterval: 60 };
    expect(withDefaults({ restartPolicy, driver: { cores: 2 } })).toMatchObject({
      restartPolicy: { type: 'OnFailure', onFailureRetryInterval: 60, onSubmissionFailureRetryInterval: 5 },
      driver: { cores: 2, memory: '1g' },
    });
  });

  test('leave to sparkConf what it says, and to dynamic allocation how many', () => {
    const spec = withDefaults({ dynamicAllocation: { enabled: true }, sparkConf: { 'spark.executor.memory': '4g' } });
    expect(spec.executor).toEqual({ cores: 1 });
    expect(spec.dynamicAllocation).toEqual({ enabled: true, shuffleTrackingEnabled: true });
  });
});

describe('a pod', () => {
  const pod = (role: string): JsonObject => ({
    metadata: { name: 'pi-driver', labels: { 'spark-role': role } },
    spec: {
      containers: [{ name: `spark-kubernetes-${role}`, env: [{ name: 'A' }], resources: { limits: { memory: '896Mi' } } }],
      volumes: [{ name: 'spark-local-dir-1' }],
      schedulerName: 'default-scheduler',
    },
  });
  const application = (spec: JsonObject): JsonObject => ({ spec });
  const first = (object: JsonObject) => listOf(at(object, 'spec', 'containers'))[0];

  test('of an application that says nothing more stays as it is', () => {
    expect(mutatedPod(pod('driver'), application({ driver: { cores: 1 } }))).toEqual(pod('driver'));
  });

  test('gets the fields of its own side', () => {
    const spec = {
      driver: {
        env: [{ name: 'B', value: 'b' }],
        memoryLimit: '2Gi',
        nodeSelector: { disk: 'ssd' },
        priorityClassName: 'high',
        schedulerName: 'mine',
        sidecars: [{ name: 'proxy' }],
        tolerations: [{ key: 'spot' }],
      },
      executor: { env: [{ name: 'C' }] },
    };
    const changed = mutatedPod(pod('driver'), application(spec));
    expect(changed.spec).toMatchObject({
      nodeSelector: { disk: 'ssd' },
      priorityClassName: 'high',
      schedulerName: 'mine',
      tolerations: [{ key: 'spot' }],
      containers: [{ name: 'spark-kubernetes-driver' }, { name: 'proxy' }],
    });
    expect(first(changed)).toMatchObject({ env: [{ name: 'A' }, { name: 'B' }], resources: { limits: { memory: '2Gi' } } });
    expect(at(first(mutatedPod(pod('executor'), application(spec))), 'env')).toEqual([{ name: 'A' }, { name: 'C' }]);
  });

  test('gets its volumes and ConfigMaps; a mount without its volume is left out', () => {
    const spec = {
      sparkConfigMap: 'conf',
      volumes: [{ name: 'data', emptyDir: {} }, { name: 'spark-local-dir-x' }],
      driver: {
        volumeMounts: ['data', 'spark-local-dir-x', 'nowhere'].map((name) => ({ name, mountPath: `/${name}` })),
        configMaps: [{ name: 'more', path: '/more' }],
      },
    };
    const changed = mutatedPod(pod('driver'), application(spec));
    const names = listOf(at(changed, 'spec', 'volumes')).map((volume) => at(volume, 'name'));
    expect(names).toEqual(['spark-local-dir-1', 'spark-configmap-volume', 'more-vol', 'data']);
    expect(first(changed)).toMatchObject({
      env: [{ name: 'A' }, { name: 'SPARK_CONF_DIR', value: '/etc/spark/conf' }],
      volumeMounts: [
        { name: 'spark-configmap-volume', mountPath: '/etc/spark/conf' },
        { name: 'more-vol', mountPath: '/more' },
        { name: 'data', mountPath: '/data' },
      ],
    });
  });
});

test.each<[string, JsonObject, RegExp]>([
  ['1st', {}, /DNS-1035/],
  ['a'.repeat(64), {}, /DNS-1035/],
  ['pi', { sparkVersion: '2.4.8', driver: { template: {} } }, /3\.0\.0/],
  ['pi', { nodeSelector: { a: 'b' }, executor: { nodeSelector: { a: 'c' } } }, /node selector/],
  ['pi', { driverIngressOptions: [{ ingressURLFormat: 'a' }] }, /nil ServicePort/],
  ['pi', { driverIngressOptions: [{ servicePort: 1 }] }, /empty IngressURLFormat/],
  [
    'pi',
    { driverIngressOptions: [1, 1].map((servicePort, index) => ({ servicePort, ingressURLFormat: `${index}` })) },
    /duplicate ServicePort/,
  ],
  ['pi', { sparkConf: { 'spark.master': 'local' } }, /spark\.master/],
  ['pi', { sparkConf: { 'spark.kubernetes.authenticate.submission.oauthToken': 'x' } }, /oauthToken/],
  ['pi', { sparkConf: { 'spark.kubernetes.namespace': 'elsewhere' } }, /spark\.kubernetes\.namespace/],
])('%s with %o is refused', (name, spec, why) => {
  expect(refusalOf({ metadata: { name, namespace: 'default' }, spec })).toMatch(why);
});

test('an ordinary application is not refused', () => {
  const spec = { sparkVersion: '3.5.7', driver: { template: {} }, sparkConf: { 'spark.kubernetes.namespace': 'default' } };
  expect(refusalOf({ metadata: { name: 'pi', namespace: 'default' }, spec })).toBeNull();
});
