/** TLS versions by security policy (DG:transport-security, "Security policies"); GovCloud's own is left out. */
export const securityPolicies: ReadonlyMap<string, { readonly minVersion: TlsVersion; readonly maxVersion: TlsVersion }> = new Map([
  ['IoTSecurityPolicy_TLS13_1_3_2022_10', { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' }],
  ['IoTSecurityPolicy_TLS13_1_2_2022_10', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' }],
  ['IoTSecurityPolicy_TLS12_1_2_2022_10', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }],
  ['IoTSecurityPolicy_TLS12_1_0_2016_01', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }],
  ['IoTSecurityPolicy_TLS12_1_0_2015_01', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }],
]);

export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

export const defaultSecurityPolicy = 'IoTSecurityPolicy_TLS13_1_2_2022_10';
