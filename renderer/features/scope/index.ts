/** The cluster and namespace the window works in. */

export { AddKubeconfig } from './AddKubeconfig.tsx';
export { actionsOfAddress } from './address.ts';
export { BrokenFiles } from './BrokenFiles.tsx';
export { ContextMark } from './ContextMark.tsx';
export { ContextPicker } from './ContextPicker.tsx';
export { originWords } from './files.ts';
export { NamespacePicker } from './NamespacePicker.tsx';
export { scope, useContextHue, useScope } from './scope.ts';
export type { ScopeStore } from './store.ts';
export { keepTogether } from './together.ts';
export { useScopeActions } from './useScopeActions.ts';
