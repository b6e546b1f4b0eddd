import { listAt } from '../../json.ts';
import { type Argument, conf, filledAt, hasObject, type Refusal, type Section, scalarAt, type YamlPath } from './argument.ts';
import { canonicalQuantity } from './quantity.ts';
import type { Role } from './role.ts';

/** Only volumes of such names have arguments; all others are the webhook's. */
const prefix = 'spark-local-dir-';

/** When a field is printed: missing or not, where it is there, where it is not empty, where it is true; or there, as a quantity. */
type Print = 'always' | 'present' | 'filled' | 'true' | 'quantity';

/** The types spark-submit knows, in the order the operator asks for them, with their options in the order it prints them. */
const types: Record<string, readonly (readonly [option: string, print: Print])[]> = {
  emptyDir: [
    ['sizeLimit', 'quantity'],
    ['medium', 'filled'],
  ],
  hostPath: [
    ['path', 'always'],
    ['type', 'present'],
  ],
  nfs: [
    ['path', 'always'],
    ['server', 'always'],
    ['readOnly', 'true'],
  ],
  persistentVolumeClaim: [
    ['claimName', 'always'],
    ['readOnly', 'true'],
  ],
};

function printed(application: unknown, path: YamlPath, print: Print): string | null {
  const text = scalarAt(application, path);
  if (print === 'always') return text ?? '';
  if (print === 'filled') return filledAt(application, path);
  if (print === 'true') return text === 'true' ? text : null;
  return text !== null && print === 'quantity' ? canonicalQuantity(text) : text;
}

const mountFields = [
  ['mountPath', 'path', 'filled'],
  ['subPath', 'subPath', 'filled'],
  ['readOnly', 'readOnly', 'true'],
] as const;

/**
 * The mounts named `spark-local-dir-*`, in the YAML's order (`driverVolumeMountsOption`, `executorVolumeMountsOption` of
 * `submission.go`). Refused: a mount without its volume, and a volume of another type.
 */
export function localDirs(role: Role): Section {
  return ({ application }) => {
    const all: Argument[] = [];
    for (const [index, mount] of listAt(application, 'spec', role, 'volumeMounts').entries()) {
      const name = scalarAt(mount, ['name']) ?? '';
      if (!name.startsWith(prefix)) continue;
      const made = argumentsOf(application, role, name, ['spec', role, 'volumeMounts', index]);
      if ('refused' in made) return made;
      all.push(...made);
    }
    return all;
  };
}

function argumentsOf(application: unknown, role: Role, name: string, mount: YamlPath): Argument[] | Refusal {
  const volumes = listAt(application, 'spec', 'volumes');
  // Of two volumes of one name the operator's map keeps the later.
  const index = volumes.findLastIndex((volume) => scalarAt(volume, ['name']) === name);
  if (index === -1) return { refused: `volume ${name} not found`, origin: mount };
  const at = ['spec', 'volumes', index];
  const found = Object.entries(types).find(([type]) => hasObject(application, [...at, type]));
  if (found === undefined) return { refused: 'unsupported volume type', origin: at };
  const [type, options] = found;
  const key = `spark.kubernetes.${role}.volumes.${type}.${name}`;
  const row = (path: YamlPath, print: Print, suffix: string): Argument[] => {
    const text = printed(application, path, print);
    return text === null ? [] : [conf(`${key}.${suffix}`, text, path)];
  };
  return [
    ...mountFields.flatMap(([from, to, print]) => row([...mount, from], print, `mount.${to}`)),
    ...options.flatMap(([from, print]) => row([...at, type, from], print, `options.${from}`)),
  ];
}
