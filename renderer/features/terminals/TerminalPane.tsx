import { useEffect, useRef, useState } from 'react';
import { FindBar } from './FindBar.tsx';
import { faceLoaded, openScreen, type TerminalScreen } from './screen.ts';
import { attach } from './session.ts';
import styles from './Terminal.module.css';
import { wireOf } from './terminals.ts';

interface TerminalPaneProps {
  id: string;
  shown: boolean;
  /** Rises when it is to take the keys. */
  focus: number;
}

/** The screen of one terminal. */
export default function TerminalPane({ id, shown, focus }: TerminalPaneProps) {
  const element = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<TerminalScreen | null>(null);
  const [finding, setFinding] = useState(false);

  useEffect(() => {
    let close = () => {};
    let gone = false;
    void faceLoaded().then(() => {
      if (gone || element.current === null) return;
      const opened = openScreen(element.current, {
        onType: (bytes) => session.type(bytes),
        onSize: (size) => session.resize(size),
        onFind: () => setFinding(true),
      });
      const session = attach(wireOf(id), crypto.randomUUID(), opened);
      setScreen(opened);
      close = () => {
        session.close();
        opened.close();
      };
    });
    return () => {
      gone = true;
      close();
    };
  }, [id]);
  useEffect(() => screen?.show(shown), [screen, shown]);
  useEffect(() => {
    if (shown && focus > 0) screen?.focus();
  }, [screen, shown, focus]);

  return (
    <div className={styles.pane}>
      {finding && (
        <FindBar
          onFind={(text, backwards) => screen?.find(text, backwards) ?? false}
          onClose={() => {
            setFinding(false);
            screen?.focus();
          }}
        />
      )}
      <div ref={element} className={styles.screen} />
    </div>
  );
}
