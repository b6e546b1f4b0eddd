/** Moving about: places, their addresses, and how fresh the page on screen is. */
export { formatAddress, type Place, parseAddress, type Scope } from './address.ts';
export { useShowFreshness } from './freshness.ts';
export { navigation, usePlace } from './navigation.ts';
