import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationsPath, configMap, corePath, ownNamespace, readObject, sleepingApplication } from './objects.ts';
import { failureOf, openTarget, type Target, unique, until } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
});

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

const create = (path: string, body: unknown, query: Record<string, string> = {}) =>
  target.admin.request({ method: 'POST', path, body, query });

describe('an object', () => {
  test('is created, read, patched and deleted', async () => {
    const path = applicationsPath(own.namespace);
    const name = unique('life');
    const created = await create(path, sleepingApplication(name));
    expect(created.status).toBe(201);
    const object = readObject(created.body);
    expect(object.metadata).toMatchObject({ name, namespace: own.namespace, generation: 1 });
    expect(object.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(object.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    const patch = { method: 'PATCH', path: `${path}/${name}`, contentType: 'application/merge-patch+json' } as const;
    const labelled = readObject((await target.admin.request({ ...patch, body: { metadata: { labels: { a: 'b' } } } })).body);
    expect(labelled.metadata.labels).toEqual({ a: 'b' });
    expect(labelled.metadata.generation).toBe(1);
    const edited = readObject((await target.admin.request({ ...patch, body: { spec: { image: 'other' } } })).body);
    expect(edited.metadata.generation).toBe(2);
    expect(Number(edited.metadata.resourceVersion)).toBeGreaterThan(Number(object.metadata.resourceVersion));

    const deleted = await target.admin.request({ method: 'DELETE', path: `${path}/${name}` });
    expect(deleted.body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name, group: 'sparkoperator.k8s.io', kind: 'sparkapplications', uid: object.metadata.uid },
    });
    const gone = await failureOf(target.admin.request({ method: 'GET', path: `${path}/${name}` }));
    expect(gone).toEqual({ code: 'not-found', kind: 'sparkapplications', namespace: own.namespace, name });
  });

  test('takes a generated name', async () => {
    const body = { ...sleepingApplication(''), metadata: { generateName: 'contract-gen-' } };
    const object = readObject((await create(applicationsPath(own.namespace), body)).body);
    expect(object.metadata.name).toMatch(/^contract-gen-[a-z0-9]{5}$/);
  });

  test('has a status that only its subresource writes', async () => {
    const path = applicationsPath(own.namespace);
    const name = unique('status');
    await create(path, { ...sleepingApplication(name), status: { applicationState: { state: 'MADE-UP' } } });
    await until('the operator suspends it', 20, async () => {
      const { status } = readObject((await target.admin.request({ method: 'GET', path: `${path}/${name}` })).body);
      return JSON.stringify(status ?? {}).includes('SUSPENDED') ? status : null;
    });
    const answer = await target.admin.request({
      method: 'PATCH',
      path: `${path}/${name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: { applicationState: { state: 'WRITTEN' } }, spec: { image: 'ignored' } },
    });
    expect(answer.body).toMatchObject({ status: { applicationState: { state: 'WRITTEN' } }, metadata: { generation: 1 } });
    expect(readObject(answer.body).spec).not.toHaveProperty('image');
  });

  test('of its owner goes with it', async () => {
    const path = corePath(own.namespace, 'configmaps');
    const owner = readObject((await create(path, configMap(unique('owner')))).body);
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: owner.metadata.name, uid: owner.metadata.uid };
    const name = unique('owned');
    await create(path, { ...configMap(name), metadata: { name, ownerReferences: [reference] } });
    await target.admin.request({ method: 'DELETE', path: `${path}/${owner.metadata.name}` });
    const failure = await until('the garbage collector', 25, () =>
      failureOf(target.admin.request({ method: 'GET', path: `${path}/${name}` })).catch(() => null),
    );
    expect(failure.code).toBe('not-found');
  });
});

describe('a refusal', () => {
  test('says that a name is taken', async () => {
    const path = corePath(own.namespace, 'configmaps');
    const name = unique('taken');
    await create(path, configMap(name));
    const failure = await failureOf(create(path, configMap(name)));
    expect(failure).toEqual({ code: 'name-taken', kind: 'configmaps', namespace: own.namespace, name });
  });

  test('names every wrong field', async () => {
    const spec = { type: 'Cobol', driver: { cores: 'two' }, executor: { instances: -1 } };
    const failure = await failureOf(create(applicationsPath(own.namespace), sleepingApplication('wrong', spec)));
    expect(failure.code).toBe('invalid');
    const causes = failure.code === 'invalid' ? failure.causes : [];
    const byField = new Map(causes.map((cause) => [cause.field, cause.message]));
    expect([...byField.keys()].sort()).toEqual(['spec.driver.cores', 'spec.executor.instances', 'spec.type']);
    expect(byField.get('spec.driver.cores')).toBe(
      'Invalid value: "string": spec.driver.cores in body must be of type integer: "string"',
    );
    expect(byField.get('spec.executor.instances')).toBe(
      'Invalid value: -1: spec.executor.instances in body should be greater than or equal to 1',
    );
    expect(byField.get('spec.type')).toBe('Unsupported value: "Cobol": supported values: "Java", "Python", "Scala", "R"');
  });

  test('names what is missing, in order', async () => {
    const body = { ...sleepingApplication('missing'), spec: {} };
    const failure = await failureOf(create(applicationsPath(own.namespace), body));
    expect(failure).toMatchObject({
      code: 'invalid',
      message:
        'SparkApplication.sparkoperator.k8s.io "missing" is invalid: [spec.driver: Required value, spec.executor: Required value, ' +
        'spec.mainApplicationFile: Required value, spec.sparkVersion: Required value, spec.type: Required value]',
    });
  });

  test('of a strict creation lists unknown fields', async () => {
    const body = sleepingApplication('strict', { colour: 'red', driver: { cores: 1, corez: 2 } });
    const failure = await failureOf(create(applicationsPath(own.namespace), body, { fieldValidation: 'Strict' }));
    expect(failure).toMatchObject({
      code: 'invalid',
      message:
        'SparkApplication in version "v1beta2" cannot be handled as a SparkApplication: strict decoding error: ' +
        'unknown field "spec.colour", unknown field "spec.driver.corez"',
    });
  });

  test('is only a warning when creation is not strict', async () => {
    const answer = await create(applicationsPath(own.namespace), sleepingApplication('warned', { colour: 'red' }), {
      fieldValidation: 'Warn',
      dryRun: 'All',
    });
    expect(answer.warnings.join()).toContain('unknown field "spec.colour"');
    expect(readObject(answer.body).spec).not.toHaveProperty('colour');
  });

  test('says that a kind is absent', async () => {
    const path = `/apis/absent.example.com/v1/namespaces/${own.namespace}/things`;
    const failure = await failureOf(target.admin.request({ method: 'GET', path }));
    expect(failure).toEqual({ code: 'kind-absent', group: 'absent.example.com', kind: 'things' });
  });

  test('of an old version is a conflict', async () => {
    const path = corePath(own.namespace, 'configmaps');
    const name = unique('old');
    await create(path, configMap(name));
    const body = { ...configMap(name), metadata: { name, resourceVersion: '1' } };
    const failure = await failureOf(target.admin.request({ method: 'PUT', path: `${path}/${name}`, body }));
    expect(failure).toMatchObject({ code: 'conflict', kind: 'configmaps', name });
    const wrongUid = { preconditions: { uid: 'other' } };
    const kept = await failureOf(target.admin.request({ method: 'DELETE', path: `${path}/${name}`, body: wrongUid }));
    expect(kept.code).toBe('conflict');
  });

  test('of a namespace that is not there names it', async () => {
    const failure = await failureOf(create(corePath('contract-nowhere', 'configmaps'), configMap('lost')));
    expect(failure).toMatchObject({ code: 'not-found', name: 'contract-nowhere' });
  });
});

const pod = (spec: Record<string, unknown>): Record<string, unknown> => ({
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'a', image: 'i' }], ...spec },
});
const container = (fields: Record<string, unknown>) => pod({ containers: [{ name: 'a', image: 'i', ...fields }] });
const label =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric " +
  "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

describe('a pod is refused', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['no containers', pod({ containers: [] }), 'spec.containers: Required value'],
    [
      'an empty container',
      pod({ containers: [{}] }),
      '[spec.containers[0].name: Required value, spec.containers[0].image: Required value]',
    ],
    [
      'two containers of one name',
      pod({
        containers: [
          { name: 'a', image: 'i' },
          { name: 'a', image: 'j' },
        ],
      }),
      'spec.containers[1].name: Duplicate value: "a"',
    ],
    ['a name no label can be', container({ name: 'A_b' }), `spec.containers[0].name: Invalid value: "A_b": ${label}`],
    [
      'a policy nobody knows',
      pod({ restartPolicy: 'Sometimes' }),
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ],
    [
      'ports out of range',
      container({ ports: [{ containerPort: 0 }, { containerPort: 70000, protocol: 'FOO' }] }),
      '[spec.containers[0].ports[0].containerPort: Required value, spec.containers[0].ports[1].containerPort: Invalid value: ' +
        '70000: must be between 1 and 65535, inclusive, spec.containers[0].ports[1].protocol: Unsupported value: "FOO": supported ' +
        'values: "SCTP", "TCP", "UDP"]',
    ],
    [
      'a mount without its volume',
      container({ volumeMounts: [{ name: 'v', mountPath: '/x' }] }),
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ],
    [
      'more requested than limited',
      container({ resources: { requests: { cpu: '2', memory: '-1' }, limits: { cpu: '1' } } }),
      '[spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1, ' +
        'spec.containers[0].resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0]',
    ],
    [
      'variables that cannot be',
      container({ env: [{ name: '' }, { name: 'a=b' }, { name: 'x', valueFrom: {} }] }),
      '[spec.containers[0].env[0].name: Required value, spec.containers[0].env[1].name: Invalid value: "a=b": a valid environment ' +
        "variable name must consist only of printable ASCII characters other than '=', spec.containers[0].env[2].valueFrom: Invalid " +
        'value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`]',
    ],
    [
      'volumes that cannot be',
      pod({
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'v', configMap: { name: 'x' } },
          { name: 'c', configMap: {} },
        ],
      }),
      '[spec.volumes[1].name: Duplicate value: "v", spec.volumes[2].configMap.name: Required value]',
    ],
  ];
  test.each(cases)('with %s', async (_, body, words) => {
    const failure = await failureOf(create(corePath(own.namespace, 'pods'), body, { dryRun: 'All' }));
    expect(failure).toMatchObject({ code: 'invalid', message: `Pod "p" is invalid: ${words}` });
  });

  test('with a type or quantity that cannot be read', async () => {
    const path = corePath(own.namespace, 'pods');
    const number = await failureOf(create(path, container({ env: [{ name: 'a', value: 1 }] })));
    expect(number).toMatchObject({
      message:
        'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field ' +
        'EnvVar.spec.containers.env.value of type string',
    });
    const quantity = await failureOf(create(path, container({ resources: { requests: { cpu: 'lots' } } })));
    expect(quantity).toMatchObject({ message: expect.stringContaining('quantities must match the regular expression') });
    const strict = await failureOf(create(path, container({ bar: 1 }), { fieldValidation: 'Strict' }));
    expect(strict).toMatchObject({ message: expect.stringContaining('unknown field "spec.containers[0].bar"') });
  });

  test('without its service account', async () => {
    const failure = await failureOf(create(corePath(own.namespace, 'pods'), pod({ serviceAccountName: 'nosuch' })));
    expect(failure).toMatchObject({
      message: `pods "p" is forbidden: error looking up service account ${own.namespace}/nosuch: serviceaccount "nosuch" not found`,
    });
  });
});

test('only a few fields of a pod may change', async () => {
  const path = corePath(own.namespace, 'pods');
  const name = unique('fixed');
  await create(path, { ...pod({ nodeSelector: { nowhere: 'true' } }), metadata: { name } });
  const change = (spec: Record<string, unknown>) =>
    target.admin.request({
      method: 'PATCH',
      path: `${path}/${name}`,
      body: { spec },
      contentType: 'application/strategic-merge-patch+json',
    });
  const changed = await change({ containers: [{ name: 'a', image: 'other' }], activeDeadlineSeconds: 100 });
  expect(changed.body).toMatchObject({ spec: { containers: [{ image: 'other' }] }, metadata: { generation: 2 } });
  expect(await failureOf(change({ restartPolicy: 'Never' }))).toMatchObject({
    message: expect.stringContaining(
      `Pod "${name}" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\``,
    ),
  });
  expect(await failureOf(change({ containers: [{ name: 'b', image: 'i' }] }))).toMatchObject({
    message: expect.stringContaining('spec.containers: Forbidden: pod updates may not add or remove containers'),
  });
  await target.admin.request({ method: 'DELETE', path: `${path}/${name}` });
});

const key =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex " +
  "used for validation is '[-._a-zA-Z0-9]+')";

describe('other kinds are refused', () => {
  const core = (plural: string) => corePath(own.namespace, plural);
  const grouped = (group: string, plural: string) => `/apis/${group}/v1/namespaces/${own.namespace}/${plural}`;
  const cases: [string, () => string, Record<string, unknown>, string][] = [
    [
      'a ConfigMap',
      () => core('configmaps'),
      { data: { 'a b': '1' } },
      `ConfigMap "o" is invalid: data[a b]: Invalid value: "a b": ${key}`,
    ],
    [
      'a Secret',
      () => core('secrets'),
      { type: 'kubernetes.io/tls' },
      'Secret "o" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]',
    ],
    ['a Service', () => core('services'), { spec: {} }, 'Service "o" is invalid: spec.ports: Required value'],
    [
      'a claim',
      () => core('persistentvolumeclaims'),
      { spec: {} },
      'PersistentVolumeClaim "o" is invalid: [spec.accessModes: Required value: at least 1 access mode is required, ' +
        'spec.resources[storage]: Required value]',
    ],
    [
      'a quota',
      () => core('resourcequotas'),
      { spec: { hard: { foo: '1', pods: '-1' } } },
      'ResourceQuota "o" is invalid: [spec.hard[foo]: Invalid value: "foo": must be a standard resource type or fully qualified, ' +
        'spec.hard[foo]: Invalid value: "foo": must be a standard resource for quota, spec.hard[pods]: Invalid value: "-1": must be ' +
        'greater than or equal to 0]',
    ],
    [
      'a Role',
      () => grouped('rbac.authorization.k8s.io', 'roles'),
      { rules: [{ verbs: ['get'] }] },
      'Role.rbac.authorization.k8s.io "o" is invalid: [rules[0].apiGroups: Required value: resource rules must supply at least one ' +
        'api group, rules[0].resources: Required value: resource rules must supply at least one resource]',
    ],
    [
      'a binding',
      () => grouped('rbac.authorization.k8s.io', 'rolebindings'),
      { roleRef: { kind: 'Foo', name: '' } },
      'RoleBinding.rbac.authorization.k8s.io "o" is invalid: [roleRef.kind: Unsupported value: "Foo": supported values: "Role", ' +
        '"ClusterRole", roleRef.name: Required value]',
    ],
    [
      'a Job',
      () => grouped('batch', 'jobs'),
      {},
      'Job.batch "o" is invalid: [spec.template.spec.containers: Required value, spec.template.spec.restartPolicy: Required value: ' +
        'valid values: "OnFailure", "Never"]',
    ],
  ];
  test.each(cases)('%s', async (_, path, body, message) => {
    const failure = await failureOf(create(path(), { metadata: { name: 'o' }, ...body }, { dryRun: 'All' }));
    expect(failure).toMatchObject({ code: 'invalid', message });
  });

  test('a secret takes plain text and stays of its type', async () => {
    const name = unique('secret');
    const made = await create(core('secrets'), {
      metadata: { name },
      stringData: { a: 'x' },
      data: { b: 'eQ==' },
      immutable: true,
    });
    expect(made.body).toMatchObject({ data: { a: 'eA==', b: 'eQ==' }, type: 'Opaque' });
    const change = target.admin.request({
      method: 'PATCH',
      path: `${core('secrets')}/${name}`,
      body: { stringData: { a: '2' } },
      contentType: 'application/merge-patch+json',
    });
    expect(await failureOf(change)).toMatchObject({
      message: `Secret "${name}" is invalid: data: Forbidden: field is immutable when \`immutable\` is set`,
    });
  });
});

test('a quota refuses what it has no room for, and pods that do not say what it counts', async () => {
  const limited = await ownNamespace(target.admin);
  const hard = { 'limits.cpu': '2', 'requests.memory': '1Gi', pods: '2' };
  const quotas = corePath(limited.namespace, 'resourcequotas');
  await create(quotas, { metadata: { name: 'q' }, spec: { hard } });
  await until('the quota is counted', 15, async () => {
    const { status } = readObject((await target.admin.request({ method: 'GET', path: `${quotas}/q` })).body);
    return JSON.stringify(status ?? {}).includes('used') ? status : null;
  });
  const path = corePath(limited.namespace, 'pods');
  const asking = (resources: unknown) => ({ ...container({ resources }), metadata: { name: 'p' } });
  expect(await failureOf(create(path, asking({ limits: { cpu: '1' } })))).toMatchObject({
    message: 'pods "p" is forbidden: failed quota: q: must specify requests.memory for: a',
  });
  expect(await failureOf(create(path, asking({ limits: { cpu: '4', memory: '1200Mi' } })))).toMatchObject({
    message:
      'pods "p" is forbidden: exceeded quota: q, requested: limits.cpu=4,requests.memory=1200Mi, used: ' +
      'limits.cpu=0,requests.memory=0, limited: limits.cpu=2,requests.memory=1Gi',
  });
  await limited.remove();
});
