/** What `muster` ends with, for scripts. */
export const exitCodes = {
  done: 0,
  /** Refused, or not possible; standard error says why. */
  failed: 1,
  /** The command line is wrong; nothing was tried. */
  usage: 2,
  /** Nothing is done yet: somebody else must agree. */
  waiting: 3,
  /** Looked at, and not as it was sealed: `muster audit verify` says what. */
  broken: 4,
  /** Interrupted; what was on the way is finished, and the same command goes on from there. */
  interrupted: 130,
} as const;
