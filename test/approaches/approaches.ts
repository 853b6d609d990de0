// The shared suite, run with each approach: one line each, under the approach's name.
export { describePki as pki } from './pki/under-test.ts';
export { describePsk as psk } from './psk/under-test.ts';
export { describeOAuth as oauth } from './oauth/under-test.ts';
