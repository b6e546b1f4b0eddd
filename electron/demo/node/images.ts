import { nodes } from '../api/kinds.ts';
import { at, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import type { World } from '../world.ts';

const reference = /^(?:[\w.-]+(?::\d+)?\/)?[\w./-]+(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** What is wrong with the name itself; null when it can be read. */
export function nameProblem(image: string): string | null {
  if (reference.test(image)) return null;
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`;
}

interface ImageName {
  registry: string;
  repository: string;
  tag: string;
}

/** `spark` is `docker.io/library/spark:latest`. */
function parse(image: string): ImageName {
  const [, path = '', tag = 'latest'] = /^(.*?)(?::([^:/]+))?(?:@.*)?$/.exec(image) ?? [];
  const [first = '', ...rest] = path.split('/');
  if (rest.length === 0) return { registry: 'docker.io', repository: `library/${first}`, tag };
  if (/[.:]|^localhost$/.test(first)) return { registry: first, repository: rest.join('/'), tag };
  return { registry: 'docker.io', repository: path, tag };
}

const textForm = ({ registry, repository, tag }: ImageName): string => `${registry}/${repository}:${tag}`;

/** Whether the image lies on the node: `status.images` says so. */
export function isPresent(node: JsonObject, image: string): boolean {
  const wanted = textForm(parse(image));
  const names = listOf(at(node, 'status', 'images')).flatMap((entry) => listOf(at(entry, 'names')));
  return names.some((name) => textForm(parse(textOf(name))) === wanted);
}

/**
 * Why no registry gives the image; null when one does. There is no host `*.invalid`, no image with `missing` in its name or tag, and no
 * repository with a capital letter; every other image can be pulled.
 */
export function pullProblem(image: string): string | null {
  const { registry, repository, tag } = parse(image);
  if (/[A-Z]/.test(repository)) {
    return `failed to parse image reference "${image}": invalid reference format: repository name must be lowercase`;
  }
  const name = textForm({ registry, repository, tag });
  const unresolved = `failed to pull and unpack image "${name}": failed to resolve reference "${name}"`;
  if (/\.invalid(:\d+)?$/.test(registry)) {
    const request = `Head "https://${registry}/v2/${repository}/manifests/${tag}"`;
    return `${unresolved}: failed to do request: ${request}: dial tcp: lookup ${registry.split(':')[0]} on 10.96.0.10:53: no such host`;
  }
  if (/missing/.test(`${repository}:${tag}`)) return `${unresolved}: ${name}: not found`;
  return null;
}

/** The policy of a container, with the API server's default: Always for `:latest`. */
export function pullPolicyOf(container: JsonObject): string {
  const latest = parse(textOf(container.image)).tag === 'latest';
  return textOf(container.imagePullPolicy) || (latest ? 'Always' : 'IfNotPresent');
}

/** Bytes of an image that was not there from the start. */
const PULLED_BYTES = 412_316_860;

/** Puts a pulled image on the node. */
export function keep({ store }: World, nodeName: string, image: string): number {
  const node = store.get(nodes, '', nodeName);
  if (node === null || isPresent(node, image)) return PULLED_BYTES;
  const status = objectOf(node.status);
  const pulled = { names: [textForm(parse(image))], sizeBytes: PULLED_BYTES };
  store.put(nodes, { ...node, status: { ...status, images: [...listOf(status.images), pulled] } });
  return PULLED_BYTES;
}
