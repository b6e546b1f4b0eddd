/** JSON schema, draft 7, as far as it is used here. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  anyOf?: readonly JsonSchema[];
  deprecationMessage?: string;
  [keyword: string]: unknown;
}

type Rest = Omit<JsonSchema, 'type' | 'description'>;

/** A text. */
export function text(description: string, rest: Rest = {}): JsonSchema {
  return { type: 'string', description, ...rest };
}

/** One of a few words. */
export function choice(description: string, words: readonly string[], rest: Rest = {}): JsonSchema {
  return { type: 'string', description, enum: words, ...rest };
}

/** A whole number, from `minimum` on. */
export function whole(description: string, minimum: number, rest: Rest = {}): JsonSchema {
  return { type: 'integer', description, minimum, ...rest };
}

export function flag(description: string, rest: Rest = {}): JsonSchema {
  return { type: 'boolean', description, ...rest };
}

export function list(description: string, items: JsonSchema, rest: Rest = {}): JsonSchema {
  return { type: 'array', description, items, ...rest };
}

export function texts(description: string): JsonSchema {
  return list(description, { type: 'string' });
}

/** Keys of the user's own with values of one kind. */
export function mapOf(description: string, values: JsonSchema = { type: 'string' }): JsonSchema {
  return { type: 'object', description, additionalProperties: values };
}

/** Fields with fixed names; any other name is an error. */
export function object(
  description: string,
  properties: Record<string, JsonSchema>,
  required: readonly string[] = [],
): JsonSchema {
  return { type: 'object', description, properties, additionalProperties: false, ...(required.length > 0 && { required }) };
}

/** A structure of Kubernetes' own that is passed on as it is; the server alone knows all its fields. */
export function passedOn(description: string): JsonSchema {
  return { type: 'object', description };
}
