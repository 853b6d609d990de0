import * as z from 'zod';
import { assumed, seen, type BehaviourRow, type BehaviourRows } from './row.ts';

/** What is published on a `rejected` topic (DG:fleet-provision-api); `{detail}` is replaced by what the refusal knows. */
export interface Rejection {
  readonly statusCode: number;
  readonly errorCode: string;
  readonly errorMessage: string;
}

const schema: z.ZodType<Rejection> = z.strictObject({
  statusCode: z.int().min(400).max(599),
  errorCode: z.string().min(1),
  errorMessage: z.string(),
});

const rejected = (errorCode: string, [statusCode, errorMessage]: readonly [number, string], says: string): BehaviourRow<Rejection> =>
  assumed(schema, { statusCode, errorCode, errorMessage }, says);

const invalidRequest = (errorMessage: string, says: string): BehaviourRow<Rejection> =>
  rejected('InvalidRequest', [400, errorMessage], says);

const invalidToken = (says: string): BehaviourRow<Rejection> =>
  rejected('InvalidCertificateOwnershipToken', [400, 'Certificate ownership token is invalid or expired.'], says);

// DG:pre-provisioning-hook calls it ACCESS_DENIED and AWS's sample client branches on 403; code and text are nobody's.
const accessDenied = (says: string): BehaviourRow<Rejection> => rejected('AccessDenied', [403, 'Access denied'], says);

/** Every refusal of fleet provisioning over MQTT. AWS publishes neither codes nor texts. */
export const provisioningAnswerRows = {
  'provisioning.rejected-malformed-payload': invalidRequest(
    'The request payload is not valid: {detail}',
    'A payload that is no JSON or CBOR object is answered with 400 `InvalidRequest`.',
  ),
  'provisioning.rejected-throttled': rejected(
    'ThrottlingException',
    [429, 'Rate exceeded'],
    'A request over the rate is answered with 429 `ThrottlingException`.',
  ),
  'provisioning.rejected-internal-failure': rejected(
    'InternalFailureException',
    [500, 'An unexpected error has occurred.'],
    'A fault of the service is answered with 500 `InternalFailureException`.',
  ),
  'provisioning.rejected-claim-expired': accessDenied(
    'A request by a connection whose temporary claim has expired is answered with 403 `AccessDenied`.',
  ),
  'provisioning.rejected-csr-missing': invalidRequest(
    'Certificate signing request cannot be empty.',
    'A missing or empty CSR is answered with 400 `InvalidRequest`.',
  ),
  'provisioning.rejected-csr-refused': invalidRequest(
    '{detail}',
    'A CSR that AWS IoT would not sign is answered with 400 `InvalidRequest`.',
  ),
  'provisioning.rejected-certificate-provider-failed': accessDenied(
    'A certificate provider that fails, is late, may not be called or answers another certificate is answered with 403 `AccessDenied`.',
  ),
  'provisioning.rejected-token-empty': seen(
    schema,
    { statusCode: 400, errorCode: 'InvalidCertificateOwnershipToken', errorMessage: 'Certificate ownership token cannot be empty.' },
    'A missing or empty ownership token is answered with 400 `InvalidCertificateOwnershipToken` (aws/aws-iot-device-sdk-js-v2#69).',
  ),
  'provisioning.rejected-token-foreign': invalidToken(
    'A token that this account did not issue, or not to this caller, is answered with 400 `InvalidCertificateOwnershipToken`.',
  ),
  'provisioning.rejected-token-expired': invalidToken('A token after its hour is answered with 400 `InvalidCertificateOwnershipToken`.'),
  'provisioning.rejected-token-replayed': invalidToken(
    'A token that was redeemed before is answered with 400 `InvalidCertificateOwnershipToken`.',
  ),
  'provisioning.rejected-token-in-use': invalidToken(
    'A token that another request is redeeming is answered with 400 `InvalidCertificateOwnershipToken`.',
  ),
  'provisioning.rejected-token-without-certificate': invalidToken(
    'A token whose certificate is gone or no longer pending is answered with 400 `InvalidCertificateOwnershipToken`.',
  ),
  'provisioning.rejected-parameters-invalid': invalidRequest(
    'The template parameters are not valid: {detail}',
    'Parameters that are no map of strings within their limits are answered with 400 `InvalidRequest`.',
  ),
  'provisioning.rejected-parameter-missing': invalidRequest(
    'The template parameter {detail} has no value.',
    'A parameter without value and default is answered with 400 `InvalidRequest`.',
  ),
  'provisioning.rejected-template-unknown': rejected(
    'ResourceNotFoundException',
    [404, 'The provisioning template does not exist.'],
    'An unknown template is answered with 404 `ResourceNotFoundException`.',
  ),
  'provisioning.rejected-template-disabled': rejected(
    'AccessDenied',
    [403, 'The provisioning template is not enabled.'],
    'A disabled template is answered with 403 `AccessDenied`.',
  ),
  'provisioning.rejected-template-of-other-type': invalidRequest(
    'The provisioning template is not for fleet provisioning.',
    'A template of type JITP is answered with 400 `InvalidRequest`.',
  ),
  'provisioning.rejected-template-evaluation-failed': invalidRequest(
    'The provisioning template cannot be evaluated: {detail}',
    'A function that finds no value is answered with 400 `InvalidRequest`.',
  ),
  'provisioning.rejected-hook-denied': accessDenied('A hook that denies is answered with 403 `AccessDenied`.'),
  'provisioning.rejected-hook-failed': accessDenied('A hook that throws is answered with 403 `AccessDenied`.'),
  'provisioning.rejected-hook-not-invoked': accessDenied('A hook that Lambda does not run is answered with 403 `AccessDenied`.'),
  'provisioning.rejected-hook-timed-out': accessDenied('A hook that takes 5 seconds is answered with 403 `AccessDenied`.'),
  'provisioning.rejected-hook-answer-invalid': accessDenied('A hook whose answer breaks the contract is answered with 403 `AccessDenied`.'),
  'provisioning.rejected-resource-conflict': rejected(
    'ResourceConflictsException',
    [400, 'A resource exists with other settings: {detail}'],
    'The override setting `FAIL` is answered with 400 `ResourceConflictsException`, the name that the developer guide gives it.',
  ),
  'provisioning.rejected-role-not-assumable': accessDenied(
    'A provisioning role that is gone or no longer trusts AWS IoT is answered with 403 `AccessDenied`.',
  ),
  'provisioning.rejected-registration-failed': rejected(
    'ResourceRegistrationFailureException',
    [400, 'The resources could not be registered.'],
    'An effect that the account refuses is answered with 400 `ResourceRegistrationFailureException`.',
  ),
} as const satisfies BehaviourRows;
