import type { Failure } from '../../shared/failure.ts';
import { errorCode } from './error-code.ts';

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'names cannot be looked up at the moment',
  ETIMEDOUT: 'the connection timed out',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  ENETDOWN: 'the network is down',
  EPROTO: 'it does not speak TLS as expected',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port',
  HPE_INVALID_CONSTANT: 'it does not answer in HTTP',
};

const CERTIFICATES: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it signed its certificate itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate goes back to an authority that the kubeconfig does not name',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is of an authority that the kubeconfig does not name',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is of an authority that the kubeconfig does not name',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is of an authority that the kubeconfig does not name',
  CERT_SIGNATURE_FAILURE: 'its certificate was not signed by the authority of the kubeconfig',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  CERT_REVOKED: 'its certificate was revoked',
  INVALID_CA: 'the authority that signed its certificate may not sign any',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** What a broken connection to `server` means. The error's message is not used: a proxy's may hold its password. */
export function networkFailure(error: unknown, server: string): Failure {
  const code = errorCode(error);
  const certificate = CERTIFICATES[code];
  if (certificate !== undefined) return { code: 'untrusted', server, reason: certificate };
  // An EPROTO wraps what OpenSSL said; only this one case has words of its own.
  const plain = code === 'EPROTO' && error instanceof Error && /wrong version number/.test(error.message);
  const reason = REASONS[plain ? 'ERR_SSL_WRONG_VERSION_NUMBER' : code];
  return { code: 'unreachable', server, reason: reason ?? `the connection failed (${code})` };
}

/** Whether the connection broke because the server would not take our certificate. */
export function isCertificateRefused(error: unknown): boolean {
  return /ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)|ALERT_.*CERTIFICATE/.test(errorCode(error));
}
