/** Other transactions held some of the items at every attempt. Nothing of the last attempt was written; doing it again is safe. */
export class RegistrationContentionError extends Error {
  override readonly name = 'RegistrationContentionError';
  readonly code = 'ERR_REGISTRATION_CONTENTION';

  constructor(count: number) {
    super(`${count} enrollments could not be written: DynamoDB was busy with them at every attempt. Try again.`);
  }
}
