import { at, type JsonObject, labelsOf, textOf } from '../json.ts';
import type { Kind } from './kinds.ts';
import { badRequest } from './status.ts';

export type Selector = (object: JsonObject) => boolean;

const part =
  /^\s*(?:!\s*([\w./-]+)|([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)|([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)|([\w./-]+))\s*(?:,|$)/;

/** Label selector of all three forms: equality, sets, existence. Throws 400 on what it cannot read. */
export function labelSelector(text: string): Selector {
  const tests: Selector[] = [];
  let rest = text;
  while (rest.trim() !== '') {
    const found = part.exec(rest);
    if (found === null) throw badRequest(`unable to parse requirement: found '', expected: ',' or ')'`);
    rest = rest.slice(found[0].length);
    const [, absent, setKey, set, members = '', key, operator, value, present] = found;
    const words = new Set(members.split(',').map((word) => word.trim()));
    tests.push((object) => {
      const labels = labelsOf(object);
      if (absent !== undefined) return !(absent in labels);
      if (present !== undefined) return present in labels;
      if (setKey !== undefined) {
        const member = setKey in labels && words.has(textOf(labels[setKey]));
        return set === 'in' ? member : !member;
      }
      const equal = key !== undefined && key in labels && labels[key] === value;
      return operator === '!=' ? !equal : equal;
    });
  }
  return (object) => tests.every((test) => test(object));
}

/** Field selector over the fields this kind allows. Throws 400 for others, in the words of that kind. */
export function fieldSelector(kind: Kind, text: string): Selector {
  const allowed = ['metadata.name', ...(kind.namespaced ? ['metadata.namespace'] : []), ...kind.selectable];
  const tests = text
    .split(',')
    .filter((requirement) => requirement !== '')
    .map((requirement): Selector => {
      const found = /^([^=!]+)(==|=|!=)(.*)$/.exec(requirement);
      if (found === null) throw badRequest(`invalid field selector: "${requirement}"; can't understand '${requirement}'`);
      const [, field = '', operator, value] = found;
      if (!allowed.includes(field)) throw badRequest(unknownField(kind, field, allowed));
      return (object) => {
        const equal = textOf(at(object, ...fieldPath(field))) === value;
        return operator === '!=' ? !equal : equal;
      };
    });
  return (object) => tests.every((test) => test(object));
}

function fieldPath(field: string): string[] {
  return field === 'source' ? ['source', 'component'] : field.split('.');
}

function unknownField(kind: Kind, field: string, allowed: string[]): string {
  if (kind.custom || kind.selectable.length > 0) return `field label not supported: ${field}`;
  return `"${field}" is not a known field selector: only ${allowed.map((name) => `"${name}"`).join(', ')}`;
}
