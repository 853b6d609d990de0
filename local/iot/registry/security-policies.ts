import type { DomainConfiguration } from './domain-configuration.ts';
import type { IotRegistry } from './registry.ts';

export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

/** What TLS may negotiate under a predefined policy. */
export interface SecurityPolicy {
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** By OpenSSL's names, the most preferred one first. */
  readonly ciphers: readonly string[];
  /** Undefined: all of them. */
  readonly regions?: ReadonlySet<string>;
}

const ciphers13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

const suites = (prefix: string): readonly string[] => [
  ...[`${prefix}AES128-GCM-SHA256`, `${prefix}AES128-SHA256`, `${prefix}AES128-SHA`],
  ...[`${prefix}AES256-GCM-SHA384`, prefix === '' ? 'AES256-SHA256' : `${prefix}AES256-SHA384`, `${prefix}AES256-SHA`],
];

const ciphers12 = [...suites('ECDHE-ECDSA-'), ...suites('ECDHE-RSA-'), ...suites('')];

/** The 2016 policy lacks AES128-SHA256 on 8443 and 8883; the server's key is none of RSA, so that it makes no difference here. */
const regionsOf2016 = new Set([
  ...['ap-east-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-2', 'ca-central-1', 'cn-north-1', 'cn-northwest-1'],
  ...['eu-north-1', 'eu-west-2', 'eu-west-3', 'me-south-1', 'sa-east-1', 'us-east-2', 'us-west-1'],
]);

const regionsOf2015 = new Set(['ap-northeast-1', 'ap-southeast-1', 'eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2']);

const tls12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: ciphers12 } as const;

const standardPolicy: SecurityPolicy = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3', ciphers: [...ciphers13, ...ciphers12] };

export const defaultSecurityPolicy = 'IoTSecurityPolicy_TLS13_1_2_2022_10';

/** Predefined security policies (DG:transport-security, "Security policies"); GovCloud's own is left out. */
export const securityPolicies: ReadonlyMap<string, SecurityPolicy> = new Map<string, SecurityPolicy>([
  ['IoTSecurityPolicy_TLS13_1_3_2022_10', { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', ciphers: ciphers13 }],
  [defaultSecurityPolicy, standardPolicy],
  ['IoTSecurityPolicy_TLS12_1_2_2022_10', tls12],
  ['IoTSecurityPolicy_TLS12_1_0_2016_01', { ...tls12, regions: regionsOf2016 }],
  ['IoTSecurityPolicy_TLS12_1_0_2015_01', { ...tls12, ciphers: [...ciphers12, 'DHE-RSA-AES256-SHA'], regions: regionsOf2015 }],
]);

/** The policy of that name; the default one if there is none. */
export const securityPolicyNamed = (name: string | undefined): SecurityPolicy => securityPolicies.get(name ?? '') ?? standardPolicy;

/** The account's endpoints whose policy is not the default one, and its name. */
export const unusualSecurityPolicies = ({
  domainConfigurations,
}: Pick<IotRegistry, 'domainConfigurations'>): ReadonlyMap<string, string> => {
  const unusual = [...domainConfigurations.values()].filter(({ securityPolicy }) => securityPolicy !== defaultSecurityPolicy);
  return new Map(unusual.map(({ domainName, securityPolicy }: DomainConfiguration) => [domainName, securityPolicy]));
};
