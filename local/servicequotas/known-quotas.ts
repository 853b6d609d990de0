import { hash } from 'node:crypto';
import { ratesIn } from '../iot/broker/rates.data.ts';
import { operationRates } from '../iot/control-plane/operation-rates.data.ts';

/** A quota as an account begins with it. */
export interface KnownQuota {
  readonly code: string;
  readonly name: string;
  readonly value: number;
  readonly isAdjustable: boolean;
  /** `None`, or e.g. `Gigabytes`. */
  readonly unit: string;
}

export interface KnownService {
  readonly code: string;
  readonly name: string;
  readonly quotas: readonly KnownQuota[];
}

type Entry = readonly [name: string, value: number, isAdjustable?: boolean];

/** AWS IoT's codes are not published in any document: these are made of the names, which are AWS's. */
const codeOf = (name: string): string => `L-${hash('sha256', name).slice(0, 8).toUpperCase()}`;

const iotQuotas = (region: string): readonly KnownQuota[] => {
  const rates = ratesIn(region);
  const entries: readonly Entry[] = [
    ['Maximum concurrent client connections per account', rates.connections],
    ['Connect requests per second per account', rates.connects],
    ['Connect requests per second per client ID', rates.connectsPerClientId, false],
    ['Inbound publish requests per second per account', rates.publishesIn],
    ['Outbound publish requests per second per account', rates.publishesOut],
    ['Publish requests per second per connection', rates.publishesPerConnection, false],
    ['Subscriptions per second per account', rates.subscriptions],
    ['Retained message inbound publish requests per second per account', rates.retainedPublishes],
    ['Number of retained messages per account', rates.retainedMessages],
    ...Object.entries(operationRates).map(([operation, rate]): Entry => [`${operation} API TPS`, rate]),
  ];
  return entries.map(([name, value, isAdjustable = true]) => ({ code: codeOf(name), name, value, isAdjustable, unit: 'None' }));
};

const lambdaQuotas: readonly KnownQuota[] = [
  { code: 'L-B99A9384', name: 'Concurrent executions', value: 1000, isAdjustable: true, unit: 'None' },
  { code: 'L-2ACBD22F', name: 'Function and layer storage', value: 75, isAdjustable: true, unit: 'Gigabytes' },
];

/** The services whose quotas are known here. */
export const knownServices = (region: string): readonly KnownService[] => [
  { code: 'iotcore', name: 'AWS IoT Core', quotas: iotQuotas(region) },
  { code: 'lambda', name: 'AWS Lambda', quotas: lambdaQuotas },
];
