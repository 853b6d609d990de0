import { randomInt } from 'node:crypto';

// Crockford's alphabet: nothing in it is taken for something else.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A code of 80 random bits that people can type, e.g. `7KQ2-M4XR-0PZ9-TB3H`. */
export const newEnrollmentCode = (): string => Array.from({ length: GROUPS }, newGroup).join('-');

const newGroup = (): string => Array.from({ length: GROUP_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
