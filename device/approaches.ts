// The device's half of each approach: one line each, under the approach's name.
export { provePki as pki } from '../approaches/pki/prove.ts';
export { provePsk as psk } from '../approaches/psk/prove.ts';
export { proveOAuth as oauth } from '../approaches/oauth/prove.ts';
