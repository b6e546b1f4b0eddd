import { useMemo } from 'react';
import { type Action, useActions } from '../palette/index.ts';
import { navigation } from '../shell/index.ts';
import { demo, useDemo, useIsDemo } from './demo.ts';

const GROUP = 'Demo cluster';

/** Starting, stopping, playing and breaking, in the palette of every page. */
export function useDemoActions(): void {
  const running = useDemo((state) => state.demo.state === 'running');
  const playables = useDemo((state) => state.playables);
  const here = useIsDemo();
  const actions = useMemo(() => {
    const act = (id: string, title: string, run: () => void): Action => ({ id: `demo.${id}`, title, group: GROUP, run });
    const choose = act('leave', 'Choose a cluster', () => navigation.open({ page: 'welcome' }));
    const welcome: Action = { ...choose, group: 'Go to' };
    if (!running) return [welcome, act('start', 'Start the demo cluster', () => void demo.start())];
    const go = act('start', 'Go to the demo cluster', () => void demo.start());
    const menu = act('menu', 'Demo: scenarios and faults…', () => demo.setMenuOpen(true));
    return [
      welcome,
      ...(here ? [menu] : [go]),
      act('stop', 'Stop the demo cluster', () => void demo.stop()),
      ...(playables?.scenarios ?? []).map((each) => ({
        ...act(`play.${each.id}`, each.title, () => void demo.play(each)),
        group: 'Demo: play',
      })),
      ...(playables?.breakages ?? []).map((each) => ({
        ...act(`break.${each.id}`, each.title, () => void demo.break(each)),
        group: 'Demo: break',
      })),
    ];
  }, [running, playables, here]);
  useActions('demo', actions);
}
