import { createHash } from 'node:crypto';
import type { Account } from '../../account.ts';

/** Fourteen lower-case letters and digits beginning with a letter, as in AWS's endpoint names, the same for an account at every start. */
export const endpointPrefixOf = ({ accountId, region }: Account): string => {
  const digest = createHash('sha256').update(`${accountId} ${region}`).digest('hex');
  return `a${BigInt(`0x${digest}`).toString(36).slice(0, 13)}`;
};

/** Endpoint names by type (SDK DescribeEndpointRequest). */
export const endpointAddresses = (prefix: string, region: string): ReadonlyMap<string, string> =>
  new Map([
    ['iot:Data', `${prefix}.iot.${region}.amazonaws.com`],
    ['iot:Data-ATS', `${prefix}-ats.iot.${region}.amazonaws.com`],
    ['iot:CredentialProvider', `${prefix}.credentials.iot.${region}.amazonaws.com`],
    ['iot:Jobs', `${prefix}.jobs.iot.${region}.amazonaws.com`],
  ]);
