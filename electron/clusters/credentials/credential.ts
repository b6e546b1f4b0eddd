/** What proves to the API server who we are. Secrets: it never leaves `electron/clusters`. */
export interface Credential {
  /** `Authorization` and `Impersonate-*` headers. */
  headers: Record<string, string | string[]>;
  /** PEM texts of a client certificate and its key. */
  certificate: { cert: string; key: string } | null;
}

/** The credentials of one context, got when first needed. Both methods throw failures of the credentials. */
export interface Credentials {
  get(): Promise<Credential>;
  /** After the server refused `used`: something newer, or null when there is nothing newer to try. */
  renew(used: Credential): Promise<Credential | null>;
  /** Forgets failures, so that the next call tries at once. */
  forgive(): void;
}

/** Whether a header can carry `token`: no line breaks, nothing beyond ASCII. */
export function fitsHeader(token: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a header may not hold.
  return !/[\u0000-\u001f\u007f-\uffff]/.test(token);
}
