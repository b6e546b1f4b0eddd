/** Moving about: places, their addresses, and how fresh the page on screen is. */
export { formatAddress, type Place, parseAddress, type Scope } from './address.ts';
export { useShowFreshness, useShownFreshness } from './freshness.ts';
export { navigation, useCanStep, usePlace } from './navigation.ts';
