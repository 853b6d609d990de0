// What each approach deploys: one line each, under the approach's name.
export { deployPki as pki } from '../approaches/pki/deploy.ts';
export { deployPsk as psk } from '../approaches/psk/deploy.ts';
export { deployOAuth as oauth } from '../approaches/oauth/deploy.ts';
