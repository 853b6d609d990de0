// What each approach deploys: one line each, under the approach's name.
export { deployPki as pki } from '../approaches/pki/deploy.ts';
