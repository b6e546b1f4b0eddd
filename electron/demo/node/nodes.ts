import { type JsonObject, listOf, objectOf } from '../json.ts';

/** The machines of the cluster, all alike, named `demo-1`, `demo-2`, …. */
export interface NodeOptions {
  /** Default 3. */
  count?: number;
  /** CPU of each in millicores; default 8,000. */
  millicores?: number;
  /** Memory of each as a Kubernetes quantity; default `32Gi`. */
  memory?: string;
  /** How many pods each takes; default 110, as a kubelet's. */
  pods?: number;
}

/** What lies on every node's disk from the start. */
const images: [name: string, sizeBytes: number][] = [
  ['emberdeck.test/spark:3.5.7', 686_316_458],
  ['docker.io/library/spark:3.5.7', 1_012_448_128],
  ['docker.io/library/spark:latest', 1_012_448_128],
  ['docker.io/apache/spark:3.5.7', 1_012_448_128],
  ['registry.k8s.io/pause:3.10', 768_613],
];

/** The conditions of a node but Ready, in the kubelet's order: type, reason and message while all is well. */
const pressures = [
  ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
] as const;

/** What a kubelet that is well says of its node. `now` as Kubernetes writes times. */
export function healthyConditions(now: string): JsonObject[] {
  const stamps = { lastHeartbeatTime: now, lastTransitionTime: now };
  const ready = { type: 'Ready', status: 'True', ...stamps, reason: 'KubeletReady', message: 'kubelet is posting ready status' };
  return [...pressures.map(([type, reason, message]) => ({ type, status: 'False', ...stamps, reason, message })), ready];
}

/** The Node objects of a new cluster. */
export function nodeObjects(options: NodeOptions, now: string): JsonObject[] {
  return Array.from({ length: options.count ?? 3 }, (_, index) => nodeObject(index + 1, options, now));
}

function nodeObject(number: number, options: NodeOptions, now: string): JsonObject {
  const { millicores = 8000, memory = '32Gi', pods = 110 } = options;
  const name = `demo-${number}`;
  const cpu = millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
  const resources = { cpu, 'ephemeral-storage': '100Gi', 'hugepages-2Mi': '0', memory, pods: String(pods) };
  const platform = { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' };
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: { name, labels: { 'beta.kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux', ...platform } },
    spec: {},
    status: {
      addresses: [
        { type: 'InternalIP', address: `10.84.0.${number}` },
        { type: 'Hostname', address: name },
      ],
      allocatable: resources,
      capacity: resources,
      conditions: healthyConditions(now),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      images: images.map(([image, sizeBytes]) => ({ names: [image], sizeBytes })),
      nodeInfo: {
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://1.7.27',
        kernelVersion: '6.1.0-demo',
        kubeProxyVersion: '',
        kubeletVersion: 'v1.34.4',
        operatingSystem: 'linux',
        osImage: 'Emberdeck demo',
      },
    },
  };
}

/** The node's address inside the cluster, as `10.84.0.1`; empty when it has none. */
export function addressOf(node: JsonObject): string {
  const addresses = listOf(objectOf(node.status).addresses).map(objectOf);
  return String(addresses.find(({ type }) => type === 'InternalIP')?.address ?? '');
}
