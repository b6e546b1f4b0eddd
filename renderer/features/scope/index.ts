/** The cluster and namespace the window works in. */
export { AddKubeconfig } from './AddKubeconfig.tsx';
export { BrokenFiles } from './BrokenFiles.tsx';
export { ContextList } from './ContextList.tsx';
export { ContextMark } from './ContextMark.tsx';
export { ContextPicker } from './ContextPicker.tsx';
export { originWords } from './files.ts';
export { NamespacePicker } from './NamespacePicker.tsx';
export { namespaceTitle } from './namespaceChoices.ts';
export { scope, useContextHue, useScope } from './scope.ts';
export { keepTogether } from './together.ts';
export { useScopeActions } from './useScopeActions.ts';
