import type { Kubeconfigs } from '../../shared/contract/kubeconfigs.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { failureOf } from '../../shared/failure.ts';
import type { SettingsStore } from '../platform/settings.ts';
import type { Log } from '../platform/world.ts';
import type { DemoControl } from './index.ts';

/**
 * Whether the demo cluster comes up with the product, and whether windows begin on it.
 *
 * `asked`: on the command line. `restored`: it was on and was what the person looked at. `first`: nothing names a cluster, nothing
 * that might is broken, and it was never stopped by hand.
 */
export function reasonAtStart(
  asked: boolean,
  { context, demo }: Pick<Settings, 'context' | 'demo'>,
  { contexts, files }: Pick<Kubeconfigs, 'contexts' | 'files'>,
): 'asked' | 'restored' | 'first' | null {
  if (asked) return 'asked';
  if (demo.state === 'on' && demo.context === context) return 'restored';
  const isBroken = files.some(({ failure }) => failure !== null && failure.code !== 'kubeconfig-missing');
  return demo.state !== 'stopped' && contexts.length === 0 && !isBroken ? 'first' : null;
}

interface Start {
  demo: Pick<DemoControl, 'start'>;
  settings: Pick<SettingsStore, 'get' | 'change'>;
  kubeconfigs: Kubeconfigs;
  asked: boolean;
  log: Log;
}

/**
 * Starts the demo cluster where there is a reason to, and makes it the scope that windows restore; its name may be another one than
 * the last time. When that fails the product starts without it.
 */
export async function demoAtStart({ demo, settings, kubeconfigs, asked, log }: Start): Promise<void> {
  if (reasonAtStart(asked, await settings.get(), kubeconfigs) === null) return;
  try {
    const { context } = await demo.start();
    await settings.change({ context, demo: { state: 'on', context } });
  } catch (error) {
    log.warn('the demo cluster did not start', { message: failureOf(error).code });
  }
}
