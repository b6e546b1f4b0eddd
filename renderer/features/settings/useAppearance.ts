import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useSettings } from './settings.ts';

/** Puts theme and density of the settings into force. Until they are read the window looks as it did last. */
export function useAppearance(): void {
  const read = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  const theme = read.state === 'ready' ? read.settings.theme : null;
  const density = read.state === 'ready' ? read.settings.density : null;
  useEffect(() => {
    if (theme !== null) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
  useEffect(() => {
    if (density !== null) document.documentElement.dataset.density = density;
  }, [density]);
}
