import { useMemo } from 'react';
import { failureOf } from '../../../shared/failure.ts';
import { showNotice } from '../../ui/notices.ts';
import { type Action, useActions } from '../palette/index.ts';
import { presentAddress } from './address.ts';
import { namespaceTitle } from './namespaceChoices.ts';
import { scope, useScope } from './scope.ts';

const NO_NAMES: string[] = [];

/** Puts every usable context and every known namespace into the palette. */
export function useScopeActions(): void {
  const contexts = useScope((state) => state.kubeconfigs.contexts);
  const context = useScope((state) => state.scope?.context ?? null);
  const namespace = useScope((state) => state.scope?.namespace);
  const names = useScope((state) => state.namespaces?.names ?? NO_NAMES);
  const actions = useMemo(() => {
    const ofContexts = contexts.map(
      ({ name, failure }): Action => ({
        id: `context.${name}`,
        title: name,
        group: 'Context',
        enabled: failure === null && name !== context,
        run: () => scope.chooseContext(name),
      }),
    );
    const ofNamespaces = [null, ...names].map(
      (name): Action => ({
        id: `namespace.${name ?? '*'}`,
        title: namespaceTitle(name),
        group: 'Namespace',
        enabled: context !== null && name !== namespace,
        run: () => scope.chooseNamespace(name),
      }),
    );
    const copy: Action = {
      id: 'address.copy',
      title: 'Copy the address of this page',
      group: 'View',
      run: () => {
        const address = presentAddress();
        navigator.clipboard.writeText(address).then(
          () => showNotice({ tone: 'done', text: `Copied ${address}` }),
          (error: unknown) => showNotice({ tone: 'failed', text: 'The address was not copied.', failure: failureOf(error) }),
        );
      },
    };
    return [copy, ...ofNamespaces, ...ofContexts];
  }, [contexts, context, namespace, names]);
  useActions('scope', actions);
}
