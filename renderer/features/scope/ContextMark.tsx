import styles from './Picker.module.css';
import { useContextHue } from './scope.ts';

/** A small square in the colour of a context. */
export function ContextMark({ name }: { name: string }) {
  return <span className={styles.mark} style={{ '--context-hue': `${useContextHue(name) ?? 0}` }} />;
}
