/** The page before a cluster is chosen. */
export { WelcomePage } from './WelcomePage.tsx';
