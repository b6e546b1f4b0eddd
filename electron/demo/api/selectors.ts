import { at, type Json, type JsonObject, labelsOf, own, textOf } from '../json.ts';
import { jobs, type Kind, pods } from './kinds.ts';
import { type LabelRequirement, parseLabelSelector } from './label-selector.ts';
import { badRequest } from './status.ts';

export type Selector = (object: JsonObject) => boolean;

/** A label selector as a test of objects. Throws 400 on what cannot be read. */
export function labelSelector(text: string): Selector {
  const requirements = parseLabelSelector(text);
  return (object) => {
    const labels = labelsOf(object);
    return requirements.every((requirement) => holds(requirement, own(labels, requirement.key)));
  };
}

function holds({ operator, values }: LabelRequirement, label: Json | undefined): boolean {
  const value = typeof label === 'string' ? label : null;
  const [first = ''] = values;
  switch (operator) {
    case 'exists':
      return value !== null;
    case 'absent':
      return value === null;
    case '=':
    case 'in':
      return value !== null && values.includes(value);
    case '!=':
    case 'notin':
      return value === null || !values.includes(value);
    case '>':
      return value !== null && /^-?\d+$/.test(value) && Number(value) > Number(first);
    case '<':
      return value !== null && /^-?\d+$/.test(value) && Number(value) < Number(first);
  }
}

/** What a field is taken for while it is absent; otherwise the empty text. */
const absent: Record<string, string> = { 'spec.unschedulable': 'false', 'spec.hostNetwork': 'false', 'status.successful': '0' };
const elsewhere: Record<string, string> = { source: 'source.component', 'status.successful': 'status.succeeded' };

/** Field selector over the fields this kind allows. Throws 400 for others, in the words of that kind. */
export function fieldSelector(kind: Kind, text: string): Selector {
  const allowed = ['metadata.name', ...(kind.namespaced ? ['metadata.namespace'] : []), ...kind.selectable];
  if (kind === pods) allowed.push('spec.hostNetwork', 'status.podIPs', 'status.nominatedNodeName');
  const tests = text
    .split(',')
    .filter((requirement) => requirement !== '')
    .map((requirement): Selector => {
      const found = /^([^=!]+)(==|=|!=)(.*)$/.exec(requirement);
      if (found === null) throw badRequest(`invalid selector: '${text}'; can't understand '${requirement}'`);
      const [, field = '', operator, value] = found;
      if (!allowed.includes(field)) throw badRequest(unknownField(kind, field, allowed));
      const path = (elsewhere[field] ?? field).split('.');
      return (object) => {
        const here = at(object, ...path);
        const equal = (here === undefined ? (absent[field] ?? '') : textual(here)) === value;
        return operator === '!=' ? !equal : equal;
      };
    });
  return (object) => tests.every((test) => test(object));
}

const textual = (value: Json): string => (typeof value === 'object' ? '' : textOf(value) || String(value));

function unknownField(kind: Kind, field: string, allowed: string[]): string {
  if (kind === jobs) return `field label "${field}" not supported for Job`;
  if (kind.custom || kind.selectable.length > 0) return `field label not supported: ${field}`;
  return `"${field}" is not a known field selector: only ${allowed.map((name) => `"${name}"`).join(', ')}`;
}
