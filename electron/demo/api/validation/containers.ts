import { isObject, type JsonObject, listOf, objectOf, textOf } from '../../json.ts';
import { compareQuantities, parseQuantity } from '../quantity.ts';
import type { Cause } from '../status.ts';
import { absent, noneTwice, oneOf, required, wrong } from './causes.ts';
import { label, variableName } from './words.ts';

/** What is wrong with one container. `volumes` are the names of the pod's volumes. */
export function containerCauses(container: JsonObject, path: string, volumes: Set<string>): Cause[] {
  const { name, image } = container;
  const sentence = label(textOf(name));
  const untrimmed = textOf(image).trim() !== textOf(image);
  return [
    ...(textOf(name) === '' ? [required(`${path}.name`)] : sentence === null ? [] : [wrong(`${path}.name`, name, sentence)]),
    ...(textOf(image) === '' ? [required(`${path}.image`)] : []),
    ...(untrimmed ? [wrong(`${path}.image`, image, 'must not have leading or trailing whitespace')] : []),
    ...portCauses(listOf(container.ports).map(objectOf), `${path}.ports`),
    ...listOf(container.env).flatMap((one, index) => variableCauses(objectOf(one), `${path}.env[${index}]`)),
    ...listOf(container.volumeMounts).flatMap((one, index) =>
      mountCauses(objectOf(one), `${path}.volumeMounts[${index}]`, volumes),
    ),
    ...oneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']),
    ...resourceCauses(objectOf(container.resources), `${path}.resources`),
  ];
}

function portCauses(ports: JsonObject[], path: string): Cause[] {
  const each = ports.flatMap((port, index) => {
    const place = `${path}[${index}]`;
    const number = port.containerPort;
    const range = 'must be between 1 and 65535, inclusive';
    return [
      ...portNameCauses(`${place}.name`, textOf(port.name)),
      ...(number === undefined || number === 0 ? [required(`${place}.containerPort`)] : []),
      ...(typeof number === 'number' && (number < 0 || number > 65535) ? [wrong(`${place}.containerPort`, number, range)] : []),
      ...oneOf(`${place}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']),
    ];
  });
  return [...each, ...noneTwice(ports.map((port, index) => [`${path}[${index}].name`, port.name]))];
}

function portNameCauses(field: string, name: string): Cause[] {
  if (name === '') return [];
  const rules: [boolean, string][] = [
    [name.length <= 15, 'must be no more than 15 characters'],
    [/^[-a-z0-9]*$/.test(name), 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
    [/[a-z]/.test(name), 'must contain at least one letter (a-z)'],
    [!name.includes('--'), 'must not contain consecutive hyphens'],
    [!/^-|-$/.test(name), 'must not begin or end with a hyphen'],
  ];
  return rules.filter(([kept]) => !kept).map(([, sentence]) => wrong(field, name, sentence));
}

function variableCauses(variable: JsonObject, path: string): Cause[] {
  const name = textOf(variable.name);
  const sentence = variableName(name);
  const source = variable.valueFrom;
  const causes = name === '' ? [required(`${path}.name`)] : sentence === null ? [] : [wrong(`${path}.name`, name, sentence)];
  if (!isObject(source)) return causes;
  if (Object.keys(source).length === 0) {
    const one = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
    return [...causes, wrong(`${path}.valueFrom`, '', one)];
  }
  const both = 'may not be specified when `value` is not empty';
  return textOf(variable.value) === '' ? causes : [...causes, wrong(`${path}.valueFrom`, '', both)];
}

function mountCauses(mount: JsonObject, path: string, volumes: Set<string>): Cause[] {
  const name = textOf(mount.name);
  return [
    ...(name === '' ? [required(`${path}.name`)] : []),
    ...(volumes.has(name) ? [] : [absent(`${path}.name`, name)]),
    ...(textOf(mount.mountPath) === '' ? [required(`${path}.mountPath`)] : []),
  ];
}

const standard = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/;

function resourceCauses(resources: JsonObject, path: string): Cause[] {
  const limits = objectOf(resources.limits);
  const side = (field: 'limits' | 'requests'): Cause[] =>
    Object.entries(objectOf(resources[field])).flatMap(([name, value]) => {
      const place = `${path}.${field}`;
      if (!name.includes('/') && !standard.test(name)) {
        return [
          wrong(`${place}[${name}]`, name, 'must be a standard resource type or fully qualified'),
          wrong(`${place}[${name}]`, name, 'must be a standard resource for containers'),
        ];
      }
      const amount = parseQuantity(value);
      if (amount === null) return [];
      if (amount.thousandths < 0n) return [wrong(`${place}[${name}]`, String(value), 'must be greater than or equal to 0')];
      const limit = field === 'requests' ? parseQuantity(limits[name]) : null;
      if (limit === null || compareQuantities(amount, limit) <= 0) return [];
      return [wrong(place, String(value), `must be less than or equal to ${name} limit of ${String(limits[name])}`)];
    });
  return [...side('limits'), ...side('requests')];
}
