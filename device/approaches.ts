// The device's half of each approach: one line each, under the approach's name.
export { provePki as pki } from '../approaches/pki/prove.ts';
