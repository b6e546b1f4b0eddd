import '@mantine/core/styles.layer.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './theme/tokens.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { demo } from './features/demo/index.ts';
import { listenForKeys } from './features/keys/index.ts';
import { keepTogether, scope } from './features/scope/index.ts';
import { settings } from './features/settings/index.ts';
import { navigation } from './features/shell/index.ts';
import { cssVariables, theme } from './theme/mantine.ts';

// These live as long as the window.
void settings.load();
scope.start();
demo.follow();
keepTogether(scope, navigation);
listenForKeys(window);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <App />
  </MantineProvider>,
);
