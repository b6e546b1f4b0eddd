import type { TerminalState } from '../../../shared/contract/terminals.ts';
import { describe } from '../../../shared/describe.ts';
import { visible } from '../../../shared/visible.ts';

type Ended = Extract<TerminalState, { state: 'ended' }>;

/** How a shell ended, in sentences: first why its container is over, where that is known. */
export function endWords({ how, container }: Ended): string {
  const why = container === null ? '' : `The container is over: ${visible(container)}. `;
  return why + shellWords(how);
}

function shellWords(how: Ended['how']): string {
  switch (how.end) {
    case 'exit':
      return how.code === 0 ? 'The shell has ended.' : `The shell ended with exit code ${how.code}.`;
    case 'no-shell':
      return 'This container has no shell: neither bash nor sh is in it.';
    case 'not-started':
      return `No shell was started: ${visible(how.message)}`;
    case 'refused': {
      const { title, detail } = describe(how.failure);
      return detail === null ? title : `${title} ${detail}`;
    }
    case 'lost':
      return `The connection to the shell was lost. ${describe(how.failure).title}`;
  }
}
