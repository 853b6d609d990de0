import type { ProvisioningOperation } from './exchange.ts';

/** Why a request is refused. More causes than answers: a device must not learn which check failed, but the log must. */
export type RefusalCause =
  | 'malformed-payload'
  | 'throttled'
  | 'internal-failure'
  | 'csr-missing'
  | 'csr-refused'
  | 'token-empty'
  | 'token-foreign'
  | 'token-expired'
  | 'token-replayed'
  | 'token-in-use'
  | 'token-without-certificate'
  | 'parameters-invalid'
  | 'parameter-missing'
  | 'template-unknown'
  | 'template-disabled'
  | 'template-of-other-type'
  | 'template-evaluation-failed'
  | 'hook-denied'
  | 'hook-failed'
  | 'hook-not-invoked'
  | 'hook-timed-out'
  | 'hook-answer-invalid'
  | 'resource-conflict'
  | 'registration-failed';

export interface RefusalRow {
  readonly operation: ProvisioningOperation;
  readonly cause: RefusalCause;
  readonly statusCode: number;
  readonly errorCode: string;
  /** `{detail}` is replaced by what the refusal knows. */
  readonly errorMessage: string;
  /** `evidence`: seen from AWS. `assumed`: AWS publishes neither codes nor texts; to be replaced by a capture from a real account. */
  readonly basis: 'evidence' | 'assumed';
}

type Answer = Omit<RefusalRow, 'operation'>;

const assumed = (cause: RefusalCause, statusCode: number, errorCode: string, errorMessage: string): Answer => ({
  cause,
  statusCode,
  errorCode,
  errorMessage,
  basis: 'assumed',
});

const answersOfAll: readonly Answer[] = [
  assumed('malformed-payload', 400, 'InvalidRequest', 'The request payload is not valid: {detail}'),
  assumed('throttled', 429, 'ThrottlingException', 'Rate exceeded'),
  assumed('internal-failure', 500, 'InternalFailureException', 'An unexpected error has occurred.'),
];

const answersToCsr: readonly Answer[] = [
  assumed('csr-missing', 400, 'InvalidRequest', 'Certificate signing request cannot be empty.'),
  assumed('csr-refused', 400, 'InvalidRequest', '{detail}'),
];

const invalidToken = (cause: RefusalCause): Answer =>
  assumed(cause, 400, 'InvalidCertificateOwnershipToken', 'Certificate ownership token is invalid or expired.');

// DG:pre-provisioning-hook calls it ACCESS_DENIED and AWS's sample client branches on 403; code and text are assumed.
const accessDenied = (cause: RefusalCause): Answer => assumed(cause, 403, 'AccessDenied', 'Access denied');

const answersToRegisterThing: readonly Answer[] = [
  // aws/aws-iot-device-sdk-js-v2#69.
  {
    cause: 'token-empty',
    statusCode: 400,
    errorCode: 'InvalidCertificateOwnershipToken',
    errorMessage: 'Certificate ownership token cannot be empty.',
    basis: 'evidence',
  },
  invalidToken('token-foreign'),
  invalidToken('token-expired'),
  invalidToken('token-replayed'),
  invalidToken('token-in-use'),
  invalidToken('token-without-certificate'),
  assumed('parameters-invalid', 400, 'InvalidRequest', 'The template parameters are not valid: {detail}'),
  assumed('parameter-missing', 400, 'InvalidRequest', 'The template parameter {detail} has no value.'),
  assumed('template-unknown', 404, 'ResourceNotFoundException', 'The provisioning template does not exist.'),
  assumed('template-disabled', 403, 'AccessDenied', 'The provisioning template is not enabled.'),
  assumed('template-of-other-type', 400, 'InvalidRequest', 'The provisioning template is not for fleet provisioning.'),
  assumed('template-evaluation-failed', 400, 'InvalidRequest', 'The provisioning template cannot be evaluated: {detail}'),
  accessDenied('hook-denied'),
  accessDenied('hook-failed'),
  accessDenied('hook-not-invoked'),
  accessDenied('hook-timed-out'),
  accessDenied('hook-answer-invalid'),
  // The code is named by DG:provision-template (OverrideSettings FAIL); that it is also the MQTT errorCode is assumed.
  assumed('resource-conflict', 400, 'ResourceConflictsException', 'A resource exists with other settings: {detail}'),
  assumed('registration-failed', 400, 'ResourceRegistrationFailureException', 'The resources could not be registered.'),
];

const rowsOf = (operation: ProvisioningOperation, answers: readonly Answer[]): readonly RefusalRow[] =>
  [...answersOfAll, ...answers].map((answer) => ({ operation, ...answer }));

/** Every refusal of the fleet provisioning MQTT API. */
export const refusals: readonly RefusalRow[] = [
  ...rowsOf('CreateCertificateFromCsr', answersToCsr),
  ...rowsOf('CreateKeysAndCertificate', []),
  ...rowsOf('RegisterThing', answersToRegisterThing),
];
