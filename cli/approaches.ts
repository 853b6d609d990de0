// The operator's half of each approach: one line each, under the approach's name. `enrollers.ts` reads them.
export { enrollPki as pki } from '../approaches/pki/enroll.ts';
export { enrollPsk as psk } from '../approaches/psk/enroll.ts';
export { enrollOAuth as oauth } from '../approaches/oauth/enroll.ts';
