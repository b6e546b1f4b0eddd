import { expect, test } from 'vitest';
import { configMaps, secrets } from '../api/kinds.ts';
import { createStore } from '../api/store.ts';
import { createTime } from '../time.ts';
import { containerOf, environmentOf, mountedFiles } from './mounts.ts';

const store = createStore(createTime(1));
const metadata = (name: string) => ({ name, namespace: 'default' });
store.put(configMaps, {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata('settings'),
  data: { 'spark.properties': 'a=b\n', level: 'INFO' },
});
store.put(secrets, {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: metadata('keys'),
  data: { token: Buffer.from('hidden').toString('base64') },
});

const container = {
  name: 'main',
  envFrom: [{ prefix: 'CONF_', configMapRef: { name: 'settings' } }],
  env: [
    { name: 'PLAIN', value: 'one' },
    { name: 'USED', value: '$(PLAIN) and $(MISSING)' },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'keys', key: 'token' } } },
    { name: 'ADDRESS', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'ROLE', valueFrom: { fieldRef: { fieldPath: "metadata.labels['spark-role']" } } },
  ],
  volumeMounts: [
    { name: 'conf', mountPath: '/opt/spark/conf/' },
    { name: 'conf', mountPath: '/etc/one-file', subPath: 'level' },
    { name: 'chosen', mountPath: '/etc/chosen' },
    { name: 'scratch', mountPath: '/scratch' },
  ],
};
const pod = {
  metadata: { ...metadata('pod'), labels: { 'spark-role': 'driver' } },
  spec: {
    initContainers: [{ name: 'first' }],
    containers: [container],
    volumes: [
      { name: 'conf', configMap: { name: 'settings' } },
      { name: 'chosen', projected: { sources: [{ secret: { name: 'keys', items: [{ key: 'token', path: 'a/b' }] } }] } },
      { name: 'scratch', emptyDir: {} },
    ],
  },
  status: { podIP: '10.0.0.7' },
};

test('volumes are files', () => {
  expect(mountedFiles({ store }, pod, container)).toEqual({
    '/var/run/secrets/kubernetes.io/serviceaccount/namespace': 'default',
    '/opt/spark/conf/spark.properties': 'a=b\n',
    '/opt/spark/conf/level': 'INFO',
    '/etc/one-file': 'INFO',
    '/etc/chosen/a/b': 'hidden',
    '/scratch/.keep': '',
  });
});

test('the environment has what the container names, wherever it comes from', () => {
  expect(environmentOf({ store }, pod, container)).toMatchObject({
    HOSTNAME: 'pod',
    SPARK_HOME: '/opt/spark',
    CONF_level: 'INFO',
    PLAIN: 'one',
    USED: 'one and $(MISSING)',
    TOKEN: 'hidden',
    ADDRESS: '10.0.0.7',
    ROLE: 'driver',
  });
});

test('a container is found by its name, an init container too', () => {
  expect(containerOf(pod, 'first')).toEqual({ name: 'first' });
  expect(containerOf(pod, 'nobody')).toEqual({});
});
