/** Something is in the archive where the next object of the chain belongs, and it is none that sealing wrote. A person must look. */
export class ForeignObjectError extends Error {
  override readonly name = 'ForeignObjectError';
  readonly code = 'ERR_FOREIGN_OBJECT';

  constructor(key: string, why: string) {
    super(`What is in the archive as ${key} ${why}.`);
  }
}
