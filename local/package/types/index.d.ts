/** All time of a local AWS. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  setTimer(callback: () => void, delayMs: number): { cancel(): void };
}

/** A clock that moves only when told to. */
export declare class ManualClock implements Clock {
  constructor(startMs: number);
  now(): number;
  setTimer(callback: () => void, delayMs: number): { cancel(): void };
  /** Moves time forward and fires what falls due, in order. */
  advance(byMs: number): void;
}

export interface LocalAwsOptions {
  /** Default: the system's time, which the control endpoint can move forward. */
  readonly clock?: Clock;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default `123456789012`. */
  readonly accountId?: string;
  /** More accounts behind the same ports. */
  readonly otherAccountIds?: readonly string[];
  /** Services that somebody else runs, by signing name; requests for them are passed on. */
  readonly endpoints?: Readonly<
    Record<
      string,
      | string
      | {
          readonly url: string;
          readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
        }
    >
  >;
  /** Values captured from a real AWS IoT Core, by the ids in ASSUMPTIONS.md. */
  readonly iotBehaviour?: Readonly<Record<string, unknown>>;
  /** Of the HTTP endpoint; 0, the default, picks a free one. */
  readonly port?: number;
  /** Of MQTT with client certificates. */
  readonly mqttPort?: number;
  /** Of MQTT with the authentication chosen by ALPN, which is 443 on AWS. */
  readonly customAuthPort?: number;
  /** Of publishing by HTTPS with client certificates, which is 8443 on AWS. */
  readonly httpsPort?: number;
}

/** One account of a local AWS. */
export interface LocalAccount {
  readonly account: { readonly accountId: string; readonly region: string; readonly partition: 'aws' };
  /** An administrator's. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Variables for a child process that is to talk to this account and to no other, e.g. the CDK CLI. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A running local AWS, which is also its first account. README.md says what it does. */
export interface LocalAws extends LocalAccount {
  /** `http://127.0.0.1:<port>`: every AWS API but MQTT, and the control endpoint under `/_local/`. */
  readonly endpoint: string;
  readonly accounts: ReadonlyMap<string, LocalAccount>;
  /** Ports of the MQTT broker on 127.0.0.1. */
  readonly mqtt: { readonly port: number; readonly customAuthPort: number };
  /** Port of publishing by HTTPS with client certificates on 127.0.0.1. */
  readonly https: { readonly port: number };
  /** PEM of the root that vouches for the MQTT endpoint. */
  readonly rootCa: string;
  readonly clock: Clock;
  /** Resolves once no function has run for a fifth of a second of the machine's time: worth waiting for before the clock is moved. */
  atRest(): Promise<void>;
  /** Empties all accounts; credentials and ports stay. */
  reset(): Promise<void>;
  /** What the services of all accounts store, as JSON. */
  export(options?: { readonly withSecrets?: boolean }): Promise<Readonly<Record<string, object>>>;
  stop(): Promise<void>;
}

/** Starts a local AWS on 127.0.0.1. Its state is in memory and is gone when it stops. Rejects when a port is taken. */
export declare const startLocalAws: (options?: LocalAwsOptions) => Promise<LocalAws>;
