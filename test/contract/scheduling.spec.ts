import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, corePath, ownNamespace } from './objects.ts';
import { container, podOf, podsIn, stateOf } from './pod-objects.ts';
import { openTarget, type Target } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
let pods: ReturnType<typeof podsIn>;

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  pods = podsIn(target.admin, own.namespace);
});

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

const patient = { timeout: 100_000 };
const reasons = async (name: string): Promise<string[]> => (await pods.events(name)).map(({ reason }) => reason);
const volume = (source: Record<string, unknown>) => ({ volumes: [{ name: 'held', ...source }] });
const mounting = { volumeMounts: [{ name: 'held', mountPath: '/held' }] };

describe('a pod that no node takes', () => {
  const hopeless =
    'no new claims to deallocate, preemption: 0/N nodes are available: N Preemption is not helpful for scheduling.';
  test.each([
    [
      'big',
      podOf('big', [container('main', 'true', { resources: { requests: { cpu: '512' } } })]),
      `N Insufficient cpu. ${hopeless}`,
    ],
    [
      'bigger',
      podOf('bigger', [container('main', 'true', { resources: { requests: { cpu: '512', memory: '64Ti' } } })]),
      `N Insufficient cpu, N Insufficient memory. ${hopeless}`,
    ],
    [
      'choosy',
      podOf('choosy', [container('main', 'true')], { nodeSelector: { 'emberdeck.test/zone': 'nowhere' } }),
      `N node(s) didn't match Pod's node affinity/selector. ${hopeless}`,
    ],
    [
      'claimless',
      podOf('claimless', [container('main', 'true', mounting)], volume({ persistentVolumeClaim: { claimName: 'none' } })),
      'persistentvolumeclaim "none" not found. not found',
    ],
  ])('is told why: %s', async (name, pod, why) => {
    await pods.create(pod);
    const status = await pods.once(name, 'is refused', ({ conditions }) => conditions.length > 0);
    const message = `0/N nodes are available: ${why}`;
    const counted = (text: string | undefined): string =>
      (text ?? '').replace(/\b\d+ (?=Insufficient|node|Preemption)|(?<=0\/)\d+/g, (found) => found.replace(/\d+/, 'N'));
    expect(status).toMatchObject({ phase: 'Pending', containerStatuses: [] });
    expect(status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }]);
    expect(counted(status.conditions[0]?.message)).toBe(message);
    const [event] = await pods.events(name);
    expect(event).toMatchObject({ reason: 'FailedScheduling', type: 'Warning', fieldPath: '' });
    expect(counted(event?.message)).toBe(message);
  });
});

describe('an image', () => {
  test('that is not on the node and must not be pulled', patient, async () => {
    await pods.create(podOf('never', [container('main', 'true', { image: 'emberdeck.test/missing:1' })]));
    const status = await pods.once('never', 'waits', (found) => stateOf(found).waiting?.reason === 'ErrImageNeverPull');
    const message = 'Container image "emberdeck.test/missing:1" is not present with pull policy of Never';
    expect(stateOf(status).waiting?.message).toBe(message);
    const events = await pods.events('never');
    expect(events).toContainEqual(
      expect.objectContaining({ reason: 'ErrImageNeverPull', message, fieldPath: 'spec.containers{main}' }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ reason: 'Failed', message: 'Error: ErrImageNeverPull', type: 'Warning' }),
    );
  });

  test('whose name cannot be read', patient, async () => {
    await pods.create(podOf('unnamed', [container('main', 'true', { image: 'x:y:z' })]));
    const status = await pods.once('unnamed', 'waits', (found) => stateOf(found).waiting?.reason === 'InvalidImageName');
    const message = 'Failed to apply default image tag "x:y:z": couldn\'t parse image name "x:y:z": invalid reference format';
    expect(stateOf(status).waiting?.message).toBe(message);
    expect(await reasons('unnamed')).toEqual(expect.arrayContaining(['InspectFailed', 'Failed']));
  });

  test('that no registry has is tried again and again', patient, async () => {
    const image = 'nowhere.invalid/x:1';
    await pods.create(podOf('far', [container('main', 'true', { image, imagePullPolicy: 'IfNotPresent' })]));
    const first = await pods.once('far', 'fails', (found) => stateOf(found).waiting?.reason === 'ErrImagePull');
    expect(stateOf(first).waiting?.message).toMatch(/^failed to pull and unpack image "nowhere.invalid\/x:1": failed to resolve/);
    const later = await pods.once('far', 'backs off', (found) => stateOf(found).waiting?.reason === 'ImagePullBackOff');
    expect(stateOf(later).waiting?.message).toMatch(
      /^Back-off pulling image "nowhere.invalid\/x:1": ErrImagePull: failed to pull/,
    );
    expect(later.podIP).toBeDefined();
    expect(await reasons('far')).toEqual(expect.arrayContaining(['Scheduled', 'Pulling', 'Failed', 'BackOff']));
  });
});

describe('a pod that lacks something', () => {
  test('of its environment waits for it', patient, async () => {
    const env = [{ name: 'KEY', valueFrom: { configMapKeyRef: { name: 'late', key: 'key' } } }];
    await pods.create(podOf('poor', [container('main', 'exit 0', { env })]));
    const status = await pods.once('poor', 'waits', (found) => stateOf(found).waiting?.reason === 'CreateContainerConfigError');
    expect(stateOf(status).waiting?.message).toBe('configmap "late" not found');
    const failed = { reason: 'Failed', message: 'Error: configmap "late" not found', fieldPath: 'spec.containers{main}' };
    expect(await pods.events('poor')).toContainEqual(expect.objectContaining(failed));
    await target.admin.request({ method: 'POST', path: corePath(own.namespace, 'configmaps'), body: configMap('late') });
    await pods.once('poor', 'ends', ({ phase }) => phase === 'Succeeded');
  });

  test('in a volume is not created before it is there', patient, async () => {
    await pods.create(podOf('bare', [container('main', 'exit 0', mounting)], volume({ configMap: { name: 'later' } })));
    const event = { reason: 'FailedMount', message: 'MountVolume.SetUp failed for volume "held" : configmap "later" not found' };
    await expect
      .poll(() => pods.events('bare'), { timeout: 30_000 })
      .toContainEqual(expect.objectContaining({ ...event, fieldPath: '' }));
    expect(stateOf(await pods.statusOf('bare')).waiting?.reason).toBe('ContainerCreating');
    await target.admin.request({ method: 'POST', path: corePath(own.namespace, 'configmaps'), body: configMap('later') });
    await pods.once('bare', 'ends', ({ phase }) => phase === 'Succeeded', 90);
  });
});

describe('a container that ends', () => {
  test('is started again, then later and later', patient, async () => {
    await pods.create(podOf('restless', [container('main', 'exit 3')], { restartPolicy: 'Always' }));
    const status = await pods.once('restless', 'waits', (found) => stateOf(found).waiting?.reason === 'CrashLoopBackOff');
    expect(status).toMatchObject({ phase: 'Running', containerStatuses: [{ restartCount: 1, ready: false }] });
    expect(status.containerStatuses[0]?.lastState.terminated).toMatchObject({ exitCode: 3, reason: 'Error' });
    const uid = '[0-9a-f-]{36}';
    const message = new RegExp(`^back-off 10s restarting failed container=main pod=restless_${own.namespace}\\(${uid}\\)$`);
    expect(stateOf(status).waiting?.message).toMatch(message);
    await pods.once('restless', 'was started again', ({ containerStatuses }) => (containerStatuses[0]?.restartCount ?? 0) > 1);
    const events = await pods.events('restless');
    const backOff = events.find(({ reason }) => reason === 'BackOff');
    expect(backOff?.message).toMatch(
      new RegExp(`^Back-off restarting failed container main in pod restless_${own.namespace}\\(${uid}\\)$`),
    );
    expect(events.find(({ reason }) => reason === 'Started')?.count).toBeGreaterThan(1);
  });

  test('by itself leaves its code, and the pod its phase', patient, async () => {
    await pods.create(podOf('good', [container('main', 'exit 0')]));
    await pods.create(podOf('bad', [container('main', 'exit 3'), container('side', 'exit 0')]));
    const good = await pods.once('good', 'ends', ({ phase }) => phase === 'Succeeded');
    expect(stateOf(good).terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
    const ready = { type: 'Ready', status: 'False' };
    expect(good.conditions).toContainEqual(expect.objectContaining({ ...ready, reason: 'PodCompleted' }));
    const bad = await pods.once('bad', 'ends', ({ phase }) => phase === 'Failed');
    expect(stateOf(bad).terminated).toMatchObject({ exitCode: 3, reason: 'Error' });
    expect(bad.conditions).toContainEqual(expect.objectContaining({ ...ready, reason: 'PodFailed' }));
    expect(await reasons('good')).toEqual(['Scheduled', 'Pulled', 'Created', 'Started']);
  });

  test('too late is ended', patient, async () => {
    await pods.create(podOf('slow', [container('main', 'sleep 300')], { activeDeadlineSeconds: 3 }));
    const status = await pods.once('slow', 'is ended', ({ phase }) => phase === 'Failed');
    expect(status.reason).toBe('DeadlineExceeded');
    expect(await reasons('slow')).toEqual(expect.arrayContaining(['DeadlineExceeded', 'Killing']));
  });
});

describe('init containers', () => {
  test('run one after the other before the rest', patient, async () => {
    const initContainers = [container('first', 'sleep 1'), container('second', 'sleep 1')];
    await pods.create(podOf('prepared', [container('main', 'sleep 300')], { initContainers }));
    const waiting = await pods.once(
      'prepared',
      'prepares',
      ({ initContainerStatuses }) => initContainerStatuses[0]?.state.running !== undefined,
    );
    expect(waiting.phase).toBe('Pending');
    expect(waiting.initContainerStatuses[1]?.state.waiting?.reason).toBe('PodInitializing');
    expect(stateOf(waiting).waiting?.reason).toBe('PodInitializing');
    const initialised = waiting.conditions.find(({ type }) => type === 'Initialized');
    expect(initialised).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [first second]',
    });
    const running = await pods.once('prepared', 'runs', ({ phase }) => phase === 'Running');
    expect(running.initContainerStatuses.map(({ state }) => state.terminated?.exitCode)).toEqual([0, 0]);
  });

  test('that fail keep the rest from starting', patient, async () => {
    await pods.create(podOf('unprepared', [container('main', 'true')], { initContainers: [container('first', 'exit 4')] }));
    const status = await pods.once('unprepared', 'fails', ({ phase }) => phase === 'Failed');
    expect(status.initContainerStatuses[0]?.state.terminated?.exitCode).toBe(4);
    expect(stateOf(status).waiting?.reason).toBe('PodInitializing');
  });
});
