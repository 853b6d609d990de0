import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** Custom authorizers and domain configurations. */
export const customAuthenticationRows = {
  'authorizer.status-by-default': assumed(
    z.enum(['ACTIVE', 'INACTIVE']),
    'INACTIVE',
    'An authorizer that is created without a status is inactive.',
  ),
  'authorizer.default-is-cleared-first': assumed(
    z.boolean(),
    true,
    'SetDefaultAuthorizer answers ResourceAlreadyExistsException while another authorizer is the default.',
  ),
  'authorizer.deletion-wants-inactive': assumed(
    z.boolean(),
    true,
    'DeleteAuthorizer answers DeleteConflictException for an authorizer that is active.',
  ),
  'authorizer.deletion-wants-unused': assumed(
    z.boolean(),
    true,
    'DeleteAuthorizer answers DeleteConflictException for the default of the account or of a domain configuration.',
  ),
  'domain-configuration.override-by-default': assumed(
    z.boolean(),
    false,
    'A domain configuration that names an authorizer and does not say allowAuthorizerOverride honours no other.',
  ),
  'domain-configuration.wants-existing-authorizer': assumed(
    z.boolean(),
    true,
    'A domain configuration that names an authorizer that does not exist is refused with InvalidRequestException.',
  ),
  'domain-configuration.deletion-wants-disabled': assumed(
    z.boolean(),
    true,
    'DeleteDomainConfiguration answers InvalidRequestException while the configuration is enabled.',
  ),
  'authorizer.test-refuses-signature-with': assumed(
    z.enum(['InvalidRequestException', 'UnauthorizedException']),
    'InvalidRequestException',
    'TestInvokeAuthorizer answers InvalidRequestException for a token whose signature is missing or does not verify.',
  ),
  'domain-configuration.callback-chain': assumed(
    z.enum(['pem', 'base64-der']),
    'pem',
    'The function that is asked about client certificates gets their chain as PEM.',
  ),
  'custom-authentication.plus-is-space': assumed(
    z.boolean(),
    true,
    'A plus sign in a query string means a space, so that a signature that is not URL-encoded may fail.',
  ),
  'custom-authentication.username-keeps-query': assumed(
    z.boolean(),
    true,
    'The event carries the MQTT user name whole, with the query string that named authorizer and token.',
  ),
  'custom-authentication.short-times': assumed(
    z.enum(['refuse', 'honour']),
    'refuse',
    'An answer with a refresh or disconnect time below 300 seconds is invalid, and the client is refused.',
  ),
  'custom-authentication.refresh-by-default-seconds': assumed(
    z.int().min(1),
    86_400,
    'An answer without refreshAfterInSeconds is not refreshed within the longest life of a connection, 86,400 seconds.',
  ),
  'custom-authentication.refresh-keeps-connection-id': assumed(
    z.boolean(),
    true,
    'A refresh shows the function the event of the connection again: the same credentials and the same connectionMetadata.id.',
  ),
  'custom-authentication.principal-identifier': assumed(
    z.enum(['answer', 'authorizer-name']),
    'answer',
    'Events and logs name a client that an authorizer let in by the principalId of the answer.',
  ),
  'custom-authentication.failed-refresh-reason': assumed(
    z.string(),
    'AUTH_ERROR',
    'A connection whose authorizer fails at a refresh ends with the reason AUTH_ERROR.',
  ),
} as const satisfies BehaviourRows;
