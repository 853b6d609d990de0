import type { BrokerRates } from './rates.data.ts';

/** What an account or an operator of the local AWS may set. */
export interface BrokerSettings {
  /** Refuse connections without SNI. Default: as the table of assumptions has it. */
  readonly requireServerName: boolean;
  /** Longest life of a persistent session without its client, in seconds (GR: 3600, adjustable to 7 days). */
  readonly persistentSessionSeconds: number;
  /** In place of the quotas that AWS has in the region, any of them; `off` lets any rate through. */
  readonly brokerRates: Partial<BrokerRates> | 'off';
}

export const defaultSettings: Omit<BrokerSettings, 'requireServerName'> = {
  persistentSessionSeconds: 3600,
  brokerRates: {},
};
