// The operator's half of each approach: one line each, under the approach's name. `enrollers.ts` reads them.
export { enrollPki as pki } from '../approaches/pki/enroll.ts';
