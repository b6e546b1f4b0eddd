/** The page of one application. */
export { ApplicationPage } from './ApplicationPage.tsx';
