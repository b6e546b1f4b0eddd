/** The rules for names in Kubernetes, each with the server's sentence about it; null when a word keeps the rule. */
export type Rule = (word: string) => string | null;

const matching =
  (pattern: RegExp, sentence: string, longest: number, unit = 'characters'): Rule =>
  (word) => {
    if (word.length > longest) return `must be no more than ${longest} ${unit}`;
    return pattern.test(word) ? null : sentence;
  };

/** Names of most objects. */
export const subdomain: Rule = matching(
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
    "alphanumeric character (e.g. 'example.com', regex used for validation is " +
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
  253,
);

/** Names of containers, volumes and namespaces. */
export const label: Rule = matching(
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
    "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
  63,
);

/** Names of services. */
export const serviceName: Rule = matching(
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an " +
    "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
  63,
);

/** Names of roles and bindings, which are one segment of a path. */
export const pathSegment: Rule = (word) => {
  if (word === '.' || word === '..') return `may not be '${word}'`;
  const found = ['/', '%'].find((sign) => word.includes(sign));
  return found === undefined ? null : `may not contain '${found}'`;
};

/** Keys of ConfigMaps and Secrets. */
export const configKey: Rule = matching(
  /^[-._a-zA-Z0-9]+$/,
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', " +
    "regex used for validation is '[-._a-zA-Z0-9]+')",
  253,
);

const namePart = matching(
  /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. " +
    "'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
  63,
);

/** Keys of labels and annotations: a name, with a domain before it where there is a slash. */
export const qualifiedName: Rule = (word) => {
  const parts = word.split('/');
  if (parts.length === 1) return namePart(word);
  if (parts.length > 2) {
    return (
      "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
      "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
      "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
    );
  }
  const [prefix = '', name = ''] = parts;
  if (prefix === '') return 'prefix part must be non-empty';
  const wrong = subdomain(prefix);
  return wrong === null ? namePart(name) : `prefix part ${wrong}`;
};

/** Values of labels. */
export const labelValue: Rule = matching(
  /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
    "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
    "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  63,
);

/** Names of environment variables. */
export const variableName: Rule = matching(
  /^[\x20-\x3c\x3e-\x7e]+$/,
  "a valid environment variable name must consist only of printable ASCII characters other than '='",
  Number.POSITIVE_INFINITY,
);
