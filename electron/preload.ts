import { contextBridge, ipcRenderer } from 'electron';

/** The page's window, of which the preload needs only this. */
declare const window: {
  postMessage(message: string, origin: string, ports: readonly unknown[]): void;
  location: { origin: string };
};

// Constant: features talk to the backend through the port, never through new channels here.
ipcRenderer.on('backend-port', (event) => {
  window.postMessage('emberdeck:backend', window.location.origin, event.ports);
});

contextBridge.exposeInMainWorld('emberdeck', {
  connect: () => ipcRenderer.send('connect'),
  onBackendLost: (listener: () => void) => {
    const heard = () => listener();
    ipcRenderer.on('backend-lost', heard);
    return () => ipcRenderer.off('backend-lost', heard);
  },
  chooseKubeconfig: (): Promise<string | null> => ipcRenderer.invoke('choose-kubeconfig'),
  openExternal: (url: string): Promise<boolean> => ipcRenderer.invoke('open-external', url),
  platform: process.platform,
});
