/** The type under which the guard of the account's certificate provider stands in a template. */
export const PROVIDER_GUARD_TYPE = 'Custom::MusterProviderGuard';

/** The certificate providers of an account and region; AWS IoT allows one. */
export interface CertificateProviders {
  /** Their names. */
  list(): Promise<readonly string[]>;
}
