/** Something on this device that no server can mend: a missing file, a mode, a serial number. */
export class BadSetupError extends Error {
  override readonly name = 'BadSetupError';
  readonly code = 'ERR_BAD_SETUP';
}
