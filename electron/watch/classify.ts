import type { Failure } from '../../shared/failure.ts';

/** What a failure means to a watch. */
export type Meaning =
  /** The version or the continue token is older than the server remembers (410). */
  | 'gone'
  /** Trying again soon will not help; somebody has to change something. */
  | 'refused'
  /** The server answered, but not what it should. */
  | 'unwell'
  /** The way to the server is broken. */
  | 'lost';

/** Sorts failures by what has to be done about them. */
export function meaningOf(failure: Failure): Meaning {
  switch (failure.code) {
    case 'server-error':
      return failure.status === 410 ? 'gone' : 'unwell';
    case 'unauthorised':
    case 'forbidden':
    case 'not-found':
    case 'kind-absent':
    // A login that cannot work must not be tried every half second: each try may run a program or open a browser.
    case 'kubeconfig-missing':
    case 'kubeconfig-invalid':
    case 'context-unknown':
    case 'context-incomplete':
    case 'credential-file':
    case 'certificate-expired':
    case 'plugin-absent':
    case 'plugin-failed':
    case 'plugin-hung':
    case 'plugin-rubbish':
    case 'untrusted':
      return 'refused';
    case 'unreachable':
    case 'no-answer':
      return 'lost';
    default:
      return 'unwell';
  }
}
