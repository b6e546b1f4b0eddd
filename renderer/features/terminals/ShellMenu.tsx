import { Button, Menu } from '@mantine/core';
import { useMemo } from 'react';
import type { ApplicationPod, ApplicationRef } from '../../../shared/contract/applications.ts';
import { visible } from '../../../shared/visible.ts';
import { Icon } from '../../ui/icons.tsx';
import { type Action, useActions } from '../palette/index.ts';
import { roleOf, runningPods } from './pods.ts';
import { openShell } from './terminals.ts';

interface ShellMenuProps {
  reference: ApplicationRef;
  pods: readonly ApplicationPod[];
}

/** A shell in the driver or an executor, from a menu, the palette, or with `s` in the first of them. */
export function ShellMenu({ reference, pods }: ShellMenuProps) {
  const places = runningPods(pods);
  const key = JSON.stringify(places.map(({ uid }) => uid));
  // biome-ignore lint/correctness/useExhaustiveDependencies: pods are told anew all the time; the actions are the same for the same ones.
  const actions = useMemo(
    () =>
      places.map(
        (pod, index): Action => ({
          id: `application.shell.${pod.uid}`,
          title: `Shell in ${visible(roleOf(pod))}`,
          group: reference.name,
          here: true,
          ...(index === 0 ? { keys: 's' } : {}),
          run: () => void openShell(reference, pod),
        }),
      ),
    [key, reference],
  );
  useActions('application.shells', actions);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          disabled={places.length === 0}
          rightSection={<Icon name="down" size={12} />}
          title={places.length === 0 ? 'No driver and no executor runs' : 'Open a shell in the driver (S) or an executor'}
        >
          Shell
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
        {places.map((pod) => (
          <Menu.Item key={pod.uid} title={visible(pod.name)} onClick={() => void openShell(reference, pod)}>
            {visible(roleOf(pod))}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
