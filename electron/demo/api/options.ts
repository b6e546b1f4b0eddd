import { type Json, type JsonObject, listOf, objectOf, parseJson, textOf } from '../json.ts';
import { ApiError, badRequest, type Cause, invalidOptions } from './status.ts';

/** What a request says about the way its write is done. */
export interface WriteOptions {
  manager: string;
  dryRun: boolean;
  fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  force: boolean;
  subresource: '' | 'status';
}

export type Propagation = 'Foreground' | 'Background' | 'Orphan';

/** What a DELETE says, in its query or its body. */
export interface DeleteOptions {
  dryRun: boolean;
  /** Seconds; null when the object decides. */
  gracePeriod: number | null;
  propagation: Propagation | null;
  preconditions: JsonObject;
}

type Refuse = (cause: Cause) => ApiError;

function checkDryRun(values: string[], refuse: Refuse): boolean {
  const strange = values.filter((value) => value !== 'All');
  if (strange.length === 0) return values.length > 0;
  const message = `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`;
  throw refuse({ reason: 'FieldValueNotSupported', message, field: 'dryRun' });
}

/** Reads the options of a create, update or patch; throws 422 on a value that is not known. */
export function writeOptions(query: URLSearchParams, userAgent: string, subresource: string, method: string): WriteOptions {
  const kind = method === 'PATCH' ? 'PatchOptions' : method === 'PUT' ? 'UpdateOptions' : 'CreateOptions';
  const refuse: Refuse = (cause) => invalidOptions(kind, cause);
  const dryRun = checkDryRun(query.getAll('dryRun'), refuse);
  const validation = query.get('fieldValidation') ?? '';
  if (!['', 'Ignore', 'Strict', 'Warn'].includes(validation)) {
    const message = `Unsupported value: "${validation}": supported values: "", "Ignore", "Strict", "Warn"`;
    throw refuse({ reason: 'FieldValueNotSupported', message, field: 'fieldValidation' });
  }
  const manager = query.get('fieldManager') ?? (userAgent.split('/')[0] || 'unknown');
  if (manager.length > 128) {
    throw refuse({ reason: 'FieldValueTooLong', message: 'Too long: may not be more than 128 bytes', field: 'fieldManager' });
  }
  return {
    manager,
    dryRun,
    fieldValidation: validation === 'Strict' || validation === 'Ignore' ? validation : 'Warn',
    force: query.get('force') === 'true',
    subresource: subresource === 'status' ? 'status' : '',
  };
}

/** What only an apply may say, and has to say. Throws 422. */
export function checkApplyOptions(query: URLSearchParams, applying: boolean): void {
  if (applying && (query.get('fieldManager') ?? '') === '') {
    const message = 'Required value: is required for apply patch';
    throw invalidOptions('PatchOptions', { reason: 'FieldValueRequired', message, field: 'fieldManager' });
  }
  if (!applying && query.has('force')) {
    const message = 'Forbidden: may not be specified for non-apply patch';
    throw invalidOptions('PatchOptions', { reason: 'FieldValueForbidden', message, field: 'force' });
  }
}

const policies: readonly Propagation[] = ['Foreground', 'Background', 'Orphan'];

/** Reads the options of a DELETE from its body and, where that is empty, its query. Throws 400, 422, and 500 on a body that is no JSON. */
export function deleteOptions(query: URLSearchParams, text: string): DeleteOptions {
  const body = bodyOf(text);
  const refuse: Refuse = (cause) => invalidOptions('DeleteOptions', cause);
  const words = text === '' ? query.getAll('dryRun') : listOf(body.dryRun).map(textOf);
  const dryRun = checkDryRun([...words, ...(text === '' ? [] : query.getAll('dryRun'))], refuse);
  const policy = textOf(body.propagationPolicy) || query.get('propagationPolicy');
  const propagation = policies.find((known) => known === policy) ?? null;
  if (policy !== null && policy !== '' && propagation === null) {
    const message = `Unsupported value: "${policy}": supported values: "Foreground", "Background", "Orphan", "nil"`;
    throw refuse({ reason: 'FieldValueNotSupported', message, field: 'propagationPolicy' });
  }
  const orphan = body.orphanDependents ?? (query.has('orphanDependents') ? query.get('orphanDependents') === 'true' : undefined);
  if (propagation !== null && orphan !== undefined) {
    const message = `Invalid value: "${propagation}": orphanDependents and deletionPropagation cannot be both set`;
    throw refuse({ reason: 'FieldValueInvalid', message, field: 'propagationPolicy' });
  }
  return {
    dryRun,
    gracePeriod: graceOf(body.gracePeriodSeconds, query.get('gracePeriodSeconds')),
    propagation: propagation ?? (orphan === true ? 'Orphan' : null),
    preconditions: objectOf(body.preconditions),
  };
}

function bodyOf(text: string): JsonObject {
  if (text === '') return {};
  try {
    return objectOf(parseJson(text));
  } catch (error) {
    throw new ApiError(500, null, `couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : ''}`);
  }
}

/** A negative period means the default of the object, as `-1` did in old clients. */
function graceOf(inBody: Json | undefined, inQuery: string | null): number | null {
  if (inQuery !== null && !/^-?\d+$/.test(inQuery)) throw badRequest(`strconv.ParseInt: parsing "${inQuery}": invalid syntax`);
  const seconds = typeof inBody === 'number' ? inBody : inQuery === null ? null : Number(inQuery);
  return seconds === null ? null : Math.max(seconds, -1) === -1 ? 1 : seconds;
}
