// The shared suite, run with each approach: one line each, under the approach's name.
export { describePki as pki } from './pki/under-test.ts';
