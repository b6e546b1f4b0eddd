/** What the preload script adds to the page in Electron; absent in a browser. It never grows with features. */
interface Bridge {
  /** Asks main for a (new) port to the backend; it arrives as a message event with one port. */
  connect(): void;
  /** Told when the backend process ended. The returned function ends the subscription. */
  onBackendLost(listener: () => void): () => void;
  /** The file the user chose, or null. */
  chooseKubeconfig(): Promise<string | null>;
  /** Opens an https or loopback address in the user's browser; anything else is refused. */
  openExternal(url: string): Promise<boolean>;
  readonly platform: string;
}

interface Window {
  readonly emberdeck?: Bridge;
}
