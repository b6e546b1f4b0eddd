/** True on a Mac, where Cmd takes the part of Ctrl. */
export const isMac: boolean = window.emberdeck ? window.emberdeck.platform === 'darwin' : /Mac/.test(navigator.userAgent);
