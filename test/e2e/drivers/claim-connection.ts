import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { fleetProvisioningTopics } from '../../../domain/admission/fleet-provisioning-topics.ts';
import type { SharedEnvironment } from '../environment/shared-environment.ts';
import { type Fate, type Identity, MqttConnection } from './mqtt-connection.ts';

/** What a device finds in a claim's files. */
export interface ClaimCredential {
  readonly identity: Identity;
  readonly certificateId: string;
  readonly clientIdPrefix: string;
  readonly template: string;
}

/** What came of a request. */
export interface Answer {
  readonly result: 'accepted' | 'rejected' | Exclude<Fate, 'done'>;
  /** Empty when there was none. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface IssuedCertificate {
  readonly certificateId: string;
  readonly certificatePem: string;
  readonly certificateOwnershipToken: string;
}

const issued = z.object({ certificateId: z.string(), certificatePem: z.string(), certificateOwnershipToken: z.string() });
const body = z.record(z.string(), z.unknown());

/** Fleet provisioning as a device does it that sends whatever it is told to. One request at a time. */
export class ClaimConnection {
  readonly clientId: string;
  readonly #connection: MqttConnection;
  readonly #topics: ReturnType<typeof fleetProvisioningTopics>;

  private constructor(connection: MqttConnection, clientId: string, template: string) {
    this.#connection = connection;
    this.clientId = clientId;
    this.#topics = fleetProvisioningTopics(template);
  }

  /** Connects under a fresh client id and subscribes to the four answers, of the claim's own template unless another is named. */
  static async open(
    shared: SharedEnvironment,
    claim: ClaimCredential,
    { template = claim.template, version = 4 }: { readonly template?: string; readonly version?: 4 | 5 } = {},
  ): Promise<ClaimConnection> {
    const clientId = `${claim.clientIdPrefix}${randomBytes(16).toString('hex')}`;
    const connection = await MqttConnection.open({ shared, identity: claim.identity, clientId, version });
    const { createFromCsr, registerThing } = fleetProvisioningTopics(template);
    const filters = [createFromCsr, registerThing].flatMap(({ accepted, rejected }) => [accepted, rejected]);
    const fate = await connection.subscribe(...filters);
    if (fate !== 'done') throw new Error(`${clientId} could not subscribe: ${fate}`);
    return new ClaimConnection(connection, clientId, template);
  }

  /** Publishes bytes as they are to CreateCertificateFromCsr. */
  requestCertificate(payload: string | Buffer): Promise<Answer> {
    return this.#request(this.#topics.createFromCsr.request, payload);
  }

  /** Publishes bytes as they are to RegisterThing. */
  requestThing(payload: string | Buffer): Promise<Answer> {
    return this.#request(this.#topics.registerThing.request, payload);
  }

  /** Has a CSR signed that is to be accepted. */
  async certificateFor(csrPem: string): Promise<IssuedCertificate> {
    const answer = await this.requestCertificate(JSON.stringify({ certificateSigningRequest: csrPem }));
    if (answer.result !== 'accepted') throw new Error(`The CSR was not accepted: ${JSON.stringify(answer)}`);
    return z.parse(issued, answer.body);
  }

  registerThing(certificateOwnershipToken: string, parameters: Readonly<Record<string, unknown>>): Promise<Answer> {
    return this.requestThing(JSON.stringify({ certificateOwnershipToken, parameters }));
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #request(topic: string, payload: string | Buffer): Promise<Answer> {
    const fate = await this.#connection.publish(topic, payload);
    if (fate !== 'done') return { result: fate, body: {} };
    const message = await Promise.race([this.#connection.take(), this.#connection.lost]);
    if (typeof message === 'string') return { result: message === 'done' ? 'hung up' : message, body: {} };
    return { result: message.topic.endsWith('/accepted') ? 'accepted' : 'rejected', body: z.parse(body, JSON.parse(message.payload)) };
  }
}
