import 'react';

// React's style takes custom properties only when they are declared.
declare module 'react' {
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
