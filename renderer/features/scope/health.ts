import { describe } from '../../../shared/describe.ts';
import type { Health } from './store.ts';

/** Health of a connection in one or two words: `connected · v1.34.1`. */
export function healthWord(health: Health): string {
  if (health.state === 'none') return '';
  if (health.state === 'failed') return describe(health.failure).title;
  const { connection } = health;
  switch (connection.state) {
    case 'connected':
      return `connected · ${connection.version}`;
    case 'unauthorised':
      return 'signed out';
    default:
      return connection.state;
  }
}
